/** Where a neuron with its comparator on stands before a program begins. */
import { log } from '../../../numerics/functions'
import { clamp, clamped, type Lif, type LifState } from '../../lif-reference'
import { decay } from '../../propagators'
import type { TrialNoise } from '../../trial-noise'

/**
 * The settled state of a neuron with its comparator on: at rest below the threshold; firing periodically above, of
 * which we meet any phase; latched at rest where the reset does not lead below the threshold.
 */
export function settledSpiking(lif: Lif, noise: number, trial: TrialNoise): LifState {
  const state: LifState = { v: lif.rest + noise * trial.normal(), exc: 0, inh: 0, refractoryLeft: 0 }
  const phase = trial.uniform()
  if (lif.rest <= lif.threshold) {
    state.v = Math.min(state.v, lif.threshold)
    return state
  }
  const reset = clamped(lif)
  const released = reset.rest + (lif.threshold - reset.rest) * decay(lif.refractory, reset.tau)
  if (released >= lif.threshold) return state
  const rise = lif.tauMem * log((lif.rest - released) / (lif.rest - lif.threshold))
  const since = phase * (lif.refractory + rise)
  if (since < lif.refractory) {
    state.v = lif.threshold
    state.refractoryLeft = lif.refractory
    clamp(lif, state, since)
    state.refractoryLeft = lif.refractory - since
  } else state.v = lif.rest + (released - lif.rest) * decay(since - lif.refractory, lif.tauMem)
  return state
}
