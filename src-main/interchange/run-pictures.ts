/** The pictures of a run's report: those of its page in the window, each with its numbers. */
import { activityOf } from '../contract/run-activity'
import { discs } from './report/disc'
import { fields } from './report/fields'
import { curves } from './report/curves'
import { bars, matrix } from './report/matrix'
import { table, type Section } from './report/page'
import { sampleFigure } from './report/sample'
import { percent, type RunReport } from './run-report'

/** in what weights on the port are counted */
export const weightUnit = ({ chip }: { chip: string }): string => (chip === 'ideal' ? 'model units' : 'LSB')

const pair = (...parts: readonly string[]): string =>
  parts.some((part) => part !== '') ? `<div class="pair">${parts.join('')}</div>` : ''

export function pictures({ run, dashboard, planes }: RunReport): Section[] {
  const { confusion, classes, weights, recurrent, delays = [], decision, sample } = dashboard
  const unit = weightUnit(run)
  const activity = activityOf(run.method)
  const spikes = run.history.map(({ epoch, hiddenSpikesPerSample: y }) => ({ x: epoch, y }))
  const weighed = (what: string, of: NonNullable<typeof recurrent | typeof weights>): string =>
    bars({ ...of, unit, of: 'weights', caption: `${what}; ${percent(of.clippedShare)} at the end of their range` })
  const sections: Section[] = [
    {
      title: 'What it does with a sample',
      body: sample && sample.bins > 0 ? sampleFigure(sample) : ''
    },
    { title: 'The Yin-Yang disc', body: discs(planes) },
    { title: 'What it confuses', body: confused(confusion, classes) },
    {
      title: 'Its weights',
      body: pair(
        weights ? weighed('Hidden weights', weights) : '',
        recurrent ? weighed('Weights between hidden units', recurrent) : ''
      ).concat(weights ? fields(weights) : '')
    },
    {
      title: 'Its delays',
      body: pair(
        ...delays.map(({ name, n, counts, edges, median }) =>
          bars({
            counts,
            edges,
            unit: 'µs',
            of: 'delays',
            caption: `Learnt delays, ${name}: ${n}, median ${median.toFixed(2)} µs`
          })
        )
      ).concat(
        delays.length
          ? table(
              ['delays', 'n', 'median, µs', 'least, µs', 'largest, µs'],
              delays.map(({ name, n, median, edges }) => [name, n, median, edges[0], edges[edges.length - 1]])
            )
          : ''
      )
    },
    {
      title: 'Its activity',
      body:
        (spikes.some(({ y }) => y > 0)
          ? curves({ lines: [{ label: activity, points: spikes }], unit: 'a sample', caption: `${activity} by epoch` })
          : '') +
        (decision
          ? `<p>First label spike ${decision.meanUs.toFixed(2)} µs after a sample began on average, ${decision.latestUs.toFixed(2)} µs at the latest (test set).</p>`
          : '')
    }
  ]
  return sections.filter(({ body }) => body !== '')
}

function confused(counts: Float64Array | null, classes: number): string {
  if (!counts) return ''
  const rows = Array.from({ length: classes }, (_, label) => {
    const row = counts.subarray(label * classes, (label + 1) * classes)
    const n = row.reduce((sum, one) => sum + one, 0)
    const often = [...row.keys()].filter((read) => read !== label && row[read] > 0).sort((a, b) => row[b] - row[a])
    return [label, n, n ? percent(row[label] / n) : '–', often.length ? `${often[0]} (${row[often[0]]})` : 'none']
  })
  return pair(
    matrix({ values: counts, side: classes, caption: 'Confusion: rows what it is, columns what was read' }),
    table(['class', 'samples', 'right', 'most often taken for'], rows)
  )
}
