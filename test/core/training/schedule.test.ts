import { describe, expect, it } from 'vitest'
import { rateShare } from '../../../src-main/core/training/schedule'

describe('learning rates', () => {
  const steps = { schedule: 'steps', decay: 0.5, decayEvery: 20 } as const
  it('fall in steps as a scheduler called after each epoch makes them', () => {
    expect([1, 20, 21, 40, 41].map((epoch) => rateShare(steps, epoch, 300))).toEqual([1, 1, 0.5, 0.5, 0.25])
  })

  it('fall along half a cosine, or not at all', () => {
    const cosine = { ...steps, schedule: 'cosine' } as const
    for (const epoch of [1, 7, 10]) {
      expect(rateShare(cosine, epoch, 10)).toBeCloseTo((1 + Math.cos((Math.PI * (epoch - 1)) / 10)) / 2, 14)
    }
    expect(rateShare({ ...steps, schedule: 'constant' }, 300, 300)).toBe(1)
  })
})
