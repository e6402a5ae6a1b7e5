import { describe, expect, it } from 'vitest'
import { chipTimeOf } from '../../src-main/handlers/runs/chip-time'

describe('the time a sample takes on the chip', () => {
  it('is what the paper states for seven samples of the converter: 8 to 12 µs, 85,000 images/s, 2.4 µJ', () => {
    const time = chipTimeOf({ bins: 7, binUs: 1.7 }, 'hx-1')
    expect(time?.latencyUs).toBeCloseTo(11.9, 9)
    expect(Math.abs((time?.imagesPerSecond ?? 0) / 85_000 - 1)).toBeLessThan(0.02)
    expect(time?.microjoules).toBeCloseTo(2.4, 1)
    expect(time?.assumption).toContain('200 mW')
  })

  it('is not said of what was not on a chip, or has no bins', () => {
    expect(chipTimeOf({ bins: 7, binUs: 1.7 }, null)).toBeNull()
    expect(chipTimeOf({ tauSynUs: 6 }, null, { meanUs: 8, latestUs: 42 })).toBeNull()
    expect(chipTimeOf({ tauSynUs: 6 }, 'hx-1')).toBeNull()
  })

  it('is the first label spike where that decides; samples are as far apart as the latest of them: 42 µs are 8.4 µJ', () => {
    const time = chipTimeOf({ tauSynUs: 6 }, 'hx-1', { meanUs: 8, latestUs: 42 })
    expect(time).toMatchObject({ latencyUs: 8, microjoules: 8.4 })
    expect(time?.imagesPerSecond).toBeCloseTo(23_809.5, 0)
  })
})
