/**
 * Trims of every synapse's correlation sensor (calix, spiking/correlation.py, calibrate_synapses): all 16 combinations of
 * its two 2-bit trims are measured, and the one with the smallest weighted squared relative error of amplitude and time
 * constant is taken. What differs between a synapse's causal and acausal branch no trim can remove.
 *
 * One search finds both trims; two routines report them.
 */
import { log } from '../../numerics/functions'
import { quantile, sd } from '../../statistics/summary'
import type { Bench } from '../bench'
import { both, connectSensors, empty, EVERY_ROW, everyEstimate, twoPoint } from '../correlation'
import { correlationCurves, inspectSensors } from '../acceptance/correlation-sensors'
import type { Routine, Task } from '../routine'
import { everySetting } from '../search-direct'
import { NEURONS } from '../settings'
import type { ChipSettings, Check } from '../types'

const ARRAYS = ['top', 'bottom'] as const
const ROWS = 256
const COLUMNS = 256
const SYNAPSES = ARRAYS.length * ROWS * COLUMNS
const LARGEST_TRIM = 3
/** amplitudes differ more than time constants do (calix, time_constant_priority) */
const TAU_PRIORITY = 0.3
const READS = 4
const READS_OF_CHECK = 4

type Trim = 'time' | 'amplitude'

/** writes trims of all synapses, [array][row][column]; one that is not given stays */
export function writeTrims(bench: Bench, trims: Partial<Record<Trim, (synapse: number) => number>>): void {
  const { correlation } = bench.port
  ARRAYS.forEach((array, k) => {
    for (let row = 0; row < ROWS; row++) {
      const from = (k * ROWS + row) * COLUMNS
      const now = correlation.readTrims(array, row)
      const of = (trim: Trim): Uint8Array => now[trim].map((x, c) => trims[trim]?.(from + c) ?? x)
      correlation.writeTrims(array, row, of('time'), of('amplitude'))
    }
  })
}

/** a combination as one code: 0 … 15 */
const timeOf = (code: number): number => code % (LARGEST_TRIM + 1)
const amplitudeOf = (code: number): number => Math.floor(code / (LARGEST_TRIM + 1))

/**
 * For a sensor that no combination brings into range: it saturates, for it would have to be sixteen times too weak to be
 * lost in noise. The least amplitude and the longest time constant.
 */
const SATURATES = (LARGEST_TRIM + 1) * LARGEST_TRIM

function search(bench: Bench): Task {
  const write = (codes: ArrayLike<number>): void =>
    writeTrims(bench, { time: (k) => timeOf(codes[k]), amplitude: (k) => amplitudeOf(codes[k]) })
  const problem: Task['problem'] = { instances: SYNAPSES, low: 0, high: 15, sign: 1, target: 0 }
  const finish = connectSensors(bench, EVERY_ROW)
  // trims change what sensors store, not what they read when they are empty
  const sensors = empty(bench, EVERY_ROW, READS)
  const { correlation_amplitude: amplitudeTarget, correlation_tau: tauTarget } = bench.targets
  const searching = everySetting(
    NEURONS,
    (synapse) => Math.floor(synapse / (ROWS * COLUMNS)) * COLUMNS + (synapse % COLUMNS),
    SATURATES
  )
  return {
    problem,
    steps: 16,
    algorithm: function* (given, random) {
      // where the other routine has found both trims already, nothing is left to try
      return (bench.trims ??= yield* searching(given, random))
    },
    write,
    measure: () => {
      const { amplitude, tau } = twoPoint(bench, sensors)
      const [amplitudes, taus] = [both(amplitude), both(tau)]
      return amplitudes.map((x, k) => {
        const [ofAmplitude, ofTau] = [x / amplitudeTarget - 1, taus[k] / tauTarget - 1]
        return (1 - TAU_PRIORITY) * ofAmplitude * ofAmplitude + TAU_PRIORITY * ofTau * ofTau
      })
    },
    finish
  }
}

/** sd of the logarithm of one branch, without the outermost 0.5 %, which tell of measurements that went wrong */
export function logSd(values: ArrayLike<number>): number {
  const [low, high] = [quantile(values, 0.005), quantile(values, 0.995)]
  return sd(Array.from(values).flatMap((x) => (x >= low && x <= high ? [log(x)] : [])))
}

interface About {
  trim: Trim
  what: 'amplitude' | 'tau'
  label: string
  symbol: string
  unit: string
  /** the spread that trims leave (hardware.md 3.6 and the spreads before: 0.36 and 0.32) */
  mostLogSd: number
}

function routine({ trim, what, mostLogSd, ...about }: About): Routine {
  const codes = ({ correlation }: ChipSettings): Uint8Array => {
    const all = new Uint8Array(SYNAPSES)
    ARRAYS.forEach((array, k) => all.set(correlation?.[array][trim] ?? [], k * ROWS * COLUMNS))
    return all
  }
  return {
    name: `correlation_${what}`,
    ...about,
    quantity: `${what === 'tau' ? 'time constant' : 'amplitude'} of a synapse's correlation sensor, mean of both branches`,
    per: 'synapse',
    group: 1,
    part: 'correlation',
    boundFails: false,
    target: (targets) => targets[`correlation_${what}`],
    codes,
    write: (bench, values) => writeTrims(bench, { [trim]: (k: number) => values[k] }),
    judge: ({ after }): Check[] => {
      const spread = logSd(after)
      const name = `${about.label}: sd of the logarithm`
      return [{ name, value: spread, limit: mostLogSd, unit: '', passed: spread <= mostLogSd }]
    },
    ...(what === 'amplitude' && { inspect: inspectSensors, curves: correlationCurves }),
    search,
    check: {
      mostReads: 1,
      prepare: (bench) => connectSensors(bench, EVERY_ROW),
      read: (bench) => both(everyEstimate(bench, empty(bench, EVERY_ROW, READS_OF_CHECK))[what])
    }
  }
}

export const correlationAmplitude = routine({
  trim: 'amplitude',
  what: 'amplitude',
  label: 'Correlation amplitude of synapses',
  symbol: 'η',
  unit: 'LSB/pair',
  mostLogSd: 0.25
})
export const correlationTau = routine({
  trim: 'time',
  what: 'tau',
  label: 'Correlation time constant of synapses',
  symbol: 'τ_corr',
  unit: 'µs',
  mostLogSd: 0.2
})
