// What the kernel takes an input stage for over a bin, against tanh itself.
import { describe, expect, it } from 'vitest'
import { LARGEST_SPREAD, stageFit } from '../../../../src-main/core/emulator/network/stage-fit'

const LINES = Array.from({ length: 441 }, (_, k) => k / 100)
const SPREADS = Array.from({ length: 81 }, (_, k) => (k * LARGEST_SPREAD) / 80)

function fitted(u: number, q: number): number {
  const { upper, lower } = stageFit(q)
  const z = u * u
  return (u * (upper[0] + z * (upper[1] + z * upper[2]))) / (lower[0] + z * (lower[1] + z * (lower[2] + z)))
}

function expansion(u: number, q: number): number {
  const t = Math.tanh(u)
  return t + q * u * (1 - t * t) * (1 / 2 - u * t)
}

describe('the input stage over a bin', () => {
  it('is fitted within the errors that it states, and exactly where the line is small', () => {
    let [small, any] = [0, 0]
    for (const q of SPREADS) {
      for (const u of LINES) {
        const error = Math.abs(fitted(u, q) - expansion(u, q))
        any = Math.max(any, error)
        if (u <= 1.6) small = Math.max(small, error)
        expect(fitted(-u, q)).toBeCloseTo(-fitted(u, q), 14)
      }
      expect(Math.abs(fitted(1e-4, q) / (1e-4 * (1 + q / 2)) - 1)).toBeLessThan(1e-7)
    }
    expect(small).toBeLessThan(5e-5)
    expect(any).toBeLessThan(2e-4)
  })

  it('is the mean of tanh over a bin of the experiments, to the converter’s thousandth part', () => {
    // 1.7 µs and 6 µs: times evenly from −h/2 to h/2, variance h² / 12
    const h = 1.7 / 6
    for (const u of LINES) {
      let mean = 0
      for (let k = 0; k < 1000; k++) mean += Math.tanh(u * Math.exp(-h * ((k + 0.5) / 1000 - 0.5))) / 1000
      expect(Math.abs(expansion(u, h ** 2 / 12) - mean)).toBeLessThan(1e-4)
    }
  })
})
