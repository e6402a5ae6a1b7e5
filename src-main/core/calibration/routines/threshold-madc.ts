/**
 * Threshold by the fast converter (calix, spiking/neuron_threshold.py, ThresholdCalibMADC): an offset current makes each
 * neuron fire again and again, and the highest sample of its trace stands for the threshold. calix records 200 µs and
 * ignores 200 samples at both ends; here the ramps are steep enough for a third of that.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../../emulator/chip-port'
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Routine } from '../routine'
import { NEURONS } from '../settings'
import { prepareRamp } from './threshold'

const RESET_US = 10
/** LSB / µs: two teeth of the sawtooth fit into a trace */
const SLOPE = 6
const TRACE_US = 60
const IGNORED = 200
/** MADC LSB = 70 + 2.93 · CADC LSB (hardware.md 1.5) */
export const MADC = { at0: 70, slope: 2.93 }

/** highest sample of every neuron's trace, MADC LSB; the ramps must be on */
export function readHighest(bench: Bench): Float64Array {
  const { traces, traceSamples } = bench.port.run({
    durationUs: RESET_US + TRACE_US,
    forcedReset: { fromUs: 0, toUs: RESET_US },
    trace: { source: 'membrane', fromUs: RESET_US - MADC_INVALID_US, toUs: RESET_US + TRACE_US }
  })
  const first = Math.max(IGNORED, Math.ceil(MADC_INVALID_US / MADC_STEP_US))
  return Float64Array.from({ length: NEURONS }, (_, n) =>
    traces
      .subarray(n * traceSamples + first, (n + 1) * traceSamples - IGNORED)
      .reduce((highest, sample) => Math.max(highest, sample), 0)
  )
}

/** the ramps for a threshold of about so many MADC LSB */
export function prepareFor(bench: Bench, madc: number): () => void {
  return prepareRamp(bench, (madc - MADC.at0) / MADC.slope, SLOPE)
}

const lowest = (bench: Bench): number => bench.each('threshold_madc').reduce((least, x) => Math.min(least, x))

export const thresholdMadc: Routine = {
  name: 'threshold_madc',
  label: 'Threshold, fast converter',
  symbol: 'V_th',
  quantity: 'highest sample of the firing neuron by the fast converter',
  unit: 'MADC LSB',
  ...neuronSetting('threshold'),
  aims: 'threshold_madc',
  target: (targets) => targets.threshold_madc,
  search: (bench) =>
    cellTask(bench, 'threshold', {
      sign: 1,
      target: bench.each('threshold_madc'),
      measure: () => readHighest(bench),
      finish: prepareFor(bench, lowest(bench))
    }),
  check: { prepare: (bench) => prepareFor(bench, lowest(bench)), read: readHighest }
}
