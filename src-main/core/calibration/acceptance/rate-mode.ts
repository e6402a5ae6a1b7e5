/**
 * What a chip in rate mode must show, measured for itself: the neurons' integration (calix,
 * tests/hw/py/test_neuron_integration.py), the drivers' activations (test_hagen_input.py) and whole products of vectors
 * and matrices (test_hagen_multiplication.py). The digital baseline, which users of the mode set each time, is set here
 * for its check and taken back.
 */
import { mean, quantile, quantiles, sd } from '../../statistics/summary'
import type { Bench } from '../bench'
import { connectDrivers, driverEvent } from '../drivers'
import { enterRateMode, rateOfAll, rateResponses } from '../rate-mode'
import { NEURONS } from '../settings'
import { burst } from '../stimulus'
import type { Check, Curve } from '../types'

const QUADRANTS = [0, 1, 2, 3]
/** the first and last five, which may not saturate, and some in between */
const ACTIVATIONS = [1, 2, 3, 4, 5, 10, 15, 20, 27, 28, 29, 30, 31]
const REPEATS = 1

const check = (name: string, value: number, limit: number, unit: string, passed: boolean): Check => {
  return { name: `Rate mode: ${name}`, value, limit, unit, passed }
}
const below = (name: string, value: number, limit: number, unit = 'LSB'): Check =>
  check(name, value, limit, unit, value < limit)
const above = (name: string, value: number, limit: number, unit = 'LSB'): Check =>
  check(name, value, limit, unit, value > limit)

export function inspectRate(bench: Bench): Check[] {
  return [...neurons(bench), ...drivers(bench), ...products(bench)]
}

/** responses of all drivers at each activation */
function sweep(bench: Bench): Float64Array[] {
  const leave = enterRateMode(bench)
  const responses = ACTIVATIONS.map((activation) => rateResponses(bench, activation, REPEATS))
  leave()
  return responses
}

export function rateCurves(bench: Bench): Curve[] {
  const responses = sweep(bench).map((values) => quantiles(values, [0.1, 0.5, 0.9]))
  const of = (k: number): Float64Array => Float64Array.from(responses, (values) => values[k])
  const at = Float64Array.from(ACTIVATIONS)
  return [
    { name: 'drivers', x: 'activation', y: 'response of the neurons, LSB', at, p10: of(0), p50: of(1), p90: of(2) }
  ]
}

/** test_hagen_input.py */
function drivers(bench: Bench): Check[] {
  const responses = sweep(bench)
  const means = responses.map((values) => mean(values))
  const slope = (from: number, to: number): number => (means[to] - means[from]) / (ACTIVATIONS[to] - ACTIVATIONS[from])
  const last = means.length - 1
  const [low, high] = [Math.min(...means), Math.max(...means)]
  const mismatch = mean(responses.map((values) => sd(values)))
  return [
    above('slope of the activation', slope(0, last), 0.5),
    above('slope of the first five activations', slope(0, 4), 0.2),
    above('slope of the last five activations', slope(last - 4, last), 0.2),
    above('largest response of the drivers', high, 20),
    above('least response of the drivers', low, -1),
    above('range of responses over the least', (high - low) / Math.abs(low), 8, ''),
    below('mismatch of the drivers', mismatch, 4),
    below('mismatch of the drivers, of the range', mismatch / (high - low), 1 / 8, '')
  ]
}

const EVENTS = 20
const EVENT_US = 1.5
const RUNS = 20
const BASELINE = 128

interface Integration {
  /** rest before the events, mean */
  before: Float64Array
  after: Float64Array
  /** sd over runs */
  noise: Float64Array
}

function integrate(bench: Bench, sign: 1 | -1): Integration {
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 1, inputInh: 1, threshold: 0 })
  bench.connectRows(sign, EVENTS, 63)
  const endUs = 1 + (EVENTS + 1) * EVENT_US
  const reads = Array.from({ length: RUNS }, () =>
    bench.columns({ durationUs: endUs + 1, events: burst(EVENTS, 1, EVENT_US), columnReads: [0.5, endUs] }, 1)
  )
  bench.disconnectRows(EVENTS)
  restore()
  const of = (k: number, f: (list: number[]) => number): Float64Array =>
    Float64Array.from({ length: NEURONS }, (_, n) => f(reads.map((read) => read[k][n])))
  return { before: of(0, mean), after: of(1, mean), noise: of(1, sd) }
}

const quadrants = (values: Float64Array): Float64Array[] =>
  QUADRANTS.map((q) => values.subarray(128 * q, 128 * q + 128))
/** without the outer tenths */
const inner = (values: Float64Array): Float64Array => {
  const [low, high] = quantiles(values, [0.1, 0.9])
  return values.filter((x) => x >= low && x <= high)
}

/** test_neuron_integration.py */
function neurons(bench: Bench): Check[] {
  const [exc, inh] = [integrate(bench, 1), integrate(bench, -1)]
  const apart = exc.before.map((x, n) => Math.abs(x - inh.before[n]))
  const noise = Math.max(...[exc, inh].flatMap((one) => quadrants(one.noise).map((list) => quantile(list, 0.75))))
  const amplitudes = [exc.after.map((x, n) => x - exc.before[n]), inh.after.map((x, n) => inh.before[n] - x)]
  const least = Math.min(...amplitudes.flatMap((list) => quadrants(list).map((part) => quantile(part, 0.1))))
  const spread = Math.max(...amplitudes.flatMap((list) => quadrants(list).map((part) => sd(inner(part)))))
  const [e, i] = amplitudes.map((list) => quadrants(list).map((part) => mean(part)))
  const unlike = Math.max(...e.map((x, q) => Math.abs(x - i[q])))
  return [
    below('rests before exc. and inh. events apart, 80 %', quantile(apart, 0.8), 6),
    below('noise of the integration, 75 % of a quadrant', noise, 7),
    above('response, 10 % of a quadrant', least, 20),
    below('systematic spread of a quadrant', spread, 10),
    below('exc. and inh. responses of a quadrant apart', unlike, 10),
    baseline(bench)
  ]
}

/** 80 % of the neurons within 16 of 128 once the digital offsets have been set from 20 reads */
function baseline(bench: Bench): Check {
  const was = bench.converterOffsets.slice()
  const rest = bench.rest(20)
  const offsets = was.map((offset, n) => {
    const wanted = Math.round(offset + BASELINE - rest[n])
    return Number.isFinite(wanted) ? Math.max(-128, Math.min(127, wanted)) : offset
  })
  bench.port.writeConverterOffsets(offsets)
  const off = bench.rest(1).map((v) => Math.abs(v - BASELINE))
  bench.port.writeConverterOffsets(was)
  return below('baseline off 128, 80 %', quantile(off, 0.8), 16)
}

const COLUMNS = 127
const MAC_RUNS = 10
const VECTORS = [31, 15, 7, 3]

/** test_hagen_multiplication.py: weights −63 … 63 along the columns, vectors of one entry */
function products(bench: Bench): Check[] {
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 1, inputInh: 1, threshold: 0 })
  const leave = connectDrivers(bench, [1, -1], 0)
  rateOfAll(bench)
  const weights = (sign: 1 | -1): Uint8Array =>
    Uint8Array.from({ length: 256 }, (_, c) => (c < COLUMNS ? Math.max(0, sign * (c - 63)) : 0))
  for (const array of ['top', 'bottom'] as const) {
    for (let row = 0; row < 256; row++) bench.port.writeWeights(array, row, weights(row % 2 === 0 ? 1 : -1))
  }
  const results = VECTORS.map((activation) => {
    const labelled = Array.from({ length: 128 }, (_, d) => driverEvent(d, 1 + 0.008 * d, activation))
    const runs = Array.from({ length: MAC_RUNS }, () => {
      const [before, after] = bench.columns({ durationUs: 6, columnReads: [0.5, 4], labelled }, 1)
      return after.map((v, n) => v - before[n])
    })
    const of = (f: (list: number[]) => number): Float64Array =>
      Float64Array.from({ length: NEURONS }, (_, n) => f(runs.map((run) => run[n])))
    return { out: of(mean), noise: of(sd) }
  })
  leave()
  restore()
  const columns = (array: number): number[] => Array.from({ length: COLUMNS }, (_, c) => 256 * array + c)
  let [noise, slope, ordered] = [0, Infinity, 1]
  for (const array of [0, 1]) {
    results.forEach(({ out, noise: own }, k) => {
      const usable = columns(array).filter((n) => out[n] === out[n])
      noise = Math.max(noise, mean(usable.map((n) => own[n])))
      slope = Math.min(slope, (out[usable[usable.length - 1]] - out[usable[0]]) / COLUMNS)
      const less = results[k + 1]
      if (!less) return
      const right = usable.filter((n) => Math.abs(less.out[n]) < Math.abs(out[n])).length
      ordered = Math.min(ordered, right / COLUMNS)
    })
  }
  return [
    below('noise of a product', noise, 5),
    above('slope of products along the weights', slope, 0.02, 'LSB/weight'),
    above('columns whose products are in the order of the vectors', ordered, 0.6, '')
  ]
}
