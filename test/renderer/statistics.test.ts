import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as core from '../../src-main/core/statistics/summary'
import { histogram, mad, median, quantile, sorted, wilsonHalf } from '../../src-renderer/lib/plot/statistics'

const sample = fc.array(fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(NaN)), {
  minLength: 1,
  maxLength: 60
})

describe('summaries of the window agree with those of core', () => {
  it('median, MAD and quantiles', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        expect(median(values)).toBe(core.median(values))
        expect(mad(values)).toBe(core.mad(values))
        expect(quantile(sorted(values), p)).toBe(core.quantile(values, p))
      })
    )
  })

  it('half the Wilson interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const k = Math.round(share * n)
        const [low, high] = core.wilson(k, n)
        expect(wilsonHalf(k / n, n)).toBeCloseTo((high - low) / 2, 12)
      })
    )
  })

  it('a histogram counts every value inside once, the upper end included', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 3, noNaN: true })), (values) => {
        const inside = values.filter((value) => value >= 0 && value <= 1).length
        expect(histogram(values, 0, 1, 7).reduce((a, b) => a + b, 0)).toBe(inside)
      })
    )
  })
})
