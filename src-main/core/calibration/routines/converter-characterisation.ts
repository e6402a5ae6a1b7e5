/**
 * What the two converters are like on the finished chip (calix, common/cadc_characterization.py, madc_base.py; hardware.md
 * 5.1). Nothing is set by it; the figures turn counts into volts and one converter's counts into the other's.
 *
 * Column converter: the debug line in 15 steps, 5 samples each, a straight line for each channel. calix sweeps 0.2 … 1.0 V;
 * the debug line's codes are 1.76 mV each (hardware.md 1.1). Fast converter: on membranes at three potentials, because the
 * debug line does not lead to it here, against the column converter's reads of the same membranes.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../../emulator/chip-port'
import { median, quantiles, sd } from '../../statistics/summary'
import type { Bench } from '../bench'
import { readLine } from '../channels'
import type { Routine } from '../routine'
import { computed } from '../search-direct'
import { NEURONS } from '../settings'
import type { Curve } from '../types'
import { leakFor } from './leak-for-rest'

const STEPS = 15
const SAMPLES = 5
/** 0.2 and 0.9 V in codes: above, the calibrated ramp ends */
const LINE = { low: 114, high: 512 }
const QUADRANTS = [0, 1, 2, 3]

const lineCodes = Array.from({ length: STEPS }, (_, k) =>
  Math.round(LINE.low + ((LINE.high - LINE.low) * k) / (STEPS - 1))
)

/** mean read of every channel at each code, [step][channel] */
function sweep(bench: Bench): Float64Array[] {
  return lineCodes.map((code) => bench.mask(readLine(bench.port, code, SAMPLES)))
}

/** slope of each channel by linear regression, CADC LSB a code of the debug line */
function channelSlopes(bench: Bench): Float64Array {
  const reads = sweep(bench)
  const centre = lineCodes.reduce((sum, x) => sum + x, 0) / STEPS
  const norm = lineCodes.reduce((sum, x) => sum + (x - centre) ** 2, 0)
  return Float64Array.from({ length: NEURONS }, (_, c) =>
    reads.reduce((sum, read, k) => sum + ((lineCodes[k] - centre) / norm) * read[c], 0)
  )
}

function channelCurves(bench: Bench): Curve[] {
  const reads = sweep(bench)
  return QUADRANTS.map((q) => {
    const at = reads.map((read) =>
      quantiles(
        read.subarray(128 * q, 128 * (q + 1)).filter((v) => !Number.isNaN(v)),
        [0.1, 0.5, 0.9]
      )
    )
    const [p10, p50, p90] = [0, 1, 2].map((k) => Float64Array.from(at, (values) => values[k]))
    const name = `quadrant ${q}`
    return { name, x: 'code of the debug line', y: 'column read, LSB', at: Float64Array.from(lineCodes), p10, p50, p90 }
  })
}

const RECORD_US = 30
const POTENTIALS = { low: 60, high: 140 }
const READS = 30
/** samples over which the converter's own noise is told from the membrane's, which is slower */
const BLOCK = 16

export interface Record {
  mean: Float64Array
  /** largest step from sample to sample */
  jump: Float64Array
  /** of samples within a short block */
  sd: Float64Array
}

/** traces of silent membranes by the fast converter */
export function record(bench: Bench): Record {
  const toUs = MADC_INVALID_US + RECORD_US
  const { traces, traceSamples } = bench.port.run({
    durationUs: toUs,
    trace: { source: 'membrane', fromUs: 0, toUs }
  })
  const first = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const out = { mean: new Float64Array(NEURONS), jump: new Float64Array(NEURONS), sd: new Float64Array(NEURONS) }
  for (let n = 0; n < NEURONS; n++) {
    const trace = traces.subarray(n * traceSamples + first, (n + 1) * traceSamples)
    for (let k = 0; k < trace.length; k++) {
      out.mean[n] += trace[k] / trace.length
      if (k > 0) out.jump[n] = Math.max(out.jump[n], Math.abs(trace[k] - trace[k - 1]))
    }
    const blocks = Array.from({ length: Math.floor(trace.length / BLOCK) }, (_, b) =>
      sd(trace.subarray(b * BLOCK, (b + 1) * BLOCK))
    )
    out.sd[n] = median(blocks)
  }
  return out
}

/** MADC LSB a CADC LSB and MADC LSB at CADC 0 of every neuron; the chip is left as it was */
export function compareConverters(bench: Bench): { slope: Float64Array; offset: Float64Array } {
  const restore = bench.hold({ cells: ['leak'], switches: ['threshold'] })
  bench.setAll({ threshold: 0 })
  const codes = bench.port.readNeuron('leak').slice()
  const rest = bench.rest(READS)
  const [low, high] = [POTENTIALS.low, POTENTIALS.high].map((lsb) => {
    bench.write('leak', leakFor(codes, rest, lsb))
    return { cadc: bench.rest(READS), madc: record(bench).mean }
  })
  restore()
  const slope = low.cadc.map((x, n) => (high.madc[n] - low.madc[n]) / (high.cadc[n] - x))
  return { slope, offset: low.cadc.map((x, n) => low.madc[n] - x * slope[n]) }
}

function characterisation(
  about: Pick<Routine, 'name' | 'label' | 'symbol' | 'quantity' | 'unit' | 'curves'>,
  read: (bench: Bench) => Float64Array
): Routine {
  const write = (bench: Bench, codes: ArrayLike<number>): void => {
    bench.converterOffsets = Int8Array.from(codes)
    bench.port.writeConverterOffsets(bench.converterOffsets)
  }
  return {
    ...about,
    group: 1,
    boundFails: false,
    measuresOnly: true,
    target: () => null,
    missed: (after) => Uint8Array.from(after, (x) => (Number.isFinite(x) && x > 0 ? 0 : 1)),
    codes: (settings) => settings.converterOffsets,
    write,
    search: (bench) => {
      const codes = bench.converterOffsets.slice()
      return {
        problem: { instances: NEURONS, low: -128, high: 127, sign: 1, target: 0 },
        algorithm: computed(codes),
        steps: 1,
        write: (written) => write(bench, written),
        measure: () => codes,
        finish: () => {}
      }
    },
    check: { mostReads: 1, prepare: () => () => {}, read }
  }
}

export const columnConverterSlope = characterisation(
  {
    name: 'cadc_characterisation',
    label: 'Column converter, slope of channels',
    symbol: 'a_c',
    quantity: 'column read over the code of the debug line',
    unit: 'LSB/code',
    curves: channelCurves
  },
  channelSlopes
)

export const fastConverterSlope = characterisation(
  {
    name: 'madc_characterisation',
    label: 'Fast converter against column converter',
    symbol: 'a_MADC',
    quantity: 'fast over column converter on the same membranes',
    unit: 'MADC LSB/LSB'
  },
  (bench) => compareConverters(bench).slope
)
