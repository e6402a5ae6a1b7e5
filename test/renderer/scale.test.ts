import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linear, logLimits, roundLimits, epochsInSight, ticks } from '../../src-renderer/lib/plot/scale'

const limits = fc
  .tuple(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.double({ min: 1e-3, max: 1e4, noNaN: true }))
  .map(([low, width]): [number, number] => [low, low + width])

describe('axes', () => {
  it('ticks are inside, evenly spaced, and neither none nor a crowd', () => {
    fc.assert(
      fc.property(limits, ([low, high]) => {
        const list = ticks([low, high], 4)
        const width = high - low
        expect(list.length).toBeGreaterThan(1)
        expect(list.length).toBeLessThan(10)
        for (const tick of list) expect(tick >= low - width * 1e-5 && tick <= high + width * 1e-5).toBe(true)
      })
    )
  })

  it('round limits hold every value, end at ticks, and the values fill two fifths of the height at least', () => {
    const value = fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((x) => Math.round(x * 1e3) / 1e3)
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const [low, high] = roundLimits(values)
        const [least, most] = [Math.min(...values), Math.max(...values)]
        expect(low).toBeLessThanOrEqual(least)
        expect(high).toBeGreaterThanOrEqual(most)
        if (most > least) expect(most - least).toBeGreaterThan((high - low) / 2.5)
      })
    )
    expect(roundLimits([78.4, 81.3, NaN])).toEqual([78, 82])
    expect(roundLimits([])).toEqual([0, 1])
  })

  it('the epochs in sight hold those that are done, and are another number three times at most', () => {
    const sights = Array.from({ length: 5000 }, (_, k) => epochsInSight(k + 1, 5000))
    expect([...new Set(sights)]).toEqual([100, 500, 1500, 5000])
    for (const [k, sight] of sights.entries()) expect(sight).toBeGreaterThanOrEqual(k + 1)
    expect(epochsInSight(1, 60)).toBe(60)
    expect(epochsInSight(300, 300)).toBe(300)
  })

  it('a scale goes through its ends', () => {
    const at = linear([5, 7], [100, 0])
    expect([at(5), at(6), at(7)]).toEqual([100, 50, 0])
  })

  it('log limits hold every value and end at 1, 2 or 5', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), { minLength: 1 }), (values) => {
        const [low, high] = logLimits(values, [1, 10])
        expect(low).toBeLessThanOrEqual(Math.min(...values))
        expect(high).toBeGreaterThanOrEqual(Math.max(...values))
        for (const end of [low, high]) expect(['1', '2', '5']).toContain(end.toExponential(0)[0])
      })
    )
    expect(logLimits([0, NaN], [1, 10])).toEqual([1, 10])
  })
})
