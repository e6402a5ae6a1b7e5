// The float64 reference against trajectories that were computed with 40 digits, and against closed forms.
import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { traceUnit } from '../../../../src-main/core/emulator/network/reference-unit'
import { currentStep, type Units } from '../../../../src-main/core/emulator/network/units'

interface LifCase {
  name: string
  params: {
    tau_m: number
    tau_s: number
    C: number
    E_l: number
    V_reset: number
    theta: number
    t_ref: number
    I_bias: number
    V0: number
    I0: number
  }
  input_spikes: [number, number][]
  t_end: number
  grid_dt: number
  spikes: number[]
  V: number[]
}
const vectors = JSON.parse(
  fs.readFileSync(new URL('../../../../resources/vectors/lif_traces.json', import.meta.url), 'utf8')
) as { lif: LifCase[] }

/** one unit with both time constants of the case; the published model resets at once, so tauReset is next to nothing */
function unitOf(p: LifCase['params']): Units {
  const one = (x: number): Float64Array => Float64Array.of(x)
  return {
    count: 1,
    column: Int16Array.of(0),
    rest: one(p.E_l),
    reset: one(p.V_reset),
    threshold: one(p.theta),
    tauMem: one(p.tau_m),
    tauSynExc: one(p.tau_s),
    tauSynInh: one(p.tau_s),
    tauReset: one(1e-9),
    refractory: one(p.t_ref),
    refractoryCycle: one(0),
    noise: one(0),
    stepExc: one(1),
    stepInh: one(1),
    limitExc: one(Infinity),
    limitInh: one(Infinity),
    weightOffsetExc: one(0),
    weightOffsetInh: one(0),
    slope: one(1),
    offset: one(0),
    readNoise: one(0)
  }
}

describe('reference unit', () => {
  const cases = vectors.lif.filter(({ params: p }) => p.t_ref > 0 && p.I_bias === 0 && p.V0 === p.E_l && p.I0 === 0)

  it('has published trajectories to be held against', () => expect(cases.length).toBeGreaterThanOrEqual(4))

  it.each(cases)('follows $name', (c) => {
    const events = c.input_spikes.map(([timeUs, w]) => ({ timeUs, step: w / c.params.C }))
    const samples = c.V.length
    const errors = [0.02, 0.01].map((dt) => {
      const { spikesUs, membrane } = traceUnit(unitOf(c.params), 0, events, samples, c.grid_dt, dt)
      expect(spikesUs.length).toBe(c.spikes.length)
      // only where a reset has just happened does the shift of a spike show in V at full size
      let v = 0
      for (let k = 0; k < samples; k++) v = Math.max(v, Math.abs(membrane[k] - c.V[k]))
      return { t: Math.max(0, ...spikesUs.map((s, n) => Math.abs(s - c.spikes[n]))), v }
    })
    expect(errors[1].t).toBeLessThan(2e-5 * c.params.tau_m)
    expect(errors[1].v).toBeLessThan(1e-4)
    // linear interpolation: of second order
    if (errors[0].t > 1e-6) expect(errors[1].t).toBeLessThan(errors[0].t / 2)
  })

  it('integrates a free membrane exactly, whatever the step', () => {
    const p = { tau_m: 6, tau_s: 6, C: 1, E_l: 80, V_reset: 80, theta: 1e9, t_ref: 2, I_bias: 0, V0: 80, I0: 0 }
    const coarse = traceUnit(
      unitOf(p),
      0,
      [
        { timeUs: 0, step: 3 },
        { timeUs: 2.5, step: -4 }
      ],
      20,
      1.7,
      1.7
    )
    for (let k = 0; k < 20; k++) {
      const alpha = (t: number): number => (t > 0 ? t * Math.exp(-t / 6) : 0)
      expect(coarse.membrane[k]).toBeCloseTo(80 + 3 * alpha(1.7 * k) - 4 * alpha(1.7 * k - 2.5), 10)
    }
  })

  it('settles at the clamp of two conductances while refractory', () => {
    const p = { tau_m: 6, tau_s: 6, C: 1, E_l: 80, V_reset: 60, theta: 81, t_ref: 1e3, I_bias: 0, V0: 80, I0: 0 }
    const unit = { ...unitOf(p), tauReset: Float64Array.of(0.5) }
    const { membrane, spikesUs } = traceUnit(unit, 0, [{ timeUs: 0, step: 5 }], 200, 1.7, 0.1)
    expect(spikesUs.length).toBe(1)
    expect(membrane[199]).toBeCloseTo((80 / 6 + 60 / 0.5) / (1 / 6 + 1 / 0.5), 6)
  })
})

describe('currentStep', () => {
  it('adds the offset, never turns the sign, and leaves weight 0 off', () => {
    const p = { tau_m: 6, tau_s: 6, C: 1, E_l: 0, V_reset: 0, theta: 1, t_ref: 2, I_bias: 0, V0: 0, I0: 0 }
    const unit = {
      ...unitOf(p),
      weightOffsetExc: Float64Array.of(-3),
      weightOffsetInh: Float64Array.of(2),
      stepInh: Float64Array.of(0.5)
    }
    const curve = Float64Array.from({ length: 64 }, (_, w) => w)
    const step = (w: number): number => currentStep(unit, 0, w, curve, 1.1, 0.9)
    expect(step(0)).toBe(0)
    expect(step(2)).toBe(0)
    expect(step(10)).toBeCloseTo(7.7, 12)
    expect(step(-10)).toBeCloseTo(-12 * 0.5 * 0.9, 12)
  })
})
