// The complete neuron against closed forms and against the event-driven definition of the plain one.
import { describe, expect, it } from 'vitest'
import { DormandPrince } from '../../../src-main/core/emulator/dormand-prince'
import { advance, type Lif } from '../../../src-main/core/emulator/lif-reference'
import { isLinear, MembraneModes } from '../../../src-main/core/emulator/membrane-modes'
import {
  GroupIntegrator,
  NO_LIMITS,
  relax,
  restingState,
  type Group,
  type GroupState,
  type Unit
} from '../../../src-main/core/emulator/neuron-group'

const input = (tau: number): Unit['exc'] => ({ tau, limit: Infinity, offset: 0, slope: 0, reference: 0 })

/** a circuit of capacitance 1: leak 80, reset 70, threshold off */
function unit(compartment: number, tauMem: number, more: Partial<Unit> = {}): Unit {
  return {
    compartment,
    conductance: 1 / tauMem,
    leak: 80,
    current: 0,
    exc: input(5),
    inh: input(7),
    exponential: null,
    adaptation: null,
    threshold: Infinity,
    reset: 70,
    resetConductance: 2,
    refractory: 2,
    holdOff: 0,
    ...more
  }
}

function group(units: Unit[], couplings: Group['couplings'] = []): Group {
  const count = Math.max(...units.map((x) => x.compartment)) + 1
  const capacitance = new Float64Array(count)
  for (const { compartment } of units) capacitance[compartment] += 1
  return { capacitance, units, couplings, limits: NO_LIMITS }
}

const none = (g: Group): Float64Array => new Float64Array(g.units.length)
function go(g: Group, state: GroupState, h: number, forced = false): [number, number][] {
  const spikes: [number, number][] = []
  new GroupIntegrator(g, 1e-11).advance(state, h, none(g), forced, (u, after) => spikes.push([u, after]))
  return spikes
}
function exactly(g: Group, state: GroupState, h: number): void {
  new MembraneModes(g, false).advance(state, h, none(g))
  relax(g, state, h)
}

describe('the integrator', () => {
  it('has order 5', () => {
    // y' = y cos t has the solution e^(sin t); the tolerance per step falls by 2^10, the step then by about 2^2
    const errors = [1e-6, 1e-6 / 1024].map((tolerance) => {
      const solver = new DormandPrince(
        { size: 1, derivative: (t, y, dy) => void (dy[0] = y[0] * Math.cos(t)) },
        tolerance
      )
      const y = Float64Array.of(1)
      solver.advance(y, 10, [])
      return Math.abs(y[0] - Math.exp(Math.sin(10)))
    })
    expect(errors[0]).toBeLessThan(1e-5)
    expect(errors[1]).toBeLessThan(errors[0] / 100)
  })

  it('finds the first of several levels, and a peak inside a step', () => {
    const sine = {
      size: 2,
      derivative: (_: number, y: Float64Array, dy: Float64Array): void => void dy.set([y[1], -y[0]])
    }
    const at = (levels: { component: number; level: number }[]): { time: number; reached: number } =>
      new DormandPrince(sine, 1e-12).advance(Float64Array.of(0, 1), 6, levels)
    const found = at([
      { component: 0, level: 0.9 },
      { component: 0, level: 0.5 }
    ])
    expect(found.reached).toBe(1)
    expect(found.time).toBeCloseTo(Math.PI / 6, 10)
    expect(at([{ component: 0, level: 0.999999 }]).time).toBeCloseTo(Math.asin(0.999999), 8)
    expect(at([{ component: 0, level: 1.000001 }])).toEqual({ time: 6, reached: -1 })
    // already above: it has to come from below, which the cosine does at 2π only
    expect(at([{ component: 1, level: 0.5 }]).time).toBeCloseTo((5 * Math.PI) / 3, 10)
  })
})

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
