/**
 * Every converter channel reads its own column (calix, tests/hw/py/test_cadc_assignment.py): of the columns that are
 * driven, at least 95 % read above 100; of the others at least 95 % below 50. Driven by the leak potentials of every
 * second circuit, then of the others.
 */
import type { Check } from '../types'
import { atLeast, type Group, pick } from './group'

/** wished potentials, CADC LSB, and how far a code moves the leak (hardware.md 3.3) */
const DRIVEN = 140
const LOW = 25
const LSB_PER_CODE = 0.27
const READS = 10
const LEAST_SHARE = 0.95

export const columnAssignment: Group = {
  name: 'column_assignment',
  label: 'Converter: assignment of columns',
  needs: ['converter_channels', 'leak'],
  measure: ({ bench, found, result, counted }): Check[] => {
    bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0, offsetCurrent: 0 })
    const shift = (lsb: number): number => Math.round((lsb - result.targets.leak) / LSB_PER_CODE)
    let driven: boolean[] = []
    let others: boolean[] = []
    for (const parity of [0, 1]) {
      bench.write(
        'leak',
        found.neuron.leak.map((code, n) => Math.max(0, Math.min(1022, code + shift(n % 2 === parity ? DRIVEN : LOW))))
      )
      const read = bench.rest(READS)
      const of = (wanted: number): number[] =>
        pick(
          read,
          counted.map((x, n) => (n % 2 === wanted ? x : 0))
        )
      driven = [...driven, ...of(parity).map((x) => x > 100)]
      others = [...others, ...of(1 - parity).map((x) => x < 50)]
    }
    const part = (list: boolean[]): number => list.filter(Boolean).length / list.length
    return [
      atLeast('Converter: driven columns that read above 100', part(driven), LEAST_SHARE),
      atLeast('Converter: other columns that read below 50', part(others), LEAST_SHARE)
    ]
  }
}
