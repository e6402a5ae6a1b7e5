/** The report of a paper's experiment: its checks against the paper's figures, and the runs it was judged by. */
import type { Output } from '../contract/index'
import { toldApart } from '../contract/run-style'
import { curves } from './report/curves'
import { facts, figure, page, table } from './report/page'
import { errorLine, percent, type Run } from './run-html'

export interface ExperimentReport {
  experiment: Output<'experiment'>['experiment']
  job: string
  finishedAt: string | null
  /** those that are still there */
  runs: readonly Run[]
}

export function experimentHtml({ experiment: e, job, finishedAt, runs }: ExperimentReport): string {
  const passed = e.checks.filter((check) => check.passed).length
  const lead = `${e.paper}; ${passed} of ${e.checks.length} checks passed, ${e.seeds} seed(s)${e.quick ? ', quick: fewer epochs and wider bands' : ''}.`
  const styles = toldApart(runs)
  const keys = [...new Set(e.runs.map(({ key }) => key))]
  return page(e.title, lead, [
    {
      title: 'Checks',
      body: table(
        ['check', 'value', 'paper', 'band', 'passed'],
        e.checks.map((c) => [c.name, c.value, c.paper, bandText(c.band), c.passed ? 'yes' : 'no'])
      )
    },
    {
      title: 'Runs',
      body: table(
        ['run', 'what', 'seed', 'test accuracy'],
        e.runs.map((r) => [r.run, r.key, r.seed, percent(r.testAccuracy)])
      )
    },
    ...e.plots.map(({ title, along, unit, lines }) => ({
      title,
      body: curves({ lines, unit, along, caption: title })
    })),
    ...keys.map((key) => ({
      title: `How "${key}" learnt`,
      body: curves({
        lines: e.runs.flatMap((r) => {
          const run = runs.find(({ id }) => id === r.run)
          return r.key === key && run ? [errorLine(run, `${r.run}, seed ${r.seed}`, styles.get(run.id))] : []
        }),
        unit: '% wrong',
        log: true,
        caption: 'Test error by epoch'
      })
    })),
    { title: 'Made of', body: facts({ job, finished: finishedAt, ...madeOf(runs) }) }
  ])
}

export function bandText([low, high]: readonly (number | null)[]): string {
  if (low === null) return `at most ${figure(high)}`
  return high === null ? `at least ${figure(low)}` : `${figure(low)} to ${figure(high)}`
}

/** what all runs have in common, so far as they have it in common */
export function madeOf(runs: readonly Run[]): { [name: string]: string } {
  const names = ['app', 'core', 'schema', 'runtime', 'host', 'datasetSha256']
  return Object.fromEntries(
    names.map((name) => [name, [...new Set(runs.map((run) => String(run.provenance[name] ?? '–')))].join(', ') || '–'])
  )
}
