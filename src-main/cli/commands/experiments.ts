/** experiment, experiment list */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { percent, table } from '../text'

const shown = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))))
const band = ([low, high]: (number | null)[]): string =>
  low === null ? `at most ${shown(high)}` : high === null ? `at least ${shown(low)}` : `${shown(low)} to ${shown(high)}`

function report({ experiment: e }: Output<'experiment'>): string {
  return [
    `${e.title} (${e.paper})${e.quick ? ', quick' : ''}, ${e.seeds} seed(s)`,
    '',
    table(
      ['check', 'value', 'paper', 'band', 'passed'],
      e.checks.map((c) => [c.name, shown(c.value), shown(c.paper), band(c.band), c.passed])
    ),
    '',
    table(
      ['run', 'what', 'seed', 'test'],
      e.runs.map((r) => [r.run, r.key, r.seed, percent(r.testAccuracy)])
    ),
    '',
    e.passed ? 'all checks passed' : 'not all checks passed'
  ].join('\n')
}

export const experimentCommands = [
  command({
    path: 'experiment',
    endpoint: 'experiment',
    args: ['name'],
    show: report,
    failed: ({ experiment }) => !experiment.passed
  }),
  command({
    path: 'experiment list',
    endpoint: 'experiment.list',
    show: ({ experiments }) =>
      table(
        ['name', 'title', 'paper', 'runs', 'seeds'],
        experiments.map((e) => [e.name, e.title, e.paper, e.runs.length, e.seeds])
      )
  })
]
