/** Where the columns of a comparison ended: one figure a row, and what tells two of them apart. */
import {
  type Delta,
  deltaOf,
  type Ended,
  medianError,
  type Pair,
  wilsonHalf
} from '../../../src-main/contract/accuracy-delta'
import type { RunDetail } from '../../api/types'
import { median, quantile, sorted } from '../plot/statistics'
import { duration, fixed, NONE } from '../text/format'
import { activityOf } from './activity'
import type { Column } from './compared'

export { deltaOf } from '../../../src-main/contract/accuracy-delta'

export interface Result {
  label: string
  /** where it depends on the methods of the runs */
  called?: (...methods: readonly string[]) => string
  unit: string
  title?: string
  text: (value: number) => string
  of: (run: RunDetail) => number | null
  /** in bold where it differs: by more than the tolerance, or at all */
  tell?: 'tolerance' | 'all'
  /** half the 95 % interval of a single run */
  spread?: (run: RunDetail) => number
}

const share = (value: number | null): number | null => (value === null ? null : 100 * value)

export const RESULTS: readonly [Result, ...Result[]] = [
  {
    label: 'test accuracy',
    unit: '%',
    title: '± half the 95 % Wilson interval; of a group the median, below it the lowest and the highest',
    text: (value) => fixed(value, 2),
    of: ({ metrics }) => share(metrics.testAccuracy),
    spread: ({ metrics }) => 100 * wilsonHalf(metrics.testAccuracy ?? NaN, metrics.n)
  },
  {
    label: 'train accuracy',
    unit: '%',
    text: (value) => fixed(value, 2),
    of: ({ metrics }) => share(metrics.trainAccuracy),
    tell: 'tolerance'
  },
  {
    label: 'spikes',
    called: activityOf,
    unit: '/sample',
    text: (value) => fixed(value, 1),
    of: ({ metrics }) => metrics.hiddenSpikesPerSample,
    tell: 'all'
  },
  { label: 'took', unit: '', text: duration, of: ({ seconds }) => seconds }
]

/** one figure of a column: the median of its runs, and of several the lowest and the highest */
export function middleText(
  runs: readonly RunDetail[],
  { of, text }: Pick<Result, 'of' | 'text'>
): { text: string; range: string; n: number } {
  const list = sorted(runs.flatMap((run) => of(run) ?? []))
  if (list.length === 0) return { text: NONE, range: '', n: 0 }
  const [low, high] = [text(list[0]), text(list[list.length - 1])]
  return { text: text(quantile(list, 0.5)), range: low === high ? '' : `${low} … ${high}`, n: list.length }
}

/** of what has no interval of its own: groups by the spread of their medians, runs by what is to be read */
export function toldApart(base: Column, column: Column, { of, tell, text }: Result, tolerance: number): boolean {
  const [a, b] = [base, column].map(({ runs }) => runs.flatMap((run) => of(run) ?? []))
  if (a.length === 0 || b.length === 0) return false
  const [from, to] = [median(a), median(b)]
  const least = Math.max(tell === 'tolerance' ? tolerance : 0, 2 * Math.hypot(medianError(a), medianError(b)))
  return Math.abs(to - from) > least && text(to) !== text(from)
}

const endedOf = ({ metrics: { testAccuracy, n } }: RunDetail): Ended => ({ testAccuracy, n })

/** of a column against the base, which has none itself; @param pairs what is known of two runs over the same samples */
export function aboveBase(
  base: Column,
  column: Column,
  tolerance: number,
  pairs?: { of: (base: string, run: string) => Pair | null }
): Delta | null {
  if (base === column) return null
  const pair = pairs?.of(base.runs[0].id, column.runs[0].id) ?? null
  return deltaOf(base.runs.map(endedOf), column.runs.map(endedOf), tolerance, pair)
}
