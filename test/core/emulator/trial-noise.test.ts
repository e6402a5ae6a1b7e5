import { describe, expect, it } from 'vitest'
import { TrialNoise } from '../../../src-main/core/emulator/trial-noise'

/** P(|Z| < z) of the standard normal distribution (tables) */
const INSIDE = [
  [0.1, 0.0796557],
  [0.5, 0.3829249],
  [1, 0.6826895],
  [1.5, 0.8663856],
  [2, 0.9544997],
  [2.5, 0.9875807],
  [3, 0.9973002],
  [3.442619855899, 0.9994239],
  [4, 0.99993666]
]

describe('trial noise', () => {
  const count = 2e6
  const noise = new TrialNoise('test')
  const sample = Float64Array.from({ length: count }, () => noise.normal())

  it('has the moments of a standard normal', () => {
    const moment = (k: number): number => {
      let sum = 0
      for (const x of sample) sum += x ** k
      return sum / count
    }
    // standard errors of the first four moments: 1, √2, √15, √96 over √count; five of them
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(count))
    expect(Math.abs(moment(2) - 1)).toBeLessThan((5 * Math.sqrt(2)) / Math.sqrt(count))
    expect(Math.abs(moment(3))).toBeLessThan((5 * Math.sqrt(15)) / Math.sqrt(count))
    expect(Math.abs(moment(4) - 3)).toBeLessThan((5 * Math.sqrt(96)) / Math.sqrt(count))
  })

  it('has its distribution, in the layers and in the tail', () => {
    for (const [z, p] of INSIDE) {
      let inside = 0
      for (const x of sample) if (Math.abs(x) < z) inside += 1 / count
      expect(Math.abs(inside - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count) + 1e-7)
    }
  })

  it('has no memory from one draw to the next', () => {
    let sum = 0
    for (let k = 1; k < count; k++) sum += sample[k] * sample[k - 1]
    expect(Math.abs(sum / count)).toBeLessThan(5 / Math.sqrt(count))
  })
})
