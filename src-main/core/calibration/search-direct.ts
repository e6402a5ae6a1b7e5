/**
 * Searches that do not bisect (search.ts says what a search is): step by step from a guess, along a known slope, through all
 * settings, and codes that are computed.
 */
import { median } from '../statistics/summary'
import { type Algorithm, clamp, Trace } from './search'

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
