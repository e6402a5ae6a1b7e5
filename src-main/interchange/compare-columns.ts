/** What a report of a comparison has a column for: a run or a group of them, the base first, as the window orders them. */
import { groupedBy, type Grouping } from '../contract/run-groups'
import { type DrawnStyle, toldApart } from '../contract/run-style'
import { median, quantiles } from '../core/statistics/summary'
import type { Line } from './report/curves'
import { errorLine, type RunReport } from './run-report'

export interface Column {
  name: string
  members: readonly RunReport[]
  style: DrawnStyle | undefined
}

/** members that are drawn faintly behind their median */
const FAINT = 8

/** @param base run against which all are read; one that is in no group has a column of its own */
export function columnsOf(runs: readonly RunReport[], by: Grouping, base: RunReport): Column[] {
  const reports = new Map(runs.map((report) => [report.run.id, report]))
  const list = groupedBy(
    runs.map(({ run }) => run),
    by
  ).map(({ name, runs: members }) => ({ name, members: members.flatMap(({ id }) => reports.get(id) ?? []) }))
  const groups = by === 'run' ? list.map(({ members }) => ({ name: labelOf(members[0]), members })) : list
  const holds = (group: { members: readonly RunReport[] }): boolean =>
    group.members.some(({ run }) => run.id === base.run.id)
  const first = groups.find(holds) ?? { name: labelOf(base), members: [base] }
  const all = [first, ...groups.filter((group) => group !== first)]
  const styles = toldApart(all.map(({ members: [{ run }] }) => run))
  return all.map((group) => ({ ...group, style: styles.get(group.members[0].run.id) }))
}

const labelOf = ({ run }: RunReport): string => (run.name === run.id ? run.id : `${run.id} ${run.name}`)

/** of those that have one, rising */
export function known({ members }: Column, of: (run: RunReport['run']) => number | null): number[] {
  return members.flatMap(({ run }) => of(run) ?? []).sort((a, b) => a - b)
}

export const middle = (values: readonly number[]): number | null => (values.length === 0 ? null : median(values))

/** a run's curve, or the median of a group within its quartiles, its members behind it while they are few */
export function linesOf({ name, members, style }: Column): Line[] {
  const drawn = style ? { style } : {}
  const curves = members.map(({ run }) => errorLine(run, name, style))
  if (curves.length === 1) return curves
  const faint = curves.length <= FAINT ? curves.map((line) => ({ ...line, faint: true })) : []
  return [...faint, ...band(curves).map((piece) => ({ label: name, ...drawn, ...piece }))]
}

type Piece = Required<Pick<Line, 'points' | 'band'>>

/**
 * Median and quartiles at every epoch that at least half of the members reached. Where a member ended the median is that of
 * others and may jump: the next piece begins there.
 */
export function band(curves: readonly Pick<Line, 'points'>[]): Piece[] {
  const at = new Map<number, number[]>()
  for (const { x, y } of curves.flatMap(({ points }) => points)) at.set(x, [...(at.get(x) ?? []), y])
  const pieces: { n: number; points: { x: number; y: number }[]; band: { x: number; low: number; high: number }[] }[] =
    []
  for (const [x, values] of [...at].sort(([a], [b]) => a - b)) {
    if (2 * values.length < curves.length) continue
    const [low, y, high] = quantiles(values, [0.25, 0.5, 0.75])
    if (pieces.at(-1)?.n !== values.length) pieces.push({ n: values.length, points: [], band: [] })
    const piece = pieces[pieces.length - 1]
    piece.points.push({ x, y })
    piece.band.push({ x, low, high })
  }
  return pieces.map(({ points, band: around }) => ({ points, band: around }))
}

export interface Confusion {
  /** [label][read], samples of 1000 of a class */
  perThousand: Float64Array
  classes: number
  /** members that were evaluated */
  n: number
}

/** of all members together; null: none was evaluated. One with another number of classes than the first is left out. */
export function confusionOf({ members }: Column): Confusion | null {
  const there = members.flatMap(({ dashboard: { confusion, classes } }) => (confusion ? [{ confusion, classes }] : []))
  if (there.length === 0) return null
  const { classes } = there[0]
  const alike = there.filter((one) => one.classes === classes)
  const counts = new Float64Array(classes * classes)
  for (const { confusion } of alike) counts.forEach((_, k) => (counts[k] += confusion[k]))
  for (let label = 0; label < classes; label++) {
    const row = counts.subarray(label * classes, (label + 1) * classes)
    const sum = row.reduce((total, n) => total + n, 0)
    if (sum > 0) row.forEach((n, read) => (row[read] = (1000 * n) / sum))
  }
  return { perThousand: counts, classes, n: alike.length }
}
