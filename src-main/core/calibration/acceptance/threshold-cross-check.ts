/**
 * Thresholds set by one converter and read by the other (calix, tests/hw/py/test_neuron_threshold_calibration.py): set by
 * the fast converter to 400, 480, 560 and read by the column converter, less than 5 % of the neurons deviate from the
 * median by more than 8 CADC LSB; set by the column converter to 100, 130, 160 and read by the fast converter, by more
 * than 20 MADC LSB.
 */
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { cellTask, settle } from '../routine'
import { prepareRamp, readThreshold } from '../routines/threshold'
import { MADC, prepareFor, readHighest } from '../routines/threshold-madc'
import { below, type Group, pick, share } from './group'

const BY_MADC = [400, 480, 560]
const BY_CADC = [100, 130, 160]
const MOST_DEVIATING = 0.05
const CADC_LSB = 8
const MADC_LSB = 20
const BATCHES = 3

function search(bench: Bench, target: number, measure: () => Float64Array): void {
  settle(bench, cellTask(bench, 'threshold', { sign: 1, target, measure }))
}

function deviating(values: Float64Array, counted: Uint8Array, most: number): number {
  const middle = median(pick(values, counted))
  return share(values, counted, (x) => !(Math.abs(x - middle) <= most))
}

export const thresholdCrossCheck: Group = {
  name: 'threshold_cross_check',
  label: 'Threshold: cross-check of the converters',
  needs: ['threshold', 'converter_channels'],
  measure: ({ bench, counted }) => [
    ...BY_MADC.map((target) => {
      const leave = prepareFor(bench, target)
      search(bench, target, () => readHighest(bench))
      leave()
      const after = prepareRamp(bench, (target - MADC.at0) / MADC.slope)
      const share = deviating(readThreshold(bench, BATCHES), counted, CADC_LSB)
      after()
      return below(`Threshold: set to ${target} MADC LSB, off by CADC`, share, MOST_DEVIATING)
    }),
    ...BY_CADC.map((target) => {
      const leave = prepareRamp(bench, target)
      search(bench, target, () => readThreshold(bench, BATCHES))
      leave()
      const after = prepareFor(bench, MADC.at0 + MADC.slope * target)
      const share = deviating(readHighest(bench), counted, MADC_LSB)
      after()
      return below(`Threshold: set to ${target} CADC LSB, off by MADC`, share, MOST_DEVIATING)
    })
  ]
}
