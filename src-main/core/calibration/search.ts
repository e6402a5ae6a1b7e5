/**
 * How a setting is found: search algorithms that any routine can take. All instances (512 neurons, 4 quadrants …)
 * advance in lock-step, each step = write codes, wait, measure. After calix (common/algorithms.py): the same number of
 * steps, increments and last candidates.
 *
 * A search is a generator: it yields the codes to test, receives what was observed (NaN: could not be measured) and
 * returns what it found. It knows nothing of chips.
 */
import type { Stream } from '../random/stream'
import { median } from '../statistics/summary'
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
class Trace {
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

const clamp = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x))

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

/** from a guess in steps of `size` until the target is crossed; the better of the last two */
export function linearSearch(guess: number, size = 1, maxSteps = 50): Algorithm {
  return function* (problem) {
    const { instances, low, high } = problem
    const trace = new Trace(problem)
    let codes = new Int16Array(instances).fill(clamp(guess, low, high))
    const running = new Uint8Array(instances).fill(1)
    for (let step = 0; step < maxSteps && running.includes(1); step++) {
      trace.add(codes, yield codes)
      const next = codes.slice()
      for (let k = 0; k < instances; k++) {
        if (!running[k]) {
          // a finished instance keeps its last two candidates: repeat them in turn
          next[k] = trace.codes[Math.max(0, step - 1)][k]
          continue
        }
        const down = trace.excess(step, k) > 0
        if (step > 0 && down !== trace.excess(0, k) > 0) {
          running[k] = 0
          next[k] = trace.codes[step - 1][k]
          continue
        }
        next[k] = clamp(codes[k] + (down ? -size : size), low, high)
        if (next[k] === codes[k]) running[k] = 0
      }
      codes = next
    }
    return trace.best(2)
  }
}

/** one measurement at `probe` and a step along a known slope (observable per code) */
export function oneShot(probe: number, slope: number): Algorithm {
  return function* (problem) {
    const { instances, low, high } = problem
    const trace = new Trace(problem)
    const codes = new Int16Array(instances).fill(probe)
    const observed = yield codes
    trace.add(codes, observed)
    for (let k = 0; k < instances; k++) {
      const step = Math.round((trace.targetOf(k) - observed[k]) / slope)
      codes[k] = Number.isFinite(step) ? clamp(probe + step, low, high) : low
    }
    trace.add(codes, yield codes)
    return trace.best(1)
  }
}

/**
 * Every code from low to high, for few codes and observables that need no order: the observed is the error itself. Takes
 * the code of the smallest error, `otherwise` where none could be measured. Of a hundred thousand instances the trace keeps
 * the median error of each group.
 */
export function everySetting(groups: number, groupOf: (instance: number) => number, otherwise = 0): Algorithm {
  return function* (problem) {
    const { instances, low, high } = problem
    const steps = high - low + 1
    const codes = new Int16Array(instances).fill(low + otherwise)
    const least = new Float32Array(instances).fill(Infinity)
    const group = Int32Array.from({ length: instances }, (_, k) => groupOf(k))
    const sizes = Array.from({ length: groups }, () => 0)
    for (const g of group) sizes[g]++
    const trace = { codes: new Int16Array(steps * groups), observed: new Float32Array(steps * groups) }
    for (let step = 0; step < steps; step++) {
      const observed = yield new Int16Array(instances).fill(low + step)
      const lists = sizes.map((size) => new Float64Array(size))
      const filled = new Int32Array(groups)
      for (let k = 0; k < instances; k++) {
        if (observed[k] < least[k]) {
          least[k] = observed[k]
          codes[k] = low + step
        }
        lists[group[k]][filled[group[k]]++] = observed[k]
      }
      for (let g = 0; g < groups; g++) {
        trace.codes[step * groups + g] = low + step
        trace.observed[step * groups + g] = median(lists[g])
      }
    }
    return { codes, search: { ...trace, steps, instances: groups, bound: new Int8Array(groups) } }
  }
}

/** codes that are computed: written and observed once, so that they stand in the record like codes that were found */
export function computed(codes: ArrayLike<number>): Algorithm {
  return function* (problem) {
    const trace = new Trace(problem)
    const all = Int16Array.from(codes)
    trace.add(all, yield all)
    return trace.best(1)
  }
}
