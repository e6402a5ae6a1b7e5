// The cases and limits of calix tests/sw/py/test_refractory_period.py.
import { describe, expect, it } from 'vitest'
import {
  clockPeriodUs,
  holdOffCycles,
  refractoryRegisters,
  type RefractoryRegisters
} from '../../../src-main/core/calibration/refractory'

const COUNT = 512
const all = (value: number): Float64Array => new Float64Array(COUNT).fill(value)
const range = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: COUNT }, (_, k) => from + ((to - from) * k) / (COUNT - 1))
const longest = 255 * clockPeriodUs(15)
const longestHoldOff = 31 * clockPeriodUs(15)

const period = (r: RefractoryRegisters, n: number): number => clockPeriodUs(r.clock[n] ? r.fastScale : r.slowScale)

/** errors in clock periods */
function errors(refractory: Float64Array, holdOff: Float64Array): { refractory: number; holdOff: number } {
  const r = refractoryRegisters(refractory, holdOff)
  const worst = { refractory: 0, holdOff: 0 }
  for (let n = 0; n < COUNT; n++) {
    worst.refractory = Math.max(worst.refractory, Math.abs(r.counter[n] - refractory[n] / period(r, n)))
    worst.holdOff = Math.max(worst.holdOff, Math.abs(holdOffCycles(r.holdOff[n]) - holdOff[n] / period(r, n)))
  }
  return worst
}

describe('refractory registers', () => {
  it('meet refractory times over the whole range', () => {
    const worst = errors(range(0, longest), all(1))
    expect(worst.refractory).toBeLessThanOrEqual(1.1)
    expect(worst.holdOff).toBeLessThanOrEqual(2.1)
  })

  it('give all circuits the fast clock and the shortest hold-off where their targets agree', () => {
    const r = refractoryRegisters(all(10), all(0))
    expect(r.clock.every((x) => x === 1)).toBe(true)
    expect(new Set(r.counter).size).toBe(1)
    expect(r.holdOff.every((x) => x === 15)).toBe(true)
    expect(r.counter[0]).toBeGreaterThanOrEqual(30)
  })

  it('meet hold-off times over the whole range', () => {
    const worst = errors(all(10), range(0, longestHoldOff))
    expect(worst.refractory).toBeLessThanOrEqual(1.1)
    expect(worst.holdOff).toBeLessThanOrEqual(2.1)
  })

  it('meet the corners together', () => {
    const corners = [0, longest].flatMap((time) => [0, longestHoldOff].map((hold) => [time, hold]))
    const worst = errors(
      Float64Array.from({ length: COUNT }, (_, n) => corners[Math.floor((4 * n) / COUNT)][0]),
      Float64Array.from({ length: COUNT }, (_, n) => corners[Math.floor((4 * n) / COUNT)][1])
    )
    expect(worst.refractory).toBeLessThanOrEqual(1.1)
    expect(worst.holdOff).toBeLessThanOrEqual(2.1)
  })

  it('refuse what no clock can count', () => {
    expect(() => refractoryRegisters([longest * 1.1], [0])).toThrow(/slowest clock/)
    expect(() => refractoryRegisters([1, 2], [0])).toThrow(/as many/)
  })
})
