/** Lines in the rows of the list: one logarithmic scale of the error for all. */
import { describe, expect, it } from 'vitest'
import { SPARK_ERRORS, sparkHeight, sparkPoints } from '../../src-renderer/lib/runs/spark'

describe('the line of a row', () => {
  it('stands at the bottom for the largest error of the scale, at the top for the smallest, and never outside', () => {
    const [top, bottom] = SPARK_ERRORS
    expect(sparkHeight(1 - bottom)).toBeCloseTo(0, 12)
    expect(sparkHeight(1 - top)).toBeCloseTo(1, 12)
    expect([sparkHeight(0), sparkHeight(1)]).toEqual([0, 1])
  })

  it('rises by as much for an error that is halved, wherever', () => {
    const step = (error: number): number => sparkHeight(1 - error / 2) - sparkHeight(1 - error)
    expect(step(0.4)).toBeCloseTo(step(0.02), 12)
    expect(sparkHeight(1 - Math.sqrt(0.005 * 0.9))).toBeCloseTo(0.5, 12)
  })

  it('ends where the run ended: one that was stopped half way is half as long', () => {
    const points = sparkPoints({ epoch: [1, 6], testAccuracy: [0.1, 0.995], epochs: 11 }, 50, 10)
    expect(points).toBe('0.0,10.0 25.0,0.0')
    expect(sparkPoints({ epoch: [1], testAccuracy: [0.1], epochs: 1 }, 50, 10)).toBe('50.0,10.0')
    expect(sparkPoints({ epoch: [], testAccuracy: [], epochs: 3 }, 50, 10)).toBe('')
  })
})
