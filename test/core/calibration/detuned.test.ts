import { describe, expect, it } from 'vitest'
import { detuned } from '../../../src-main/core/calibration/detuned'
import { resolveLists, resolveTargets } from '../../../src-main/core/calibration/targets'
import { mean, sd } from '../../../src-main/core/statistics/summary'

const targets = resolveTargets()
const NEURONS = 512

describe('a chip set wrong on purpose', () => {
  it('has targets drawn around those of the network, with the share asked for as their spread', () => {
    const lists = detuned(targets, 0.3, 1, 8192)
    const of = (name: string, centre: number): number[] => [mean(lists[name]) / centre, sd(lists[name]) / centre]
    for (const name of ['tau_mem', 'tau_syn_exc']) {
      const [middle, spread] = of(name, targets[name])
      expect(middle).toBeCloseTo(1, 1)
      expect(Math.abs(spread - 0.3)).toBeLessThan(0.02)
    }
    const above = lists['threshold'].map((value) => value - targets['leak'])
    expect(Math.abs(sd(above) / (targets['threshold'] - targets['leak']) - 0.3)).toBeLessThan(0.02)
  })

  it('gives both synaptic time constants of a neuron one draw, and membrane and threshold others', () => {
    const lists = detuned(targets, 0.3, 1, NEURONS)
    const share = (name: string): number[] => lists[name].map((value) => value / targets[name])
    share('tau_syn_exc').forEach((value, n) => expect(value).toBeCloseTo(share('tau_syn_inh')[n], 12))
    expect(share('tau_mem')).not.toEqual(share('tau_syn_exc'))
  })

  it('is drawn anew from another seed, and comes again from the same', () => {
    expect(detuned(targets, 0.3, 1, NEURONS)).toEqual(detuned(targets, 0.3, 1, NEURONS))
    expect(detuned(targets, 0.3, 2, NEURONS)).not.toEqual(detuned(targets, 0.3, 1, NEURONS))
  })

  it('asks for nothing that a calibration refuses, even at half of each target', () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(() => resolveLists(targets, detuned(targets, 0.5, seed, NEURONS))).not.toThrow()
  })
})
