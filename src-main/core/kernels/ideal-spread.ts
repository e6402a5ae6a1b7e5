/**
 * Fast kernel of the ideal network whose units differ, and its float64 meaning:
 *
 *   I[t+1] = α_u I[t] + Σ x[t] w,   V[t+1] = β_u V[t] + I[t+1] − ϑ_u S[t],   S = Θ(V − ϑ_u)
 *
 * (Cramer, Billaudelle et al. 2022 decalibrate τ_m, τ_s and ϑ − V_leak of each neuron; the host goes on to assume the ideal
 * model.) Layout of what it fills: kernels/ideal.ts, with spikes in an array of their own.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import type { Kernels } from './module'

export interface SpreadNetwork {
  bins: number
  inputs: number
  blocks: number
  outputWidth: number
  /** addresses: f32 [block][inputs][16], f32 [blocks · 16][outputWidth]; 0 where there is no unit */
  hiddenWeights: number
  outputWeights: number
  /** addresses, f32 one a unit: [blocks · 16] and [outputWidth] */
  alphas: number
  betas: number
  thresholds: number
  outputAlphas: number
  outputBetas: number
}

/** presents samples index[from … to) */
export function spreadForward(
  kernels: Kernels,
  network: SpreadNetwork,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  measured: Measured
): void {
  kernels.run['spreadForward'](
    from,
    to,
    network.bins,
    network.blocks,
    network.inputs,
    network.outputWidth,
    network.hiddenWeights,
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
    measured.spikes
  )
}

/** one unit in float64: its membrane before each bin's reset, and its spikes */
export function spreadReference(
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
