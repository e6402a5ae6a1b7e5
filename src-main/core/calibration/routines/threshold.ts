/**
 * Threshold (calix, spiking/neuron_threshold.py, ThresholdCalibCADC): with the leak off an offset current makes the
 * neuron fire again and again; the highest of many column reads of the sawtooth stands for the threshold.
 *
 * The highest read lies above the threshold by about the read noise. That offset is part of what calix calls the
 * threshold; so that it is the same for every neuron, all ramps have about the same slope and the number of reads in a
 * batch is fixed. A neuron whose threshold lies below its reset never fires, which looks like a threshold that is never
 * reached; so that the search cannot take one for the other, the reset is lowered for the measurement. Maxima of several batches are
 * averaged, which narrows the result faster than one maximum over all reads does; the membranes are reset before each
 * batch, because a neuron can latch above its threshold (calix issue 3996).
 */
import { median } from '../../statistics/summary'
import type { Program } from '../../emulator/chip-port'
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Routine } from '../routine'
import { HIGHEST_CODE, NEURONS } from '../settings'
import { readReset } from './potentials'

/** slope of the ramps, LSB / µs: a period of some ten samples of the column converter */
const SLOPE = 3
const CODE_PROBE = 70
const MOST_CAPACITANCE = 63
const RESET_US = 10
/**
 * The reset during the measurement lies so far below the target, LSB: thresholds of one code spread by some 7 LSB, and
 * the bisection comes to about 50 below its target, where the reset must still lie lower. 0.30 LSB of reset potential a code (hardware.md 3.3).
 */
const BELOW = 85
const LOWEST_RESET = 5
const RESET_PER_CODE = 0.3
/** sampling period of the column converter, µs */
const PERIOD_US = 1.7
const BATCH = 400
const BATCHES_IN_SEARCH = 3

const ramp: Program = {
  durationUs: RESET_US + (BATCH + 1) * PERIOD_US,
  forcedReset: { fromUs: 0, toUs: RESET_US },
  columnReads: Array.from({ length: BATCH }, (_, k) => RESET_US + (k + 1) * PERIOD_US)
}

/** highest read of a batch, mean of `batches` batches; a neuron that never fires runs into the converter's end */
export function readThreshold(bench: Bench, batches: number): Float64Array {
  const reads = bench.port.run({ ...ramp, repeats: batches }).columnReads
  const out = new Float64Array(NEURONS)
  const highest = new Uint8Array(NEURONS)
  for (let batch = 0, at = 0; batch < batches; batch++) {
    highest.fill(0)
    for (let k = 0; k < BATCH; k++) {
      for (let n = 0; n < NEURONS; n++, at++) if (reads[at] > highest[n]) highest[n] = reads[at]
    }
    for (let n = 0; n < NEURONS; n++) out[n] += highest[n] / batches
  }
  return bench.seen(out)
}

/** offset current for thresholds from `target`, CADC LSB, that ramps the median membrane by `rampSlope`, LSB / µs, when nothing leaks */
export function prepareRamp(bench: Bench, target: number, rampSlope = SLOPE): () => void {
  const restore = bench.hold({
    cells: ['offsetCurrent', 'leakBias', 'reset'],
    switches: ['inputExc', 'inputInh', 'threshold', 'offsetCurrent', 'capacitance']
  })
  // the comparator does not know the capacitance; with all of it a slow ramp needs a current of many codes
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0, offsetCurrent: 1, capacitance: MOST_CAPACITANCE })
  lowerReset(bench, target)
  bench.port.writeNeuron('leakBias', new Uint16Array(NEURONS))
  bench.writeAll('offsetCurrent', CODE_PROBE)
  const [early, late] = bench.columns(
    {
      durationUs: RESET_US + 12,
      forcedReset: { fromUs: 0, toUs: RESET_US },
      columnReads: [RESET_US + 1, RESET_US + 11]
    },
    10
  )
  const slope = median(late.map((v, n) => (v - early[n]) / 10))
  const code = slope > 0 ? Math.round((CODE_PROBE * rampSlope) / slope) : HIGHEST_CODE
  bench.writeAll('offsetCurrent', Math.max(10, Math.min(HIGHEST_CODE - 10, code)))
  bench.setAll({ threshold: 1 })
  return restore
}

function lowest(bench: Bench): number {
  return bench.each('threshold').reduce((least, x) => Math.min(least, x))
}

function lowerReset(bench: Bench, target: number): void {
  const wanted = Math.max(LOWEST_RESET, target - BELOW)
  const codes = Math.round(Math.max(0, median(readReset(bench, 4)) - wanted) / RESET_PER_CODE)
  bench.write(
    'reset',
    bench.port.readNeuron('reset').map((code) => Math.max(0, code - codes))
  )
}

export const threshold: Routine = {
  name: 'threshold',
  label: 'Threshold',
  symbol: 'V_th',
  quantity: 'highest column read of the firing neuron',
  unit: 'LSB',
  ...neuronSetting('threshold'),
  aims: 'threshold',
  target: (targets) => targets.threshold,
  search: (bench) =>
    cellTask(bench, 'threshold', {
      sign: 1,
      target: bench.each('threshold'),
      measure: () => readThreshold(bench, BATCHES_IN_SEARCH),
      finish: prepareRamp(bench, lowest(bench))
    }),
  check: { prepare: (bench) => prepareRamp(bench, lowest(bench)), read: (bench) => readThreshold(bench, 1) }
}
