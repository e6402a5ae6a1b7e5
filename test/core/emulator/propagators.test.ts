import { describe, expect, it } from 'vitest'
import { constantToMembrane, currentToMembrane, noiseKick } from '../../../src-main/core/emulator/propagators'

/** [t, tauMem, tauSyn, ∫ …] computed from the textbook form with 60 digits (mpmath), rounded to 18 */
const TRUTH = [
  [1.7, 6.0, 6.0, 1.28055671597291656],
  [0.034, 6.0, 6.0000000001, 0.0338078781925594686],
  [10.0, 6.0006, 6.0, 1.88891341771611322],
  [100.0, 6.0, 6.006, 5.82611639303365221e-6],
  [1.7, 10.0, 2.0, 1.04062471161914252],
  [5.0, 2.0, 10.0, 1.31111415272183657],
  [1e-6, 20.0, 5.0, 9.99999875000008705e-7],
  [0.1, 60.0, 1.5, 0.09665805602972453],
  [300.0, 6.0, 6.3, 2.38531380422508112e-19],
  [400.0, 60.0, 0.5, 0.000641664101515869743],
  [3.3, 1.0, 1.0000001, 0.121714472506976896],
  [12.0, 0.1, 30.0, 0.0672561919099303684]
]

describe('propagators', () => {
  it('agree with 60-digit values to 1e-12, at, near and far from equal time constants', () => {
    for (const [t, tauMem, tauSyn, truth] of TRUTH) {
      expect(Math.abs(currentToMembrane(t, tauMem, tauSyn) / truth - 1)).toBeLessThan(1e-12)
    }
  })

  it('pass continuously through equality', () => {
    const at = currentToMembrane(1.7, 6, 6)
    for (const shift of [1e-15, 1e-12, 1e-9, 1e-8]) {
      // d ln P / d tauMem at equality is t / (2 tau²)
      const expected = at * (1 + (shift * 6 * 1.7) / 72)
      expect(Math.abs(currentToMembrane(1.7, 6 * (1 + shift), 6) / expected - 1)).toBeLessThan(1e-12)
    }
  })

  it('charge a membrane linearly at first and to its steady state at last', () => {
    expect(constantToMembrane(1e-9, 6) / 1e-9).toBeCloseTo(1, 9)
    expect(constantToMembrane(1000, 6)).toBeCloseTo(6, 12)
  })

  it('add noise so that the variance stays stationary', () => {
    const sd = 0.45
    const kick = noiseKick(2, 6, sd)
    expect(kick ** 2 + sd ** 2 * Math.exp(-4 / 6)).toBeCloseTo(sd ** 2, 14)
  })
})
