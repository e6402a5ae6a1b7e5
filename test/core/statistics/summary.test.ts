import { describe, expect, it } from 'vitest'
import { Stream } from '../../../src-main/core/random/stream'
import { mad, mean, median, quantile, sd, trimmedSd, wilson } from '../../../src-main/core/statistics/summary'

describe('summaries', () => {
  it('quantiles interpolate as R type 7 does', () => {
    // R: quantile(c(1, 3, 4, 8, 20), c(.1, .25, .5, .9)) = 1.8 3 4 15.2
    const values = [20, 1, 8, 4, 3]
    const quantiles = [0.1, 0.25, 0.5, 0.9].map((p) => Math.round(quantile(values, p) * 1e9) / 1e9)
    expect(quantiles).toEqual([1.8, 3, 4, 15.2])
    expect(median([4, 1])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('mean, sd and median absolute deviation of a small sample', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9]
    expect(mean(values)).toBe(5)
    expect(sd(values)).toBeCloseTo(Math.sqrt(32 / 7), 12)
    expect(mad([1, 1, 2, 2, 4, 6, 9])).toBe(1)
  })

  it('leaves out what is not a number', () => {
    expect(mean([1, NaN, 3])).toBe(2)
    expect(sd([1, NaN, 3])).toBeCloseTo(Math.SQRT2, 12)
    expect(median([NaN, 7, NaN])).toBe(7)
  })

  it('trimming 5 % off each tail of a normal sample leaves 0.789 of its sd, whatever the outliers', () => {
    // truncated at z = 1.6449: variance 1 − 2·z·φ(z) / 0.9
    const expected = Math.sqrt(1 - (2 * 1.6448536 * Math.exp(-(1.6448536 ** 2) / 2)) / Math.sqrt(2 * Math.PI) / 0.9)
    const stream = new Stream('trimmed')
    const values = Array.from({ length: 40_000 }, () => stream.normal())
    expect(trimmedSd(values) / expected).toBeCloseTo(1, 1.7)
    for (let k = 0; k < 200; k++) values[k] = 1e6
    expect(trimmedSd(values) / expected).toBeCloseTo(1, 1.5)
  })

  it('Wilson interval: published examples', () => {
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3
    for (const [k, n, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718]
    ]) {
      expect(wilson(k, n)[0]).toBeCloseTo(low, 4)
      expect(wilson(k, n)[1]).toBeCloseTo(high, 4)
    }
  })
})
