/** Runs taken together by what they have in common: each group's median curve with its quartiles, and its members. */
import type { RunDetail } from '../../api/types'
import { quantile, sorted } from '../plot/statistics'
import { type RunStyle, runStyle, stylesOf } from './style'

export const GROUPINGS = {
  run: { label: 'Runs', of: (run: RunDetail) => run.id },
  chip: { label: 'Chips', of: (run: RunDetail) => run.chipName },
  seed: { label: 'Seeds', of: (run: RunDetail) => `seed ${run.seed}` },
  method: { label: 'Methods', of: (run: RunDetail) => run.method },
  dataset: { label: 'Data sets', of: (run: RunDetail) => run.dataset },
  calibration: { label: 'Calibrations', of: (run: RunDetail) => run.calibration ?? 'none' },
  config: { label: 'Settings', of: (run: RunDetail) => settingsOf(run) }
} as const
export type Grouping = keyof typeof GROUPINGS

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
  const groups = new Map<string, Group>()
  for (const run of runs) {
    const name = GROUPINGS[by].of(run)
    const group = groups.get(name) ?? { name, style: runStyle(run), runs: [] }
    group.runs.push(run)
    groups.set(name, group)
  }
  const list = [...groups.values()]
  const styles = stylesOf(list.map(({ runs: [first] }) => first))
  return list.map((group) => ({ ...group, style: styles.get(group.runs[0].id) ?? group.style }))
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

/** what a run was asked for, without what makes it one of several: seed and chip */
function settingsOf(run: RunDetail): string {
  const { seed: _seed, chip: _chip, chipSeed: _chipSeed, calibration: _calibration, ...rest } = run.config
  const text = JSON.stringify(rest, Object.keys(rest).sort())
  let hash = 0
  for (let k = 0; k < text.length; k++) hash = (Math.imul(hash, 31) + text.charCodeAt(k)) | 0
  return `settings ${(hash >>> 0).toString(16).padStart(8, '0').slice(0, 6)}`
}
