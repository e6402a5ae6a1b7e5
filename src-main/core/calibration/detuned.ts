/**
 * A chip that is set wrongly on purpose: the targets of each neuron drawn around those that a network needs, as in the
 * study of self-calibration of Cramer, Billaudelle et al. 2022 (PNAS 119(4) e2109194119): time constants and
 * the distance of the threshold from the leak potential, from N(target, (share · target)²). The host goes on to assume the
 * targets themselves.
 */
import { Stream } from '../random/stream'
import { TARGETS } from './target-table'
import type { Targets } from './types'

/** what is measured and set anew; gains, references and potentials stay as they are calibrated */
export const DETUNED_ROUTINES = ['tau_syn_exc', 'tau_syn_inh', 'tau_mem', 'threshold'] as const

/** of the target: a draw at or below zero would be no time constant (assumed: the paper does not say) */
const LEAST = 0.1

/**
 * @param targets what all neurons would aim at
 * @param share sd of the draws over the target, 0 to 0.5
 * @param neurons how many
 * @returns a target for each neuron, in the units of `targets` (µs, LSB); both synaptic time constants of a neuron share one
 * draw (assumed: the paper speaks of one). A threshold is at most what a calibration takes
 */
export function detuned(targets: Targets, share: number, seed: number, neurons: number): Record<string, number[]> {
  const { leak } = targets
  const draws = (name: string): number[] => {
    const normal = new Stream(seed, 'detuned', name)
    return Array.from({ length: neurons }, () => Math.max(LEAST, 1 + share * normal.normal()))
  }
  const synaptic = draws('tau_syn')
  const times = (name: string, factors: number[]): number[] => factors.map((factor) => factor * targets[name])
  const most = TARGETS.find(({ key }) => key === 'threshold')?.max ?? Infinity
  const above = draws('threshold').map((factor) => factor * (targets['threshold'] - leak))
  return {
    tau_syn_exc: times('tau_syn_exc', synaptic),
    tau_syn_inh: times('tau_syn_inh', synaptic),
    tau_mem: times('tau_mem', draws('tau_mem')),
    threshold: above.map((distance) => Math.min(most, leak + distance))
  }
}
