/** Runs that a run is read against: the same on the other side of chip and simulation, and what accuracy costs elsewhere. */
import type { Output } from '../contract/index'
import { activityOf } from '../contract/run-activity'
import { figure, table, type Section } from './report/page'
import { percent, type Run } from './run-report'

export type Related = Output<'runs.related'>['runs']

/** rows of a table that a reader takes in */
const MOST = 30

export function relatedSections(run: Run, related: Related, other: Run | null): Section[] {
  return [...against(run, other), ...tradeoffs(run, related), ...spread(run, related)]
}

function against(run: Run, other: Run | null): Section[] {
  if (!other) return []
  const [ideal, chip] = run.chip === 'ideal' ? [run, other] : [other, run]
  const row = (name: string, of: (run: Run) => string | number | null) => [name, of(ideal), of(chip)]
  const head = ['quantity', `${ideal.id}, simulation`, `${chip.id}, ${chip.chipName}`]
  return [
    {
      title: 'Chip against simulation',
      body: `<p>The same settings on the other side.</p>${table(head, [
        row('test accuracy', ({ metrics }) => percent(metrics.testAccuracy)),
        row('training accuracy', ({ metrics }) => percent(metrics.trainAccuracy)),
        row('training loss, nats', ({ history }) => history.at(-1)?.loss ?? null),
        row(`${activityOf(run.method)} a sample`, ({ metrics }) => metrics.hiddenSpikesPerSample),
        row('epochs', ({ epochsDone, epochs }) => `${epochsDone} of ${epochs}`),
        row('seed', ({ seed }) => seed),
        row('samples a second', ({ samplesPerSecond }) => samplesPerSecond && Math.round(samplesPerSecond))
      ])}`
    }
  ]
}

function tradeoffs(run: Run, related: Related): Section[] {
  if (related.length < 2) return []
  const shown = related.slice(0, MOST)
  const activity = activityOf(run.method)
  return [
    {
      title: 'What accuracy costs',
      body: `<p>Finished runs of ${run.method} on ${run.dataset}, ${figure(shown.length)} of ${figure(related.length)}, newest first.</p>${table(
        ['run', 'name', 'on', 'seed', `${activity} a sample`, 'test accuracy', 'n'],
        shown.map((one) => [
          one.id === run.id ? `${one.id}, this one` : one.id,
          one.name === one.id ? '' : one.name,
          one.chipName,
          one.seed,
          one.hiddenSpikesPerSample,
          percent(one.testAccuracy),
          one.n
        ])
      )}`
    }
  ]
}

function spread(run: Run, related: Related): Section[] {
  const placed = related.filter((one) => one.sameButPlace)
  const at = new Map<number, number[]>()
  for (const one of placed) at.set(one.spread, [...(at.get(one.spread) ?? []), 100 * (1 - one.testAccuracy)])
  if (at.size < 2) return []
  const rows = [...at]
    .sort(([a], [b]) => a - b)
    .map(([level, errors]) => {
      errors.sort((a, b) => a - b)
      const middle = (errors[(errors.length - 1) >> 1] + errors[errors.length >> 1]) / 2
      return [level, errors.length, middle, errors[0], errors[errors.length - 1]]
    })
  const unit = run.chip === 'ideal' ? 'of the target' : '× silicon'
  return [
    {
      title: 'Error against spread',
      body: `<p>Runs of the same settings on any chip and seed.</p>${table([`spread, ${unit}`, 'runs', 'median error, %', 'least', 'largest'], rows)}`
    }
  ]
}
