// Short-term plasticity against the closed forms of Tsodyks and Markram's recursion for a regular train.
import { describe, expect, it } from 'vitest'
import { shortTermOf, transmit, trimmed } from '../../../src-main/core/chip/hicann-x/drivers'

const train = (short: ReturnType<typeof shortTermOf>, intervalUs: number, count: number): number[] => {
  const stored = { share: 0, timeUs: 0 }
  return Array.from({ length: count }, (_, k) => transmit(stored, short, 10 + k * intervalUs))
}

describe('short-term plasticity', () => {
  it('depresses: R of the n-th event, and the stationary R (1997)', () => {
    for (const [code, recovery, interval] of [
      [4, 3, 5],
      [12, 15, 20],
      [1, 0, 2]
    ]) {
      const short = shortTermOf(code, recovery, 400, 100)
      const [u, d] = [code / 16, Math.exp(-interval / (160 / (recovery + 1)))]
      const efficacies = train(short, interval, 400)
      // R(n + 1) = 1 − (1 − R(n) (1 − U)) e^(−Δ/τ): fixed point R∞, approached by the factor (1 − U) e^(−Δ/τ)
      const stationary = (1 - d) / (1 - (1 - u) * d)
      efficacies.forEach((r, n) => expect(r).toBeCloseTo(stationary + (1 - stationary) * ((1 - u) * d) ** n, 12))
      expect(efficacies[399]).toBeCloseTo(stationary, 10)
    }
  })

  it('facilitates with the other pair of voltages, and recovers', () => {
    const short = shortTermOf(8, 7, 100, 370)
    const efficacies = train(short, 4, 200)
    const [u, d] = [0.5, Math.exp(-4 / 20)]
    expect(efficacies[0]).toBe(0)
    for (let n = 1; n < 200; n++) expect(efficacies[n]).toBeGreaterThanOrEqual(efficacies[n - 1])
    // s before an event: s∞ = U d / (1 − (1 − U) d)
    expect(efficacies[199]).toBeCloseTo((0.9 * u * d) / (1 - (1 - u) * d), 10)
    const stored = { share: 1, timeUs: 0 }
    expect(transmit(stored, short, 20)).toBeCloseTo(0.9 / Math.E, 12)
  })

  it('does nothing at utilisation 0; the trim moves by 2 % a step', () => {
    expect(train(shortTermOf(0, 9, 400, 100), 1, 50)).toEqual(new Array(50).fill(1))
    expect(trimmed(1.03, 8)).toBe(1.03)
    expect(trimmed(1, 15) - trimmed(1, 0)).toBeCloseTo(0.3, 12)
  })
})
