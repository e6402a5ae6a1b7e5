/**
 * Fast kernels between the forward and the backward pass: the readouts' maxima over time, their adjoint, spike counts.
 * What they mean: training/surrogate/loss.ts and, in float64, training/surrogate/reference.ts.
 */
import type { Measured, ToldSpikes } from '../emulator/network-port'
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
  /** f32[sample][blocks · 16]: spikes of each hidden unit */
  counts: number
  /** f64[sample][2]: their sum, the sum of their squares */
  sums: number
  /** i32[sample][block][1 + bins]: number of bins in which units of a block fired; each: bin | mask of the units << 16 */
  fired: number
}

/** where a port tells the spikes of its own membranes; not of recorded ones put in their place */
export const toldOf = (measured: Measured): ToldSpikes | null => (measured.spikes === 0 && measured.told) || null

export function readoutMaxima(
  kernels: Kernels,
  shape: SaidShape,
  measured: Measured,
  said: Said,
  from: number,
  to: number
): void {
  const { bins, lanes } = shape
  const { membrane, readout, readoutStride, sample } = measured
  const at = membrane + readout * 4
  kernels.run['readoutMaxima'](at, from, to, bins, lanes, sample * 4, readoutStride * 4, said.maxima)
}

/** after the errors have been filled in */
export function readoutAdjoint(
  kernels: Kernels,
  shape: SaidShape,
  said: Said,
  alpha: number,
  beta: number,
  lag: boolean,
  from: number,
  to: number
): void {
  const { bins, outputs, lanes } = shape
  kernels.run['readoutAdjoint'](
    said.maxima,
    from,
    to,
    bins,
    outputs,
    lanes,
    alpha,
    beta,
    lag ? 1 : 0,
    said.currents,
    said.peaks
  )
}

/** counts, sums and lists of spikes: where the port tells them, the sums alone */
export function spikeCounts(
  kernels: Kernels,
  shape: SaidShape,
  measured: Measured,
  said: Said,
  from: number,
  to: number
): void {
  const { bins, hidden } = shape
  const { membrane, spikes, sample, block, stride } = measured
  if (toldOf(measured)) return void kernels.run['spikeSums'](from, to, hidden, said.counts, said.sums)
  kernels.run['spikeCounts'](
    membrane,
    spikes,
    from,
    to,
    bins,
    hidden,
    sample * 4,
    block * 4,
    stride * 4,
    said.counts,
    said.sums,
    said.fired
  )
}
