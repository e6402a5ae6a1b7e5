// Coupled compartments: closed forms, conservation, and the two ways of propagation against each other.
import { describe, expect, it } from 'vitest'
import { isLinear, MembraneModes } from '../../../../src-main/core/emulator/membrane-modes'
import { restingState, type Group, type GroupState } from '../../../../src-main/core/emulator/neuron-group'
import { exactly, go, group, input, none, unit } from './circuit-groups'

describe('coupled compartments', () => {
  const two = (tauIcc: number): Group =>
    group([unit(0, 12), unit(1, 12)], [{ from: 0, to: 1, conductance: 1 / tauIcc }])

  it.each([0.3, 3, 30])('two of them level out with 1 / (2 / %s + 1 / tau_leak)', (tauIcc) => {
    const g = two(tauIcc)
    const state = restingState(g, [90, 70])
    const total = 1 / (2 / tauIcc + 1 / 12)
    exactly(g, state, 2)
    expect(state.v[0] - state.v[1]).toBeCloseTo(20 * Math.exp(-2 / total), 11)
    const other = restingState(g, [90, 70])
    go(g, other, 2)
    expect(other.v[0]).toBeCloseTo(state.v[0], 8)
  })

  it('keep their charge where nothing leaks', () => {
    const units = [0, 1, 2, 3].map((k) => unit(k, 1e12, { leak: 0 }))
    const g = group(
      units,
      [0, 1, 2].map((k) => ({ from: k, to: k + 1, conductance: 0.1 + k }))
    )
    g.capacitance.set([1, 0.5, 2, 0.7])
    const charge = (s: GroupState): number => s.v.reduce((sum, v, c) => sum + v * g.capacitance[c], 0)
    for (const move of [exactly, go]) {
      const state = restingState(g, [100, 0, 20, 60])
      const before = charge(state)
      move(g, state, 7)
      expect(charge(state) / before).toBeCloseTo(1, 7)
    }
    // an input's charge, I · tau_syn, arrives wholly
    const state = restingState(g, [0, 0, 0, 0])
    state.exc[2] = 3
    exactly(g, state, 500)
    expect(charge(state)).toBeCloseTo(3 * 5, 5)
  })

  it('attenuate along a chain as the cable equation of compartments says', () => {
    // a current into the first of many: V_k = V_0 r^k with r + 1/r = 2 + g_leak / g_icc
    const length = 24
    const units = Array.from({ length }, (_, k) => unit(k, 10, { leak: 0, current: k === 0 ? 5 : 0 }))
    const g = group(
      units,
      units.slice(1).map((_, k) => ({ from: k, to: k + 1, conductance: 0.25 }))
    )
    const rest = new MembraneModes(g, false).rest(none(g))
    const x = 2 + 0.1 / 0.25
    const ratio = (x - Math.sqrt(x * x - 4)) / 2
    for (let k = 0; k < 12; k++) expect(rest[k + 1] / rest[k]).toBeCloseTo(ratio, 5)
    const state = restingState(g, new Float64Array(length))
    exactly(g, state, 400)
    state.v.forEach((v, k) => expect(v).toBeCloseTo(rest[k], 9))
  })

  it('move the same by modes and by the integrator under synaptic currents', () => {
    const g = group(
      [unit(0, 12), unit(0, 5), unit(1, 7, { exc: input(12) }), unit(2, 20)],
      [
        { from: 0, to: 1, conductance: 0.4 },
        { from: 1, to: 2, conductance: 0.05 },
        { from: 2, to: 0, conductance: 0.2 }
      ]
    )
    expect(isLinear(g, true)).toBe(true)
    const [a, b] = [restingState(g, [80, 80, 80]), restingState(g, [80, 80, 80])]
    for (let k = 0; k < 5; k++) {
      for (const state of [a, b]) {
        state.exc[k % 4] += 6
        state.inh[(k + 2) % 4] += 3
      }
      exactly(g, a, 2.7)
      go(g, b, 2.7)
      a.v.forEach((v, c) => expect(v).toBeCloseTo(b.v[c], 8))
    }
  })

  it('fire by their own comparators, and one reset pulls its neighbour', () => {
    const g = group([unit(0, 12, { threshold: 100, current: 6 }), unit(1, 12)], [{ from: 0, to: 1, conductance: 0.5 }])
    const state = restingState(g, [80, 80])
    const spikes = go(g, state, 60)
    expect(spikes.length).toBeGreaterThan(2)
    expect(spikes.every(([u]) => u === 0)).toBe(true)
    const alone = group([unit(0, 12, { threshold: 100, current: 6 })])
    // the neighbour is a load: less often than alone
    expect(spikes.length).toBeLessThan(go(alone, restingState(alone, [80]), 60).length)
  })

  it('have the noise of an Ornstein-Uhlenbeck process alone and share it when coupled', () => {
    const product = (f: Float64Array, i: number, j: number, m: number): number =>
      Array.from({ length: m }, (_, k) => f[i * m + k] * f[j * m + k]).reduce((sum, x) => sum + x, 0)
    const power = 2 * 0.45 ** 2
    const one = new MembraneModes(group([unit(0, 6)]), false)
    expect(one.noise(Float64Array.of(power / 6), Infinity)[0]).toBeCloseTo(0.45, 12)
    expect(one.noise(Float64Array.of(power / 6), 2)[0]).toBeCloseTo(0.45 * Math.sqrt(1 - Math.exp(-4 / 6)), 12)
    // common mode D/2 · tau/2, difference D/2 · total/2 … of two equal compartments (each of power D)
    const g = group([unit(0, 6), unit(1, 6)], [{ from: 0, to: 1, conductance: 1 / 3 }])
    const total = 1 / (2 / 3 + 1 / 6)
    const d = power / 6
    const f = new MembraneModes(g, false).noise(Float64Array.of(d, d), Infinity)
    expect(product(f, 0, 0, 2)).toBeCloseTo((d * 6) / 4 + (d * total) / 4, 12)
    expect(product(f, 0, 1, 2)).toBeCloseTo((d * 6) / 4 - (d * total) / 4, 12)
  })
})
