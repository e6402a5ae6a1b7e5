/** What the columns of a comparison are called in a legend: what tells them from each other. */
import type { RunDetail } from '../../api/types'
import { type Column, type Row, rowOf, settingRows } from './compared'

/** what is told of a run beside its settings, in the order in which a person asks for it */
const FACTS: readonly [string, (run: RunDetail) => string][] = [
  ['chip', (run) => run.chipName],
  ['method', (run) => run.method],
  ['data', (run) => run.dataset],
  ['calibration', (run) => run.calibration ?? 'none']
]
/** said by a fact, or only a number that stands for one */
const SAID = new Set([
  ...['chip', 'chipSeed', 'method', 'dataset', 'calibration', 'calibrationHash', 'calibrationChip'],
  ...['datasetSha256', 'mismatch', 'recipe', 'quirks']
])
/** settings that a label has room for */
const MOST = 2

/**
 * What each column is called in a legend: the settings that tell it from the others (fewest that do, at most two). A
 * setting says nothing where members of a group do not share it.
 */
export function labelsOf(columns: readonly Column[]): string[] {
  const facts = FACTS.map(([key, of]) => rowOf(key, columns, of))
  const settings = settingRows(columns).filter(({ key }) => !SAID.has(key) && key !== 'seed')
  const seed = rowOf('seed', columns, (run) => String(run.seed))
  const rows = [...facts, ...settings].filter(({ differs, mixed }) => differs && !mixed)
  const taken: Row[] = []
  const apart = (list: readonly Row[]): number =>
    new Set(columns.map((_, k) => JSON.stringify(list.map(({ cells }) => cells[k].text)))).size
  while (taken.length < MOST && apart(taken) < columns.length) {
    const gain = (row: Row): number => apart([...taken, row]) - apart(taken)
    let best = rows.reduce<Row | null>((found, row) => (gain(row) > (found ? gain(found) : 0) ? row : found), null)
    // a seed says the least, and is taken where nothing else is left to say
    if (best === null && !seed.mixed && gain(seed) > 0) best = seed
    if (best === null) break
    taken.push(best)
  }
  const told = [...facts, ...settings, seed].filter((row) => taken.includes(row))
  return columns.map((_, k) =>
    told
      .map(
        ({
          key,
          cells: {
            [k]: { text }
          }
        }) => (facts.some((fact) => fact.key === key) && text !== 'none' ? text : `${key} ${text}`)
      )
      .join(', ')
  )
}
