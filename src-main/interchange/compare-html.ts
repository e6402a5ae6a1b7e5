/** The report of a comparison: where runs differ, how they got there, where they ended, and what each confuses. */
import { toldApart } from '../contract/run-style'
import { median } from '../core/statistics/summary'
import { curves, matrix } from './report/curves'
import { figure, page, table, text, type Section } from './report/page'
import { accuracy, errorLine, percent, type Run, type RunReport } from './run-html'

export interface CompareReport {
  runs: readonly RunReport[]
  settings: readonly { key: string; values: readonly unknown[] }[]
}

export function compareHtml({ runs, settings }: CompareReport): string {
  const list = runs.map(({ run }) => run)
  const styles = toldApart(list)
  const lead = `${list.map((run) => `${run.id} ${run.name === run.id ? '' : run.name}`.trim()).join('; ')}.`
  const head = ['', ...list.map(({ id }) => id)]
  const differing = settings.map(({ key, values }) => [key, ...values.map(shown)])
  return page(`Comparison of ${list.length} runs`, lead, [
    { title: 'Results', body: results(list) },
    {
      title: 'Settings that differ',
      body: differing.length ? table(head, differing) : '<p>None: all settings and versions are the same.</p>'
    },
    {
      title: 'How they got there',
      body: curves({
        lines: list.map((run) =>
          errorLine(run, run.name === run.id ? run.id : `${run.id} ${run.name}`, styles.get(run.id))
        ),
        unit: '% wrong',
        log: true,
        caption: 'Test error by epoch'
      })
    },
    ...confusions(runs),
    {
      title: 'What each was made with',
      body: runs
        .map(({ run, command }) => `<h3>${text(run.id)} ${text(run.name)}</h3><pre>${text(command)}</pre>`)
        .join('')
    }
  ])
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)

function results(list: readonly Run[]): string {
  const rows = list.map((run) => [
    run.id,
    run.name,
    run.method,
    run.dataset,
    run.chipName,
    run.calibration ?? 'none',
    run.seed,
    accuracy(run),
    percent(run.metrics.trainAccuracy),
    run.metrics.hiddenSpikesPerSample,
    `${run.epochsDone} of ${run.epochs}`
  ])
  const found = list.flatMap(({ metrics }) => (metrics.testAccuracy === null ? [] : [metrics.testAccuracy]))
  const together =
    found.length > 1
      ? `<p>Median ${percent(median(found))}, range ${percent(Math.min(...found))} to ${percent(Math.max(...found))} over ${figure(found.length)} runs.</p>`
      : ''
  const head = [
    'run',
    'name',
    'method',
    'data set',
    'chip',
    'calibration',
    'seed',
    'test accuracy',
    'train',
    'hidden spikes'
  ]
  return together + table([...head, 'epochs'], rows)
}

/** of every other run against the first */
function confusions(runs: readonly RunReport[]): Section[] {
  const [base, ...others] = runs
  const { confusion, classes } = base.dashboard
  if (!confusion) return []
  const drawn = others.flatMap(({ run, dashboard: { confusion: other } }) =>
    other?.length === confusion.length
      ? [
          matrix({
            values: Array.from(other, (n, k) => n - confusion[k]),
            side: classes,
            signed: true,
            caption: `${run.id} minus ${base.run.id}: samples read so more often (red) or less (blue)`
          })
        ]
      : []
  )
  return drawn.length
    ? [{ title: 'What they confuse otherwise', body: `<div class="pair">${drawn.join('')}</div>` }]
    : []
}
