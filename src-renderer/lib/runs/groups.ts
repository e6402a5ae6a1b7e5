/** Runs taken together by what they have in common: each group's median curve with its quartiles, and its members. */
import { groupedBy, type Grouping } from '../../../src-main/contract/run-groups'
import type { RunDetail } from '../../api/types'
import { quantile, sorted } from '../plot/statistics'
import { type RunStyle, runStyle, stylesOf } from './style'

export const GROUPINGS: { readonly [by in Grouping]: { label: string } } = {
  run: { label: 'Runs' },
  chip: { label: 'Chips' },
  seed: { label: 'Seeds' },
  method: { label: 'Methods' },
  dataset: { label: 'Data sets' },
  calibration: { label: 'Calibrations' },
  config: { label: 'Settings' }
}

export type { Grouping }

export interface Group {
  name: string
  /** that of its first member, told apart from those of the other groups */
  style: RunStyle
  runs: RunDetail[]
}

export interface BandPoint {
  x: number
  low: number
  middle: number
  high: number
  /** members that have a value here */
  n: number
}

export function groupRuns(runs: readonly RunDetail[], by: Grouping): Group[] {
  const groups = groupedBy(runs, by)
  const styles = stylesOf(groups.map(({ runs: [first] }) => first))
  return groups.map((group) => ({ ...group, style: styles.get(group.runs[0].id) ?? runStyle(group.runs[0]) }))
}

/** test error, %, by epoch */
export function errorCurve(run: RunDetail): { x: number; y: number }[] {
  return run.history.flatMap(({ epoch, testAccuracy }) =>
    testAccuracy === null ? [] : [{ x: epoch, y: 100 * (1 - testAccuracy) }]
  )
}

/** median and quartiles over the members at every epoch that at least half of them reached */
export function band(curves: readonly (readonly { x: number; y: number }[])[]): BandPoint[] {
  const at = new Map<number, number[]>()
  for (const { x, y } of curves.flat()) at.set(x, [...(at.get(x) ?? []), y])
  return [...at]
    .filter(([, values]) => 2 * values.length >= curves.length)
    .sort(([a], [b]) => a - b)
    .map(([x, values]) => {
      const list = sorted(values)
      return { x, low: quantile(list, 0.25), middle: quantile(list, 0.5), high: quantile(list, 0.75), n: list.length }
    })
}

/**
 * A band in pieces of as many members each. Where a member ended the median is one of others and may jump: the next piece
 * begins there, and no line joins the two.
 */
export function pieces(points: readonly BandPoint[]): BandPoint[][] {
  const list: BandPoint[][] = []
  for (const point of points) {
    const last = list.at(-1)
    if (last?.[0].n === point.n) last.push(point)
    else list.push([point])
  }
  return list
}
