import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  advance,
  firstCrossing,
  membraneAfter,
  type Lif,
  type LifState
} from '../../../src-main/core/emulator/lif-reference'

interface Case {
  name: string
  params: Record<'tau_m' | 'tau_s' | 'C' | 'E_l' | 'V_reset' | 'theta' | 't_ref' | 'I_bias' | 'V0' | 'I0', number>
  input_spikes: [number, number][]
  t_end: number
  grid_dt: number
  spikes: number[]
  V: number[]
}

/** trajectories and spikes computed with 40 digits (mpmath: closed-form matrix exponential, spikes by bisection) */
const file = new URL('../../../resources/vectors/lif_traces.json', import.meta.url)
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8')).lif

/** the neuron through the events, sampled on a grid: V just after whatever happens at that instant */
function simulate(
  lif: Lif,
  start: LifState,
  events: [number, number][],
  end: number,
  dt: number
): [number[], number[]] {
  const state = { ...start }
  const spikes: number[] = []
  const membrane: number[] = []
  let t = 0
  const go = (to: number): void => {
    advance(lif, state, to - t, (after) => spikes.push(t + after))
    t = to
  }
  const sorted = [...events].sort((a, b) => a[0] - b[0])
  for (let k = 0; k <= Math.round(end / dt); k++) {
    while (sorted.length && sorted[0][0] <= k * dt) {
      const [at, weight] = sorted.shift()!
      go(at)
      if (weight > 0) state.exc += weight
      else state.inh -= weight
    }
    if (k * dt > t) go(k * dt)
    membrane.push(state.v)
  }
  return [membrane, spikes]
}

describe('reference neuron', () => {
  it.each(cases)('follows the 40-digit trajectory $name', (c) => {
    const { params: p } = c
    const lif: Lif = {
      rest: p.E_l + (p.I_bias * p.tau_m) / p.C,
      tauMem: p.tau_m,
      tauSynExc: p.tau_s,
      tauSynInh: p.tau_s,
      threshold: p.theta,
      reset: p.V_reset,
      tauReset: 0,
      refractory: p.t_ref
    }
    const start = { v: p.V0, exc: Math.max(0, p.I0) / p.C, inh: Math.max(0, -p.I0) / p.C, refractoryLeft: 0 }
    const events = c.input_spikes.map(([t, w]): [number, number] => [t, w / p.C])
    const [membrane, spikes] = simulate(lif, start, events, c.t_end, c.grid_dt)
    expect(spikes.length).toBe(c.spikes.length)
    for (const [k, t] of c.spikes.entries()) expect(Math.abs(spikes[k] - t)).toBeLessThan(1e-10 * p.tau_m)
    for (const [k, v] of c.V.entries()) expect(Math.abs(membrane[k] - v)).toBeLessThan(1e-9)
  })

  const lif: Lif = {
    rest: 80,
    tauMem: 6,
    tauSynExc: 2,
    tauSynInh: 9,
    threshold: 150,
    reset: 80,
    tauReset: 0.5,
    refractory: 2
  }

  it('fires under constant current with the period of a leaky integrator', () => {
    const driven = { ...lif, rest: 200, tauReset: 0 }
    const spikes: number[] = []
    advance(driven, { v: 80, exc: 0, inh: 0, refractoryLeft: 0 }, 100, (t) => spikes.push(t))
    const period = 6 * Math.log((200 - 80) / (200 - 150)) + 2
    expect(spikes.length).toBe(Math.floor((100 + 2) / period))
    for (let k = 1; k < spikes.length; k++) expect(spikes[k] - spikes[k - 1]).toBeCloseTo(period, 10)
  })

  it('finds a peak that barely and briefly touches the threshold, with both inputs at once', () => {
    const state = { v: 80, exc: 60, inh: 15, refractoryLeft: 0 }
    let [peak, at] = [0, 0]
    for (let t = 0; t < 60; t += 1e-4) {
      const v = membraneAfter(lif, state, t)
      if (v > peak) [peak, at] = [v, t]
    }
    const below = firstCrossing({ ...lif, threshold: peak - 1e-6 }, state, 60)
    expect(Math.abs(below - at)).toBeLessThan(0.01)
    expect(membraneAfter(lif, state, below)).toBeCloseTo(peak - 1e-6, 9)
    expect(firstCrossing({ ...lif, threshold: peak + 1e-6 }, state, 60)).toBe(Infinity)
  })

  it('is pulled to a point between reset and leak while the reset switch is closed', () => {
    const state = { v: 150, exc: 0, inh: 0, refractoryLeft: 50 }
    advance({ ...lif, rest: 110 }, state, 50, () => undefined)
    expect(state.v).toBeCloseTo((110 / 6 + 80 / 0.5) / (1 / 6 + 1 / 0.5), 10)
  })

  it('stays silent with its reset above the threshold', () => {
    const spikes: number[] = []
    const state = { v: 200, exc: 0, inh: 0, refractoryLeft: 0 }
    advance({ ...lif, rest: 200, reset: 160 }, state, 200, (t) => spikes.push(t))
    expect(spikes).toEqual([])
  })
})
