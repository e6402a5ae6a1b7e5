/**
 * The report of a paper's experiment: its checks against the paper's figures, the runs it was judged by, and what each of
 * them was made of: settings, hashes, code, seeds, and the commands that make it all again.
 */
import type { Output } from '../contract/index'
import { toldApart } from '../contract/run-style'
import type { Column } from './compare-columns'
import { appendix, differing, inFull, provenance } from './compare-tables'
import { curves } from './report/curves'
import { facts, figure, page, table, text } from './report/page'
import { errorLine, percent, type Run, type RunReport } from './run-report'

export interface ExperimentReport {
  experiment: Output<'experiment'>['experiment']
  job: string
  finishedAt: string | null
  /** that does it again */
  command: string
  /** those that are still there */
  runs: readonly RunReport[]
}

export function experimentHtml({ experiment: e, job, finishedAt, command, runs: reports }: ExperimentReport): string {
  const passed = e.checks.filter((check) => check.passed).length
  const runs = reports.map(({ run }) => run)
  const lead = `${e.paper}; ${passed} of ${e.checks.length} checks passed, ${e.seeds} seed(s)${e.quick ? ', quick: fewer epochs and wider bands' : ''}.`
  const styles = toldApart(runs)
  const keys = [...new Set(e.runs.map(({ key }) => key))]
  const columns = columnsOf(e, reports)
  return page(e.title, lead, [
    {
      title: 'Checks',
      body:
        table(
          ['check', 'value', 'paper', 'band', 'passed'],
          e.checks.map((c) => [c.name, c.value, c.paper, bandText(c.band, c.name), c.passed ? 'yes' : 'no'])
        ) + `<p>The experiment again:</p><pre>${text(command)}</pre>`
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
    ...(columns.length
      ? [
          { title: 'Settings that differ', body: differing(columns, 'config') },
          { title: 'What each run was made of', body: provenance(columns, 'config') },
          {
            title: 'The same again, run by run',
            body: `<pre>${columns.flatMap(({ members }) => members.map((one) => text(`# ${one.run.id}\n${one.command}`))).join('\n')}</pre>`
          }
        ]
      : []),
    { title: 'Made of', body: facts({ job, finished: finishedAt, ...madeOf(runs) }) },
    ...appendix(inFull(columns))
  ])
}

/** the runs of each part of the experiment that are still there */
function columnsOf({ runs }: ExperimentReport['experiment'], reports: readonly RunReport[]): Column[] {
  const keys = [...new Set(runs.map(({ key }) => key))]
  return keys.flatMap((name) => {
    const ids = new Set(runs.flatMap(({ key, run }) => (key === name ? [run] : [])))
    const members = reports.filter(({ run }) => ids.has(run.id))
    return members.length ? [{ name, members, style: undefined }] : []
  })
}

/** @param name of the check; a share of test samples ends at 100 % */
export function bandText([low, given]: readonly (number | null)[], name = ''): string {
  const high = given !== null && given > 100 && /test %$/.test(name) ? 100 : given
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
