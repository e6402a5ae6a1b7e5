import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  binarySearch,
  noisyBinarySearch,
  type Algorithm,
  type Found,
  type Problem
} from '../../../src-main/core/calibration/search'
import { linearSearch, oneShot } from '../../../src-main/core/calibration/search-direct'
import { Stream } from '../../../src-main/core/random/stream'

/** runs a search against a function of code and instance */
function run(algorithm: Algorithm, problem: Problem, f: (code: number, k: number) => number, seed = 1): Found {
  const searching = algorithm(problem, new Stream('test', seed))
  let step = searching.next()
  while (!step.done) step = searching.next(Array.from(step.value, (code, k) => f(code, k)))
  return step.value
}

/** what no search can beat: the code with the smallest deviation, by trying all */
function exhaustive(problem: Problem, f: (code: number, k: number) => number, k: number): number {
  let best = Infinity
  for (let code = problem.low; code <= problem.high; code++) {
    best = Math.min(best, Math.abs(f(code, k) - (problem.target as number)))
  }
  return best
}

describe('search algorithms', () => {
  for (const [name, algorithm, steps] of [
    ['binary', binarySearch, 12],
    ['noisy binary', noisyBinarySearch, 13]
  ] as const) {
    it(`${name}: takes ${steps} steps for 10 bit and finds the exact optimum on any monotonic observable`, () => {
      fc.assert(
        fc.property(
          fc.double({ min: 0.05, max: 3, noNaN: true }),
          fc.double({ min: -1500, max: 1500, noNaN: true }),
          fc.constantFrom(1 as const, -1 as const),
          fc.integer({ min: 0, max: 1000 }),
          (slope, target, sign, seed) => {
            const problem: Problem = { instances: 3, low: 0, high: 1022, sign, target }
            const f = (code: number, k: number): number =>
              sign * slope * (code - 200 * k) + ((k * code * code) / 1e4) * sign
            const found = run(algorithm, problem, f, seed)
            expect(found.search.steps).toBe(steps)
            for (let k = 0; k < 3; k++) {
              expect(Math.abs(f(found.codes[k], k) - target)).toBeCloseTo(exhaustive(problem, f, k), 9)
            }
          }
        ),
        { numRuns: 200 }
      )
    })

    it(`${name}: keeps every step and tells which bound was hit`, () => {
      const problem: Problem = { instances: 3, low: 0, high: 1022, sign: 1, target: 500 }
      const found = run(algorithm, problem, (code, k) => [code, code + 5000, code - 5000][k])
      expect(Array.from(found.search.bound)).toEqual([0, -1, 1])
      expect(Array.from(found.codes)).toEqual([500, 0, 1022])
      expect(found.search.codes.length).toBe(steps * 3)
      expect(found.search.observed[0]).toBe(found.search.codes[0])
    })
  }

  it('an instance that cannot be measured ends at a bound', () => {
    const problem: Problem = { instances: 1, low: 0, high: 1022, sign: 1, target: 500 }
    expect(run(noisyBinarySearch, problem, () => NaN).search.bound[0]).toBe(1)
  })

  it('noisy binary: with read noise the error stays of the size of the noise, without bias', () => {
    const noise = new Stream('noise')
    const problem: Problem = { instances: 512, low: 0, high: 1022, sign: 1, target: 80 }
    const truth = (code: number, k: number): number => 0.27 * (code - 600 - (k % 64)) + 80
    const found = run(noisyBinarySearch, problem, (code, k) => truth(code, k) + noise.normal())
    const errors = Array.from(found.codes, (code, k) => truth(code, k) - 80)
    const mean = errors.reduce((a, b) => a + b) / 512
    const sd = Math.sqrt(errors.reduce((a, b) => a + (b - mean) ** 2, 0) / 511)
    expect(Math.abs(mean)).toBeLessThan((4 * sd) / Math.sqrt(512))
    expect(sd).toBeLessThan(1.5)
  })

  it('noisy binary: starts are spread, so that cells do not share one code', () => {
    const found = run(noisyBinarySearch, { instances: 512, low: 0, high: 1022, sign: 1, target: 80 }, (code) => code)
    const starts = new Set(found.search.codes.slice(0, 512))
    expect(starts.size).toBe(11)
  })

  it('refuses a range that the jitter would leave at once', () => {
    const problem: Problem = { instances: 1, low: 0, high: 15, sign: 1, target: 3 }
    expect(() => run(noisyBinarySearch, problem, (code) => code)).toThrow('a jitter of 5 codes is too much')
    expect(run(binarySearch, problem, (code) => code).codes[0]).toBe(3)
  })

  it('refuses a measurement of the wrong length', () => {
    const searching = binarySearch({ instances: 2, low: 0, high: 63, sign: 1, target: 3 }, new Stream('test'))
    searching.next()
    expect(() => searching.next([1])).toThrow('1 values were measured for 2 instances')
  })

  it('linear: walks until the target is crossed and takes the nearer side', () => {
    const problem: Problem = { instances: 3, low: 0, high: 63, sign: 1, target: 20.4 }
    const found = run(linearSearch(15), problem, (code, k) => code + k * 0.3)
    expect(Array.from(found.codes)).toEqual([20, 20, 20])
    const falling = run(linearSearch(15), { ...problem, sign: -1, target: -9.2 }, (code) => -code)
    expect(Array.from(falling.codes)).toEqual([9, 9, 9])
  })

  it('linear: stops at the bound', () => {
    const found = run(linearSearch(60), { instances: 1, low: 0, high: 63, sign: 1, target: 200 }, (code) => code)
    expect(found.codes[0]).toBe(63)
    expect(found.search.bound[0]).toBe(1)
  })

  it('one shot: shifts by the measured deviation', () => {
    const problem: Problem = { instances: 2, low: -128, high: 127, sign: 1, target: 128 }
    const found = run(oneShot(0, 1), problem, (code, k) => 120 + 20 * k + code)
    expect(Array.from(found.codes)).toEqual([8, -12])
    expect(found.search.steps).toBe(2)
  })
})
