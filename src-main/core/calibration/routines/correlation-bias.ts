/**
 * Biases of the correlation sensors (calix, spiking/correlation.py, AmplitudeCalib and TimeConstantCalib): one cell a
 * quadrant each for the amplitude ("store") and the time constant ("ramp"); the median synapse of the quadrant is brought
 * to the target. Last in the suite, because both biases shift the converters (issue 3469).
 *
 * Start values are the data sheet's for the target (ramp 80 for 5 µs, store 70 for 0.5 LSB a pair), so that neither search
 * begins far off in the other's parameter; trims stand in the middle, where they can go both ways.
 */
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import {
  both,
  coarse,
  connectSensors,
  empty,
  EVERY_ROW,
  nearAndFar,
  quadrantOfEntry,
  SOME_ROWS,
  twoPoint
} from '../correlation'
import { quadrantMedians } from '../quadrants'
import type { Routine } from '../routine'
import { binarySearch } from '../search'
import { HIGHEST_CODE, NEURONS, QUADRANTS } from '../settings'
import type { Check } from '../types'
import { writeTrims } from './correlation-trims'

type Bias = 'ramp' | 'store'

const DATA_SHEET = { ramp: 80, tauUs: 5, store: 70, amplitude: 0.5 }
/** the trim between the extremes that leaves more room downwards, where a relative error is larger */
const MIDDLE_TRIM = 1
const READS = 2
/** what the quadrants' medians may be off, of the target */
const QUADRANT_MEDIAN = 0.1
const COLUMNS = 256

function begin(bench: Bench): void {
  const code = (value: number): Uint16Array => {
    return new Uint16Array(QUADRANTS).fill(Math.max(1, Math.min(HIGHEST_CODE, Math.round(value))))
  }
  const { correlation_amplitude, correlation_tau } = bench.targets
  bench.port.correlation.writeBias('ramp', code((DATA_SHEET.ramp * DATA_SHEET.tauUs) / correlation_tau))
  bench.port.correlation.writeBias('store', code((DATA_SHEET.store * DATA_SHEET.amplitude) / correlation_amplitude))
  writeTrims(bench, { time: () => MIDDLE_TRIM, amplitude: () => MIDDLE_TRIM })
}

/** medians of the quadrants, good enough for a search from anywhere */
function measure(bench: Bench, what: 'amplitude' | 'tau'): Float64Array {
  const sensors = empty(bench, SOME_ROWS, READS)
  const { near, far } = nearAndFar(bench, sensors)
  const of = (values: Float64Array, q: number): number =>
    median(values.filter((_, k) => quadrantOfEntry(k, values.length) === q))
  return Float64Array.from({ length: QUADRANTS }, (_, q) => coarse(bench, of(near, q), of(far, q), sensors.pairs)[what])
}

/** median of each column's synapses */
function columnMedians(values: Float64Array): Float64Array {
  const rows = values.length / NEURONS
  return Float64Array.from({ length: NEURONS }, (_, n) => {
    const [array, column] = [Math.floor(n / COLUMNS), n % COLUMNS]
    return median(Float64Array.from({ length: rows }, (_, r) => values[(array * rows + r) * COLUMNS + column]))
  })
}

function routine(bias: Bias, what: 'amplitude' | 'tau', about: Pick<Routine, 'label' | 'symbol' | 'unit'>): Routine {
  const target = (targets: Bench['targets']): number => targets[`correlation_${what}`]
  const write = (bench: Bench, codes: ArrayLike<number>): void =>
    bench.port.correlation.writeBias(bias, Uint16Array.from(codes))
  return {
    name: `correlation_${bias}`,
    ...about,
    quantity: `${what === 'tau' ? 'time constant' : 'amplitude'} of the column's correlation sensors, median`,
    group: 128,
    part: 'correlation',
    boundFails: true,
    target,
    codes: ({ correlation }) => correlation?.[bias] ?? new Uint16Array(QUADRANTS),
    write,
    judge: ({ after, target }): Check[] => {
      const off = Math.max(...quadrantMedians(after).map((x) => Math.abs(x / target! - 1)))
      const name = `${about.label}: quadrant median off target`
      return [{ name, value: off, limit: QUADRANT_MEDIAN, unit: '', passed: off < QUADRANT_MEDIAN }]
    },
    search: (bench) => {
      const finish = connectSensors(bench, SOME_ROWS)
      if (bias === 'store') begin(bench)
      return {
        problem: { instances: QUADRANTS, low: 0, high: HIGHEST_CODE, sign: -1, target: target(bench.targets) },
        algorithm: binarySearch,
        steps: 12,
        write: (codes) => write(bench, codes),
        measure: () => measure(bench, what),
        finish
      }
    },
    check: {
      mostReads: 1,
      prepare: (bench) => connectSensors(bench, EVERY_ROW),
      read: (bench) => columnMedians(both(twoPoint(bench, empty(bench, EVERY_ROW, READS))[what]))
    }
  }
}

export const correlationStore = routine('store', 'amplitude', {
  label: 'Correlation amplitude of quadrants',
  symbol: 'I_store',
  unit: 'LSB/pair'
})
export const correlationRamp = routine('ramp', 'tau', {
  label: 'Correlation time constant of quadrants',
  symbol: 'I_ramp,corr',
  unit: 'µs'
})
