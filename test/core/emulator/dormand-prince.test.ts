import { describe, expect, it } from 'vitest'
import { DormandPrince } from '../../../src-main/core/emulator/dormand-prince'

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
