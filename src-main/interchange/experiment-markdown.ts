/**
 * The report of a paper's experiment as Markdown, for documents that are kept under version control: each figure with the
 * command that makes it, its seeds and the code it was made by.
 */
import { median } from '../core/statistics/summary'
import type { ExperimentReport } from './experiment-html'
import { bandText, madeOf } from './experiment-html'

export function experimentMarkdown({ experiment: e, finishedAt, command, runs: reports }: ExperimentReport): string {
  const runs = reports.map(({ run }) => run)
  const commands = new Map(reports.map(({ run, command: again }) => [run.id, again]))
  const passed = e.checks.filter((check) => check.passed).length
  const keys = [...new Set(e.runs.map(({ key }) => key))]
  const parts = [
    `# ${e.title}`,
    `${e.paper}. \`npx ${command}\`, written by \`npx inloop report\`. ${passed} of ${e.checks.length} checks passed${e.quick ? ', quick: fewer epochs and wider bands' : ''}.`,
    '## Checks',
    table(
      ['check', 'value', 'paper', 'band', 'passed'],
      e.checks.map((c) => [
        c.name,
        shown(c.value),
        shown(c.paper),
        bandText(c.band, c.name),
        c.passed ? 'yes' : '**no**'
      ])
    ),
    '## Runs',
    'Test accuracy in percent after the last epoch, one figure a seed (1, 2, 3, …). The command is that of seed 1.',
    table(
      ['run', 'seeds', 'median', 'lowest', 'highest', 'all'],
      keys.map((key) => {
        const all = e.runs.flatMap((r) => (r.key === key && r.testAccuracy !== null ? [100 * r.testAccuracy] : []))
        const some = all.length > 0 ? [median(all), Math.min(...all), Math.max(...all)] : [null, null, null]
        return [key, String(all.length), ...some.map(shown), all.map(shown).join(' ')]
      })
    ),
    ['```', ...keys.map((key) => commands.get(e.runs.find((r) => r.key === key)?.run ?? '') ?? '–'), '```'].join('\n'),
    ...e.plots.flatMap(({ title, along, unit, lines }) => [
      `## ${title}`,
      table(
        ['', along, unit],
        lines.flatMap(({ label, points }) => points.map(({ x, y }) => [label, shown(x), shown(y)]))
      )
    ]),
    '## Made of',
    table(
      ['', ''],
      Object.entries({ ...madeOf(runs), finished: finishedAt ?? '–' }).map((row) => [...row])
    )
  ]
  return `${parts.join('\n\n')}\n`
}

const shown = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))))

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
