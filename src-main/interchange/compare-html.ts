/**
 * The report of a comparison: the figures of the window (base, tolerance, groups, confusion of 1000 of a class), where
 * runs differ, how they got there, and what each was made of.
 */
import { deltaOf, middleOf, pairOf, type Readings, wilsonHalf } from '../contract/accuracy-delta'
import { activityOf } from '../contract/run-activity'
import type { Grouping } from '../contract/run-groups'
import { type Column, columnsOf, confusionOf, known, linesOf, middle } from './compare-columns'
import { appendix, differing, inFull, provenance } from './compare-tables'
import { curves } from './report/curves'
import { matrix } from './report/matrix'
import { type Cell, figure, page, table, text, type Section } from './report/page'
import type { Run, RunReport } from './run-report'

export interface CompareReport {
  runs: readonly RunReport[]
  by: Grouping
  /** against which all are read; it may be none of them */
  base: RunReport
  /** it is the reference of the workspace */
  reference: boolean
  /** accuracies that differ by less are taken for equal, points of a per cent */
  tolerance: number
  /** of the program that writes, and when (ISO 8601) */
  app: string
  writtenAt: string
}

const WORDS: { readonly [by in Grouping]: string } = {
  run: 'run',
  chip: 'chip',
  seed: 'seed',
  method: 'method',
  dataset: 'data set',
  calibration: 'calibration',
  config: 'settings'
}

export function compareHtml(report: CompareReport): string {
  const { runs, by, base, reference, tolerance, app, writtenAt } = report
  const columns = columnsOf(runs, by, base)
  const all = columns.flatMap(({ members }) => members)
  const groups = columns.length - (runs.some(({ run }) => run.id === base.run.id) ? 0 : 1)
  const title =
    by === 'run'
      ? `Comparison of ${runs.length} runs`
      : `Comparison of ${groups} groups of ${runs.length} runs, by ${WORDS[by]}`
  const lead = `All is read against ${columns[0].name}${reference ? `, which ${columns[0].members.length > 1 ? 'holds' : 'is'} the reference of the workspace (${base.run.id})` : ''}. Written ${writtenAt} by Inloop ${app}.`
  const warnings = all.flatMap(({ run }) => run.warnings.map((warning) => `${run.id}: ${warning}`))
  return page(title, lead, [
    { title: 'Results', body: results(columns, by, tolerance) + warned(warnings) },
    { title: 'Settings that differ', body: differing(columns, by) },
    {
      title: 'How they got there',
      body: curves({
        lines: columns.flatMap(linesOf),
        unit: '% wrong',
        log: true,
        caption:
          by === 'run'
            ? 'Test error by epoch'
            : 'Test error by epoch: median and quartiles; up to eight members faintly'
      })
    },
    ...confusions(columns),
    { title: 'What each was made of', body: provenance(columns, by) },
    { title: 'The same again', body: commands(all) },
    ...appendix(inFull(columns))
  ])
}

const share = (value: number | null): string => (value === null ? '–' : (100 * value).toFixed(2))

const warned = (list: readonly string[]): string =>
  list.map((warning) => `<p class="warning">△ ${text(warning)}</p>`).join('')

function results(columns: readonly Column[], by: Grouping, tolerance: number): string {
  const [base] = columns
  const ended = ({ members }: Column) =>
    members.map(({ run: { metrics } }) => ({ testAccuracy: metrics.testAccuracy, n: metrics.n }))
  const above = (column: Column): string => {
    if (column === base) return 'base'
    const pair = pairOf(readings(base.members[0]), readings(column.members[0]))
    const delta = deltaOf(ended(base), ended(column), tolerance, pair)
    if (delta === null) return '–'
    const points = signed(delta.points)
    return delta.told ? points : `= (${points})`
  }
  const activity = activityOf(...columns.flatMap(({ members }) => members.map(({ run }) => run.method)))
  const number = (column: Column, of: (run: Run) => number | null): number | null => middle(known(column, of))
  const rows = columns.map((column): Cell[] => {
    const accuracies = known(column, ({ metrics }) => metrics.testAccuracy)
    const [run] = column.members.map((member) => member.run)
    return [
      column.name,
      ...(by === 'run'
        ? [share(accuracies[0] ?? null), half(run), samples(run)]
        : [
            column.members.length,
            share(middleOf(ended(column))?.median ?? null),
            share(accuracies[0] ?? null),
            share(accuracies[accuracies.length - 1] ?? null),
            accuracies.length
          ]),
      above(column),
      share(number(column, ({ metrics }) => metrics.trainAccuracy)),
      number(column, ({ metrics }) => metrics.hiddenSpikesPerSample),
      ...(by === 'run' ? [`${run.epochsDone} of ${run.epochs}`] : [number(column, ({ epochsDone }) => epochsDone)]),
      number(column, ({ seconds }) => Math.round(seconds))
    ]
  })
  const head =
    by === 'run'
      ? ['run', 'test, %', '± (95 %)', 'test samples']
      : [WORDS[by], 'runs', 'median test, %', 'lowest', 'highest', 'n']
  const rule = `= : by no more than ${figure(tolerance)} points or two standard errors of the difference (of one run by its test samples, or those on which the two differ where that is known; of several by their spread): not told apart.`
  const medians = by === 'run' ? '' : ` Train, ${activity}, epochs and time are medians.`
  return `${table([...head, 'above the base, points', 'train, %', activity, 'epochs', 'took, s'], rows)}<p>${rule}${medians}</p>`
}

function readings({ run: { metrics, config }, dashboard }: RunReport): Readings {
  const { datasetSha256, limitTest } = config
  const limit = typeof limitTest === 'number' ? limitTest : null
  return { ...metrics, data: String(datasetSha256), limit, right: dashboard.right ?? null }
}

const samples = ({ metrics }: Run): number | null => (metrics.testAccuracy === null ? null : metrics.n)

/** of the Wilson score interval */
function half({ metrics: { testAccuracy, n } }: Run): string {
  return testAccuracy === null || n === 0 ? '–' : share(wilsonHalf(testAccuracy, n))
}

/** always with its sign */
function signed(points: number): string {
  const digits = Math.abs(points).toFixed(2)
  return Number(digits) === 0 ? digits : `${points > 0 ? '+' : '−'}${digits}`
}

/** of every other column against the base */
function confusions([base, ...others]: readonly Column[]): Section[] {
  const of = confusionOf(base)
  if (!of) return []
  const drawn = others.flatMap((column) => {
    const other = confusionOf(column)
    if (!other || other.classes !== of.classes) return []
    const told = column.members.length > 1 ? ` (${other.n} runs together)` : ''
    return [
      matrix({
        values: other.perThousand.map((value, k) => value - of.perThousand[k]),
        side: of.classes,
        signed: true,
        caption: `${column.name}${told} minus ${base.name}: of 1000 samples of a class (row) read so (column) more often (red) or less (blue)`
      })
    ]
  })
  return drawn.length
    ? [{ title: 'What they confuse otherwise', body: `<div class="pair">${drawn.join('')}</div>` }]
    : []
}

function commands(all: readonly RunReport[]): string {
  return `<pre>${all.map(({ run, command }) => text(`# ${run.id}\n${command}`)).join('\n')}</pre>`
}
