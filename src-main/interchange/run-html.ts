/** The report of a run: what came of it, its curves, what it was made of, and the command that does the same. */
import { activityOf } from '../contract/run-activity'
import { wilson } from '../core/statistics/summary'
import { curves } from './report/curves'
import { facts, figure, page, table, text, type Section } from './report/page'
import { pictures } from './run-pictures'
import { type Related, relatedSections } from './run-related'
import { percent, type Run, type RunReport } from './run-report'
import { type SettingInfo, settingSections } from './run-settings'

/** what a report of one run has beside the run itself */
export interface Around {
  related: Related
  /** the same on the other side of chip and simulation */
  other: Run | null
  settings: readonly SettingInfo[]
}

export function runHtml(report: RunReport, around: Around): string {
  const { run } = report
  const { id, name, method, dataset, chipName, createdAt } = run
  const title = name === id ? `Run ${id}` : `Run ${id}: ${name}`
  const lead = `${accuracy(run)}; ${method} on ${dataset}, ${chipName}; ${run.status}, made ${createdAt}.`
  return page(title, lead, runSections(report, around))
}

/** "96.81 % of 10,000 test samples (95 %: 96.45 to 97.14)" */
function accuracy({ metrics: { testAccuracy, n } }: Pick<Run, 'metrics'>): string {
  if (testAccuracy === null || n === 0) return 'no test result'
  const [low, high] = wilson(Math.round(testAccuracy * n), n)
  return `${percent(testAccuracy)} of ${n} test samples right (95 % interval ${percent(low)} to ${percent(high)})`
}

function runSections(report: RunReport, { related, other, settings }: Around): Section[] {
  const { run, command } = report
  return [
    { title: 'What it is', body: identity(run) + warnings(run) + `<p>The same again:</p><pre>${text(command)}</pre>` },
    { title: 'How it learnt', body: learning(run) },
    ...pictures(report),
    ...(run.evaluations.length ? [{ title: 'Evaluated on', body: evaluations(run) }] : []),
    ...relatedSections(run, related, other),
    ...settingSections(run, settings),
    { title: 'Made of', body: facts(run.provenance as { [key: string]: string | number }) }
  ]
}

function identity(run: Run): string {
  return facts({
    run: run.id,
    name: run.name,
    status: run.status,
    method: run.method,
    'data set': run.dataset,
    chip: run.chip === run.chipName ? run.chip : `${run.chipName} (${run.chip})`,
    calibration: run.calibration ?? 'none',
    seed: run.seed,
    epochs: `${run.epochsDone} of ${run.epochs}`,
    accuracy: accuracy(run),
    [`${activityOf(run.method)} a sample`]: run.metrics.hiddenSpikesPerSample,
    'samples per second': run.samplesPerSecond,
    took: `${figure(Math.round(run.seconds))} s`,
    tags: run.tags.join(', ') || 'none',
    note: run.note || 'none',
    'SHA-256 of the settings': run.configHash
  })
}

function warnings({ warnings: list }: Run): string {
  return list.map((warning) => `<p class="warning">△ ${text(warning)}</p>`).join('')
}

function learning(run: Run): string {
  const { history } = run
  const of = (label: string, value: (epoch: Run['history'][number]) => number | null) => ({
    label,
    points: history.flatMap((epoch) => {
      const y = value(epoch)
      return y === null ? [] : [{ x: epoch.epoch, y }]
    })
  })
  const rows = history.map((e) => [
    e.epoch,
    e.loss,
    percent(e.trainAccuracy),
    percent(e.testAccuracy),
    e.hiddenSpikesPerSample,
    e.samplesPerSecond,
    e.seconds
  ])
  const head = ['epoch', 'loss', 'train', 'test', activityOf(run.method), 'samples/s', 's']
  return `<div class="pair">
${curves({ lines: [of('train', (e) => 100 * (1 - e.trainAccuracy)), of('test', (e) => (e.testAccuracy === null ? null : 100 * (1 - e.testAccuracy)))], unit: '% wrong', log: true, told: false, caption: 'Error by epoch' })}
${curves({ lines: [of('loss', (e) => e.loss)], unit: '', log: true, told: false, caption: 'Loss by epoch' })}
</div><details><summary>Every epoch in numbers</summary>${table(head, rows)}</details>`
}

function evaluations({ evaluations: list }: Run): string {
  const rows = list.map((e) => [e.id, e.chip, e.calibration ?? 'none', percent(e.testAccuracy), e.n])
  return table(['evaluation', 'chip', 'calibration', 'test', 'n'], rows)
}
