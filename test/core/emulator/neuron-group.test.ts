// The complete neuron against closed forms and against the event-driven definition of the plain one.
import { describe, expect, it } from 'vitest'
import { advance, type Lif } from '../../../src-main/core/emulator/lif-reference'
import { GroupIntegrator, restingState } from '../../../src-main/core/emulator/neuron-group'
import { go, group, input, none, unit } from './hicann-x/circuit-groups'

describe('a single plain circuit', () => {
  const lif: Lif = {
    rest: 80,
    tauMem: 6,
    tauSynExc: 5,
    tauSynInh: 7,
    threshold: 110,
    reset: 70,
    tauReset: 0.5,
    refractory: 2
  }

  it('fires when the event-driven definition fires', () => {
    const g = group([unit(0, 6, { threshold: 110 })])
    const state = restingState(g, [80])
    const other = { v: 80, exc: 0, inh: 0, refractoryLeft: 0 }
    const expected: number[] = []
    const spikes: number[] = []
    const integrator = new GroupIntegrator(g, 1e-11)
    for (let k = 0; k < 40; k++) {
      const kick = [9, 0, 14, 3][k % 4]
      state.exc[0] += kick
      other.exc += kick
      state.inh[0] += kick / 4
      other.inh += kick / 4
      advance(lif, other, 2.3, (after) => expected.push(k * 2.3 + after))
      integrator.advance(state, 2.3, none(g), false, (_, after) => spikes.push(k * 2.3 + after))
      expect(state.v[0]).toBeCloseTo(other.v, 7)
    }
    expect(expected.length).toBeGreaterThan(5)
    expect(spikes.length).toBe(expected.length)
    spikes.forEach((t, k) => expect(t).toBeCloseTo(expected[k], 8))
  })

  it('is clamped until the hold-off, then free, and silent to its end', () => {
    // the current would make it fire again at once
    const g = group([unit(0, 6, { threshold: 110, current: 40, refractory: 3, holdOff: 2 })])
    const state = restingState(g, [109.9])
    const spikes = go(g, state, 2.9)
    expect(spikes.length).toBe(1)
    const since = 2.9 - spikes[0][1]
    // reset switch closed for 1 µs: tau 1 / (1/6 + 2), rest (80/6 + 40 + 2·70) / (1/6 + 2); free for the rest
    const tau = 1 / (1 / 6 + 2)
    const clamped = (80 / 6 + 40 + 140) * tau
    const opened = clamped + (110 - clamped) * Math.exp(-1 / tau)
    const rest = 80 + 40 * 6
    expect(state.v[0]).toBeCloseTo(rest + (opened - rest) * Math.exp(-(since - 1) / 6), 6)
    // above the threshold in the hold-off already: the spike comes when it ends
    expect(state.v[0]).toBeGreaterThan(110)
    const second = go(g, state, 3 - since + 1e-6)
    expect(second.length).toBe(1)
    expect(2.9 + second[0][1] - spikes[0][1]).toBeCloseTo(3, 9)
  })

  it('never fires again where the reset lies above the threshold', () => {
    const g = group([unit(0, 6, { threshold: 60, leak: 90 })])
    expect(go(g, restingState(g, [50]), 200).length).toBe(1)
    const held = group([unit(0, 6, { threshold: 60, leak: 90, refractory: 3, holdOff: 1 })])
    expect(go(held, restingState(held, [50]), 200).length).toBe(1)
  })
})

describe('conductance-based input', () => {
  it('of constant conductance settles between leak and reversal, with the sum of the conductances', () => {
    // S = I (1 + (E_ref − V) / (E_rev − E_ref)) = G (E_rev − V) with G = I / (E_rev − E_ref)
    const [reversal, reference, current] = [300, 110, 20]
    const slope = 1 / (reversal - reference)
    const g = group([unit(0, 10, { exc: { ...input(Infinity), slope, reference } })])
    const state = restingState(g, [80])
    state.exc[0] = current
    const conductance = current * slope
    const tau = 1 / (1 / 10 + conductance)
    const rest = (80 / 10 + conductance * reversal) * tau
    go(g, state, 4)
    expect(state.v[0]).toBeCloseTo(rest + (80 - rest) * Math.exp(-4 / tau), 7)
  })

  it('does nothing at the reversal potential and is the current-based one at the reference', () => {
    const inhibition = { ...input(7), slope: 1 / (30 - 100), reference: 100 }
    const still = group([unit(0, 10, { leak: 30, inh: inhibition })])
    const state = restingState(still, [30])
    state.inh[0] = 25
    go(still, state, 20)
    expect(state.v[0]).toBeCloseTo(30, 9)

    const slopes = [inhibition, input(7)].map((inh) => {
      const g = group([unit(0, 10, { leak: 100, inh })])
      const s = restingState(g, [100])
      s.inh[0] = 25
      go(g, s, 1e-4)
      return s.v[0] - 100
    })
    expect(slopes[0] / slopes[1]).toBeCloseTo(1, 4)
  })
})

describe('adaptation and exponential term', () => {
  it('pass a linear adaptation through a damped oscillation in closed form', () => {
    // C = 1: V' = −V/τ − w, τ_w w' = a V − w: eigenvalues of [[−1/τ, −1], [a/τ_w, −1/τ_w]]
    const [tau, tauW, a] = [8, 20, 1.5]
    const g = group([unit(0, tau, { leak: 0, adaptation: { tau: tauW, a, b: 0, reference: 0, rest: 0 } })])
    const state = restingState(g, [10])
    go(g, state, 13)
    const mean = -(1 / tau + 1 / tauW) / 2
    const omega = Math.sqrt(a / tauW + 1 / (tau * tauW) - mean ** 2)
    const slope = -10 / tau
    const expected =
      Math.exp(mean * 13) * (10 * Math.cos(omega * 13) + ((slope - mean * 10) / omega) * Math.sin(omega * 13))
    expect(state.v[0]).toBeCloseTo(expected, 7)
  })

  it('rise to infinity in the time that the exponential alone needs', () => {
    // V' = (ΔT/τ) e^((V − V_exp)/ΔT) takes τ (e^(−(V − V_exp)/ΔT) − e^(−(V_s − V_exp)/ΔT)) from V to V_s; the leak's pull
    // on the way, from its own potential on, is 1e-5 of that
    const exponential = { slope: 2, threshold: 90 }
    const g = group([unit(0, 10, { exponential, threshold: 140, leak: 112, resetConductance: Infinity })])
    const [spike] = go(g, restingState(g, [112]), 1)
    const expected = 10 * (Math.exp(-11) - Math.exp(-25))
    expect(Math.abs(spike[1] / expected - 1)).toBeLessThan(1e-4)
  })

  it('ends at the rail where no comparator ends it', () => {
    const g = group([unit(0, 6, { exponential: { slope: 7, threshold: 120 }, current: 10 })])
    g.limits = { exponential: 100, rail: 286, headroom: 24 }
    const state = restingState(g, [80])
    go(g, state, 100)
    expect(state.v[0]).toBeGreaterThan(262)
    expect(state.v[0]).toBeLessThan(286)
  })
})
