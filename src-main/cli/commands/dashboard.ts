/** runs dashboard: the figures of a run's page besides its curves */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { number, pairs, percent, table } from '../text'

function show({ dashboard: d }: Output<'runs.dashboard'>): string {
  const { confusion, classes, weights, recurrent, decision, delays = [], sample } = d
  const label = (k: number): string => `read ${k}`
  const rows = Array.from({ length: confusion ? classes : 0 }, (_, k) => [
    `label ${k}`,
    ...Array.from(confusion?.subarray(k * classes, (k + 1) * classes) ?? [])
  ])
  const facts = {
    ...(weights ? { 'weights clipped': percent(weights.clippedShare) } : {}),
    ...(recurrent ? { 'recurrent weights clipped': percent(recurrent.clippedShare) } : {}),
    ...(decision
      ? { 'decided after, µs': `${number(decision.meanUs)} (mean), ${number(decision.latestUs)} (latest)` }
      : {}),
    ...Object.fromEntries(delays.map(({ name, median, n }) => [`${name}, µs`, `${number(median)} (median of ${n})`])),
    ...(sample
      ? {
          'sample shown': `number ${sample.index}: label ${sample.label}, read ${sample.read}`,
          probabilities: sample.probabilities.map((p) => number(p)).join(' '),
          'hidden spikes': sample.hiddenSpikes.bin.length
        }
      : {})
  }
  return [
    ...(rows.length > 0 ? [table(['', ...rows.map((_, k) => label(k))], rows), ''] : []),
    pairs(facts),
    '',
    'histograms, fields, raster and membranes: --json'
  ].join('\n')
}

export const dashboardCommands = [command({ path: 'runs dashboard', endpoint: 'runs.dashboard', args: ['run'], show })]
