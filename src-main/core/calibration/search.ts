/**
 * How a setting is found: search algorithms that any routine can take. All instances (512 neurons, 4 quadrants …)
 * advance in lock-step, each step = write codes, wait, measure. After calix (common/algorithms.py): the same number of
 * steps, increments and last candidates.
 *
 * A search is a generator: it yields the codes to test, receives what was observed (NaN: could not be measured) and
 * returns what it found. It knows nothing of chips. Here: what a search is, its trace, and bisection; search-direct.ts has
 * the others.
 */
import type { Stream } from '../random/stream'
import type { Search } from './types'

export interface Problem {
  instances: number
  /** codes allowed, both included */
  low: number
  high: number
  /** +1: the observable rises with the code, −1: it falls */
  sign: 1 | -1
  target: number | ArrayLike<number>
}

export interface Found {
  codes: Int16Array
  search: Search
}

export type Searching = Generator<Int16Array, Found, ArrayLike<number>>

/** a search algorithm; `random` draws the jitter of those that start noisily */
export type Algorithm = (problem: Problem, random: Stream) => Searching

/** Keeps every code and observable, and picks the best among the last tested. */
export class Trace {
  readonly codes: Int16Array[] = []
  readonly observed: Float32Array[] = []

  constructor(readonly problem: Problem) {}

  targetOf(k: number): number {
    const target = this.problem.target
    return typeof target === 'number' ? target : target[k]
  }

  add(codes: Int16Array, observed: ArrayLike<number>): void {
    if (observed.length !== this.problem.instances) {
      throw new RangeError(`${observed.length} values were measured for ${this.problem.instances} instances`)
    }
    this.codes.push(codes.slice())
    this.observed.push(Float32Array.from(observed))
  }

  /** distance from the target in the direction of rising codes; positive = the code is too high */
  excess(step: number, k: number): number {
    return this.problem.sign * (this.observed[step][k] - this.targetOf(k))
  }

  /** among the last `candidates` steps the nearest to the target, the latest where several are equally near */
  best(candidates: number): Found {
    const { instances, low, high } = this.problem
    const steps = this.codes.length
    const codes = new Int16Array(instances)
    for (let k = 0; k < instances; k++) {
      // an instance that could not be measured was driven to the upper bound one step before the last
      let best = Math.max(steps - candidates, steps - 2)
      let deviation = Infinity
      for (let step = steps - 1; step >= Math.max(0, steps - candidates); step--) {
        const here = Math.abs(this.excess(step, k))
        if (here < deviation) {
          deviation = here
          best = step
        }
      }
      codes[k] = this.codes[best][k]
    }
    const flat = { codes: new Int16Array(steps * instances), observed: new Float32Array(steps * instances) }
    for (let step = 0; step < steps; step++) {
      flat.codes.set(this.codes[step], step * instances)
      flat.observed.set(this.observed[step], step * instances)
    }
    const bound = Int8Array.from(codes, (code) => (code <= low ? -1 : code >= high ? 1 : 0))
    return { codes, search: { ...flat, steps, instances, bound } }
  }
}

/** ⌈log2 n⌉ */
function bitsFor(n: number): number {
  let bits = 0
  while (2 ** bits < n) bits++
  return bits
}

export const clamp = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x))

/**
 * Bisection with increments ⌈N / 2^(k+2)⌉, a last test of the neighbour on the other side, and the best of the last
 * tested. With `jitter` > 0 the start is jittered (cells of equal code pull each other) and one increment of that size
 * is inserted.
 */
function bisect(jitter: number): Algorithm {
  return function* (problem, random) {
    const { instances, low, high } = problem
    const possible = high - low + 1
    const halvings = bitsFor(possible)
    if (halvings < 1) throw new RangeError(`a search between ${low} and ${high} needs at least two codes`)
    const increments = Array.from({ length: halvings + 2 }, (_, k) => Math.ceil(possible / 2 ** (k + 2)))
    if (jitter > increments[0]) {
      throw new RangeError(`a jitter of ${jitter} codes is too much for a search between ${low} and ${high}`)
    }
    let candidates = 3
    if (jitter > 0) {
      increments.push(jitter)
      increments.sort((a, b) => b - a)
      candidates += bitsFor(jitter)
    }
    const middle = Math.floor(possible / 2) + low
    let codes = Int16Array.from({ length: instances }, () => {
      const noise = jitter > 0 ? random.below(2 * jitter + 1) - jitter : 0
      return clamp(middle + noise, low, high)
    })
    const trace = new Trace(problem)
    const last = increments.length - 1
    for (let step = 0; step <= last; step++) {
      trace.add(codes, yield codes)
      if (step === last) break
      const next = codes.slice()
      for (let k = 0; k < instances; k++) {
        if (step < last - 1) {
          next[k] += trace.excess(step, k) > 0 ? -increments[step] : increments[step]
        } else {
          // the neighbour on the other side of the code before
          const before = trace.codes[step - 1][k]
          next[k] = 2 * before - codes[k]
          if (before === codes[k]) next[k] += before === low ? 1 : before === high ? -1 : 0
        }
        next[k] = clamp(next[k], low, high)
      }
      codes = next
    }
    return trace.best(candidates)
  }
}

/** plain bisection: 12 steps for 10 bit */
export const binarySearch: Algorithm = bisect(0)

/** bisection from jittered starts, ±5 codes: 13 steps for 10 bit, best of the last six */
export const noisyBinarySearch: Algorithm = bisect(5)
