/**
 * Fast kernel of the ideal network whose hidden units hear each other, or differ, and the float64 meaning of one unit:
 *
 *   I[t+1] = α_u I[t] + Σ x[t] w + Σ S[t] w_rec,   V[t+1] = β_u V[t] + I[t+1] − ϑ_u S[t],   S = Θ(V − ϑ_u)
 *
 * (Cramer, Billaudelle et al. 2022 decalibrate τ_m, τ_s and ϑ − V_leak of each neuron; the host goes on to assume the ideal
 * model.) The network's meaning stands in training/surrogate/reference.ts (order C). Layout of what it fills:
 * kernels/ideal.ts, with spikes in an array of their own.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import type { Kernels } from './module'
import { BLOCK } from './surrogate'

export interface RecurrentNetwork {
  bins: number
  inputs: number
  blocks: number
  outputWidth: number
  /** addresses: f32 [block][inputs][16], f32 [blocks · 16][outputWidth]; 0 where there is no unit */
  hiddenWeights: number
  outputWeights: number
  /** address f32 [block][blocks · 16][16], row: the unit that fires; 0 where there is no unit; no address: none hears another */
  recurrentWeights: number
  /** addresses, f32 one a unit: [blocks · 16] and [outputWidth] */
  alphas: number
  betas: number
  thresholds: number
  outputAlphas: number
  outputBetas: number
  /** this member's own: `recurrentScratch` bytes */
  scratch: number
}

export const recurrentScratch = (blocks: number): number => 4 * blocks * BLOCK * 4

/** presents samples index[from … to) */
export function recurrentForward(
  kernels: Kernels,
  network: RecurrentNetwork,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  measured: Measured
): void {
  kernels.run['recurrentForward'](
    from,
    to,
    network.bins,
    network.blocks,
    network.inputs,
    network.outputWidth,
    network.hiddenWeights,
    network.recurrentWeights,
    network.outputWeights,
    network.alphas,
    network.betas,
    network.thresholds,
    network.outputAlphas,
    network.outputBetas,
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    measured.sample * 4,
    measured.membrane,
    measured.spikes,
    network.scratch
  )
}

/** one unit in float64: its membrane before each bin's reset, and its spikes */
export function unitReference(
  arriving: Float64Array,
  unit: { alpha: number; beta: number; threshold: number }
): { membrane: Float64Array; spikes: Uint8Array } {
  const bins = arriving.length
  const membrane = new Float64Array(bins)
  const spikes = new Uint8Array(bins)
  let current = 0
  for (let t = 1; t < bins; t++) {
    current = unit.alpha * current + arriving[t - 1]
    membrane[t] = unit.beta * membrane[t - 1] + current - unit.threshold * spikes[t - 1]
    spikes[t] = membrane[t] > unit.threshold ? 1 : 0
  }
  return { membrane, spikes }
}
