/** robustness */
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
  })
]
