/**
 * The fast converter (calix, tests/hw/py/test_madc_recorder.py, common/madc_characterization.py): on silent membranes less than 10 % of
 * the traces jump by more than 20 LSB from sample to sample, and a constant voltage reads with an sd of at most 2 LSB.
 * Its samples against the column converter's are told, without a limit.
 */
import { median } from '../../statistics/summary'
import { compareConverters, record } from '../routines/converter-characterisation'
import { below, type Group, pick } from './group'

const JUMP = 20
const MOST_JUMPING = 0.1
/** sd of a constant voltage at which calix warns: the converter's own; a membrane adds its noise, slower than a block */
const MOST_SD = 2

export const fastConverter: Group = {
  name: 'fast_converter',
  label: 'Fast converter',
  needs: ['leak', 'converter_channels'],
  measure: ({ bench, counted }) => {
    bench.setAll({ threshold: 0 })
    const silent = record(bench)
    const jumping = pick(silent.jump, counted).filter((x) => x > JUMP).length / pick(counted, counted).length
    const { slope, offset } = compareConverters(bench)
    const middle = (values: Float64Array): number => median(pick(values, counted))
    return [
      below('Fast converter: traces that jump', jumping, MOST_JUMPING),
      below('Fast converter: sd of samples, median', middle(silent.sd), MOST_SD, 'MADC LSB'),
      { name: 'Fast converter: MADC a CADC LSB', value: middle(slope), limit: null, unit: '', passed: true },
      { name: 'Fast converter: MADC at CADC 0', value: middle(offset), limit: null, unit: 'MADC LSB', passed: true }
    ]
  }
}
