/**
 * Leak over threshold (calix, spiking/neuron_threshold.py; hardware.md 5.4): neurons whose leak lies above their threshold
 * fire by themselves, and the threshold is set so that each does so at its rate. Counted over a time in which the
 * highest rate asked for gives 0.8 of what a counter holds. A rate of 0 leaves a neuron as it is.
 *
 * A threshold below the reset gives no spikes at all on this silicon. So first the code is found at which the threshold
 * equals the reset (with the reset lowered, where the threshold can be seen), and codes below it count as a rate that is
 * too high.
 *
 * Limits are those of calix's test (tests/hw/py/test_neuron_spiking.py): with one rate for all at least 90 % of the neurons
 * above 0.9 and 90 % below 1.15 of it; with rates of their own at least 85 % within 8 kHz + 8 %. A neuron further off than
 * 8 kHz + 8 % has failed.
 */
import { InputError } from '../../errors/input-error'
import { median, trimmedSd } from '../../statistics/summary'
import type { Bench } from '../bench'
import { cellTask, neuronSetting, settle } from '../routine'
import type { OwnMeasure, Routine, Task } from '../routine'
import { countSpikes } from '../spike-rate'
import type { Check } from '../types'
import { readReset } from './potentials'
import { prepareRamp, readThreshold } from './threshold'

const COUNTER = 255
const FILLED = 0.8
/** the leak must lie this far above the reset, LSB, for there to be a threshold in between */
const LEAST_ROOM = 15
const READS = 16
/** thresholds read by maxima of noisy reads appear some LSB too high, so their codes come out too low */
const MARGIN = 8

/** rates, kHz; Infinity where a counter went all round */
export function readRates(bench: Bench, highestKHz: number): Float64Array {
  const durationUs = (1000 * FILLED * COUNTER) / highestKHz
  return countSpikes(bench, durationUs).map((spikes) => (1000 * spikes) / durationUs)
}

/** the code of each neuron at which its threshold equals its reset */
function codesAtReset(bench: Bench): Int16Array {
  const target = readReset(bench, READS)
  const leave = prepareRamp(bench, median(target))
  const { codes } = settle(
    bench,
    cellTask(bench, 'threshold', { sign: 1, target, measure: () => readThreshold(bench, 1) })
  )
  leave()
  return codes
}

/**
 * Search of the threshold for rates, on the chip as it is.
 * @param rates kHz; 0: the neuron is left as it is
 * @throws InputError where leak and reset leave no room for a threshold in between
 */
export function rateTask(bench: Bench, rates: Float64Array): Task {
  const kept = bench.port.readNeuron('threshold').slice()
  bench.setAll({ threshold: 0 })
  const reset = readReset(bench, READS)
  const room = median(bench.rest(READS).map((v, n) => v - reset[n]))
  bench.setAll({ threshold: 1 })
  if (!(room > LEAST_ROOM)) {
    throw new InputError(
      'bad-input',
      `leak over threshold: the leak lies ${room.toFixed(0)} LSB above the reset; needed are more than ${LEAST_ROOM} (targets leak, reset)`
    )
  }
  const lowest = codesAtReset(bench)
  const highest = rates.reduce((most, rate) => Math.max(most, rate))
  let written = kept
  const write = (codes: ArrayLike<number>): void => {
    written = kept.map((code, n) => (rates[n] > 0 ? codes[n] : code))
    bench.write('threshold', written)
  }
  const measure = (): Float64Array =>
    readRates(bench, highest).map((rate, n) => (written[n] < lowest[n] + MARGIN ? Infinity : rate))
  return { ...cellTask(bench, 'threshold', { sign: -1, target: rates, measure }), write }
}

const TOLERANCE = { kHz: 8, relative: 0.08, share: 0.85 }
/** the spread is our own limit: calix has none */
const SAME = { low: 0.9, high: 1.15, share: 0.9, spread: 0.05 }

/** 1: further from its rate than a single neuron may be; one without a rate of its own, 0, is left alone */
function offRate(rates: ArrayLike<number>, wanted: (n: number) => number): Uint8Array {
  return Uint8Array.from(rates, (rate, n) => {
    const target = wanted(n)
    return target === 0 || Math.abs(rate - target) <= TOLERANCE.kHz + TOLERANCE.relative * target ? 0 : 1
  })
}

/** shares among the neurons that were asked for a rate; those that failed count as well: that is what is limited */
function judge({ after, target, list, counted }: OwnMeasure): Check[] {
  const rate = target ?? 0
  const share = (asked: (n: number) => boolean, holds: (x: number, n: number) => boolean): number => {
    const chosen = Array.from(after, (x, n) => ({ x, n })).filter(({ n }) => asked(n))
    return chosen.filter(({ x, n }) => holds(x, n)).length / Math.max(1, chosen.length)
  }
  const check = (name: string, value: number, limit: number): Check => {
    return { name: `Leak over threshold: ${name}`, value, limit, unit: '', relation: '>=', passed: value >= limit }
  }
  if (list) {
    const off = offRate(after, (n) => list[n])
    const met = share(
      (n) => list[n] > 0,
      (_, n) => off[n] === 0
    )
    return [check('rates of their own met', met, TOLERANCE.share)]
  }
  if (rate === 0) return []
  const all = (): boolean => true
  const spread = trimmedSd(after.filter((_, n) => counted[n])) / rate
  return [
    { name: 'Leak over threshold: spread', value: spread, limit: SAME.spread, unit: '', passed: spread < SAME.spread },
    check(
      `above ${SAME.low} of the target`,
      share(all, (x) => x > SAME.low * rate),
      SAME.share
    ),
    check(
      `below ${SAME.high} of the target`,
      share(all, (x) => x < SAME.high * rate),
      SAME.share
    )
  ]
}

export const leakOverThreshold: Routine = {
  name: 'leak_over_threshold',
  label: 'Leak over threshold',
  symbol: 'f',
  quantity: 'rate of the neuron left to itself',
  unit: 'kHz',
  ...neuronSetting('threshold'),
  boundFails: false,
  aims: 'spike_rate',
  target: (targets) => targets.spike_rate,
  missed: (rates, targets, list) => offRate(rates, (n) => list?.[n] ?? targets.spike_rate),
  judge,
  search: (bench) => rateTask(bench, bench.each('spike_rate')),
  check: { prepare: () => () => {}, read: (bench) => readRates(bench, Math.max(1, bench.longest('spike_rate'))) }
}
