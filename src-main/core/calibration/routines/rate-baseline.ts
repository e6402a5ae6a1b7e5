/**
 * Baseline of the rate mode (calix, hagen/multiplication.py; hardware.md 5.4): digital converter offsets with which the
 * resting membranes read 128, the middle of the converter, from 20 reads. On top of a calibrated rate mode, for those
 * who do not subtract a baseline of their own.
 */
import type { Bench } from '../bench'
import type { OwnMeasure, Routine } from '../routine'
import { computed } from '../search-direct'
import { NEURONS } from '../settings'
import type { Check } from '../types'
import { quiet } from './potentials'

const BASELINE = 128
const READS = 20
const [LOWEST, HIGHEST] = [-128, 127]
/** tests/hw/py/test_neuron_integration.py: 80 % of the neurons within 16 */
const WITHIN = 16
const SHARE = 0.8

function write(bench: Bench, codes: ArrayLike<number>): void {
  bench.converterOffsets = Int8Array.from(codes)
  bench.port.writeConverterOffsets(bench.converterOffsets)
}

export const rateBaseline: Routine = {
  name: 'hagen_baseline',
  label: 'Baseline of the rate mode',
  symbol: 'o_128',
  quantity: 'column read of the resting membrane',
  unit: 'LSB',
  group: 1,
  boundFails: true,
  target: () => BASELINE,
  codes: (settings) => settings.converterOffsets,
  write,
  missed: (after) => Uint8Array.from(after, (x) => (Math.abs(x - BASELINE) <= WITHIN ? 0 : 1)),
  judge: ({ after }: OwnMeasure): Check[] => {
    const value = after.filter((x) => Math.abs(x - BASELINE) <= WITHIN).length / after.length
    return [
      {
        name: 'Baseline of the rate mode: within 16 of 128',
        value,
        limit: SHARE,
        unit: '',
        relation: '>=',
        passed: value >= SHARE
      }
    ]
  },
  search: (bench) => {
    const finish = quiet(bench)
    const rest = bench.rest(READS)
    const codes = bench.converterOffsets.map((offset, n) => {
      const wanted = Math.round(offset + BASELINE - rest[n])
      return Number.isFinite(wanted) ? Math.max(LOWEST, Math.min(HIGHEST, wanted)) : offset
    })
    return {
      problem: { instances: NEURONS, low: LOWEST, high: HIGHEST, sign: 1, target: BASELINE },
      algorithm: computed(codes),
      steps: 1,
      write: (written) => write(bench, written),
      measure: () => bench.rest(READS),
      finish
    }
  },
  check: { prepare: quiet, read: (bench) => bench.rest(1) }
}
