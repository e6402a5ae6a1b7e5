/** robustness, transfer */
import { command } from '../command'
import { percent, table } from '../text'

export const robustnessCommands = [
  command({
    path: 'robustness',
    endpoint: 'robustness',
    args: ['run'],
    show: ({ robustness: { run, vary, levels } }) =>
      [
        `Run ${run}`,
        '',
        table(
          [vary, 'draws', 'median', 'quartiles apart', 'error'],
          levels.map((l) => [
            l.level,
            l.draws,
            percent(l.accuracy.median),
            percent(l.accuracy.iqr),
            percent(l.error.median)
          ])
        )
      ].join('\n')
  }),
  command({
    path: 'transfer',
    endpoint: 'transfer',
    args: ['runs…'],
    flags: { chips: 'chip' },
    show: ({ transfer: { runs, chips, accuracy } }) =>
      table(
        ['run', 'trained on', 'there', ...chips.map((chip) => `on ${chip}`)],
        runs.map((r, row) => [r.run, r.trainedOn, percent(r.testAccuracy), ...accuracy[row].map(percent)])
      )
  })
]
