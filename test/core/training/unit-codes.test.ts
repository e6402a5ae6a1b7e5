import { describe, expect, it } from 'vitest'
import { UNIT_NUMBERS, unitCodes, unitNumbers } from '../../../src-main/core/training/first-spike/unit-codes'

const LIMIT = 63
const PER_UNIT = 20

describe('weight codes of units that differ', () => {
  it('is the code, of all there are, whose current comes nearest', () => {
    const circuits = [
      [1, 0],
      [1.3, 2.4],
      [0.8, -2.7],
      [1.05, -0.4]
    ]
    const units = Float64Array.from(circuits.flatMap(([gain, offset]) => [gain, offset, gain * 1.1, -offset]))
    const code = unitCodes(units, PER_UNIT, LIMIT)
    circuits.forEach((_, unit) => {
      for (let w = -3.6; w <= 3.6; w += 0.013) {
        const [gain, offset] = units.subarray(UNIT_NUMBERS * unit + (w < 0 ? 2 : 0))
        // what the circuit makes of a code, in model units; a synapse of code 0 is off
        const made = (k: number): number => (k === 0 ? 0 : (gain * Math.max(0, k + offset)) / PER_UNIT)
        const best = Math.min(...Array.from({ length: LIMIT + 1 }, (__, k) => Math.abs(made(k) - Math.abs(w))))
        const given = code(w, unit)
        expect(Math.sign(given) * Math.sign(w)).toBeGreaterThanOrEqual(0)
        expect(Math.abs(made(Math.abs(given)) - Math.abs(w))).toBeCloseTo(best, 12)
      }
    })
  })

  it('is the rounded one where all units are alike', () => {
    const code = unitCodes(null, PER_UNIT, LIMIT)
    expect([0, 0.024, 0.026, 1, -1.52, 9, -9].map((w) => code(w, 5))).toEqual([0, 0, 1, 20, -30, 63, -63])
  })

  it('takes circuits that could not be measured for the median one', () => {
    const of = (...list: number[]): Float64Array => Float64Array.from(list)
    const numbers = unitNumbers(
      {
        slopeExc: of(0.3, NaN),
        slopeInh: of(0.25, 0.25),
        offsetExc: of(-1, 4),
        offsetInh: of(0.5, 0.5),
        height: of(50, 60)
      },
      { membranePerUnit: 60, weightPerUnit: 240, outputPerUnit: 250 }
    )
    // gain: slope over the usual 60 / 240, over the height of the threshold relative to the usual one
    expect(Array.from(numbers, (x) => Number(x.toFixed(9)))).toEqual([1.44, -1, 1.2, 0.5, 1, 0, 1, 0.5])
  })
})
