import { describe, expect, it } from 'vitest'
import { fitExponential } from '../../../src-main/core/statistics/fits'
import { Stream } from '../../../src-main/core/random/stream'

const STEP = 0.034

function trace(n: number, a: number, tau: number, c: number, sigma = 0, stream = new Stream('none')): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, k) => a * Math.exp((-k * STEP) / tau) + c + (sigma ? sigma * stream.normal() : 0)
  )
}

/** Cramér-Rao bound on the sd of tau for a, tau, c unknown and white noise of sd sigma */
function bound(n: number, a: number, tau: number, sigma: number): number {
  const m = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let k = 0; k < n; k++) {
    const t = k * STEP
    const e = Math.exp(-t / tau)
    const d = [e, (a * t * e) / tau ** 2, 1]
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) m[3 * i + j] += (d[i] * d[j]) / sigma ** 2
  }
  const det =
    m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6])
  return Math.sqrt((m[0] * m[8] - m[2] * m[6]) / det)
}

describe('exponential fit', () => {
  it('recovers amplitude, time constant and offset of a clean trace', () => {
    for (const [n, a, tau, c] of [
      [1000, 200, 6, 300],
      [1000, -150, 6, 500],
      [300, 40, 1.5, 70],
      [2500, 90, 25, 100],
      [1200, 300, 0.9, 0],
      [60, 100, 1, 5]
    ]) {
      const fit = fitExponential(trace(n, a, tau, c), 0, n, STEP)
      expect(fit.tau / tau).toBeCloseTo(1, 6)
      expect(fit.amplitude / a).toBeCloseTo(1, 6)
      expect(fit.offset).toBeCloseTo(c, 4)
    }
  })

  it('uses the given part of the trace only', () => {
    const y = trace(900, 100, 6, 50)
    y.fill(1023, 0, 100)
    y.fill(0, 800)
    const fit = fitExponential(y, 100, 800, STEP)
    expect(fit.tau).toBeCloseTo(6, 5)
    expect(fit.amplitude).toBeCloseTo(100 * Math.exp((-100 * STEP) / 6), 4)
  })

  for (const [n, a, tau, sigma] of [
    [1059, 290, 6, 1.65],
    [1059, 60, 6, 3],
    [350, 100, 1.5, 1.65],
    [1500, -200, 12, 2],
    [1059, 200, 3, 1.65]
  ]) {
    it(`is unbiased and within 1.3 of the Cramér-Rao bound (n ${n}, amplitude ${a}, tau ${tau}, noise ${sigma})`, () => {
      const stream = new Stream('fit', n, a)
      const trials = 1500
      const taus = Array.from(
        { length: trials },
        () => fitExponential(trace(n, a, tau, 300, sigma, stream), 0, n, STEP).tau
      )
      const mean = taus.reduce((x, y) => x + y) / trials
      const sd = Math.sqrt(taus.reduce((x, y) => x + (y - mean) ** 2, 0) / (trials - 1))
      const limit = bound(n, a, tau, sigma)
      // a non-linear estimator has a bias of the order of its variance; it must vanish against the sd
      expect(Math.abs(mean - tau)).toBeLessThan(0.1 * limit + (3 * sd) / Math.sqrt(trials))
      expect(sd).toBeLessThan(1.3 * limit)
      expect(sd).toBeGreaterThan(0.9 * limit)
    })
  }

  it('says Infinity where nothing decays and NaN where there is nothing to fit', () => {
    expect(
      fitExponential(
        new Float64Array(500).map((_, k) => 300 + 0.1 * k),
        0,
        500,
        STEP
      ).tau
    ).toBe(Infinity)
    expect(fitExponential(new Float64Array(500), 0, 8, STEP).tau).toBeNaN()
  })
})
