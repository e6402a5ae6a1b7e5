/**
 * Fast kernels between the forward and the backward pass: the readouts' maxima over time, their adjoint, spike counts.
 * What they mean: training/surrogate/loss.ts and, in float64, training/surrogate/reference.ts.
 */
import type { Measured } from '../emulator/network-port'
import type { Kernels } from './module'

/** shape of a batch; `lanes` is `outputs` padded to a multiple of 4 */
export interface SaidShape {
  bins: number
  hidden: number
  outputs: number
  lanes: number
}

/** addresses */
export interface Said {
  /** a sample: f32[lanes] first values, f32[lanes] largest values, f32[lanes] dL/d(maximum), i32[lanes] their bins */
  maxima: number
  /** f32[sample][bin][lanes]: dL/d(readout current) */
  currents: number
  /** [sample][outputs + 1] of 16 bytes: dL/d(maximum) by bin, latest first */
  peaks: number
  /** f32[sample][stride]: spikes of each hidden unit */
  counts: number
  /** f64[sample][2]: their sum, the sum of their squares */
  sums: number
}

export function readoutMaxima(
  kernels: Kernels,
  shape: SaidShape,
  measured: Measured,
  said: Said,
  from: number,
  to: number
): void {
  const { bins, hidden, lanes } = shape
  kernels.run['readoutMaxima'](measured.membrane + hidden * 4, from, to, bins, lanes, measured.stride * 4, said.maxima)
}

/** after the errors have been filled in */
export function readoutAdjoint(
  kernels: Kernels,
  shape: SaidShape,
  said: Said,
  alpha: number,
  beta: number,
  from: number,
  to: number
): void {
  const { bins, outputs, lanes } = shape
  kernels.run['readoutAdjoint'](said.maxima, from, to, bins, outputs, lanes, alpha, beta, said.currents, said.peaks)
}

export function spikeCounts(
  kernels: Kernels,
  shape: SaidShape,
  measured: Measured,
  said: Said,
  from: number,
  to: number
): void {
  const { bins, hidden } = shape
  kernels.run['spikeCounts'](measured.spikes, from, to, bins, hidden, measured.stride, said.counts, said.sums)
}
