/** The columns of a comparison: a run or a group each, the base first, and what their cells say. */
import type { RunDetail } from '../../api/types'
import { plain } from '../text/format'
import type { Group } from './groups'
import { stylesOf } from './style'

export { TOLERANCE } from '../../../src-main/contract/accuracy-delta'

export interface Column extends Group {
  /** of lists and headings; a run's id where a run is the column */
  id: string
  /** all others are read against this one */
  base: boolean
  /** the reference of the workspace, which was not itself chosen */
  outside: boolean
}

export interface Cell {
  text: string
  /** each once, and how many members have it */
  values: ReadonlyMap<string, number>
}

export interface Row {
  key: string
  cells: Cell[]
  /** columns differ from each other */
  differs: boolean
  /** members of a column differ */
  mixed: boolean
}

/**
 * @param groups what was chosen @param reference the run that is the base wherever it is: the group that holds it, else a
 * column of its own; null: the first group
 */
export function columnsOf(groups: readonly Group[], reference: Group | null, single: boolean): Column[] {
  const golden = reference?.runs[0].id
  const holds = groups.findIndex(({ runs }) => runs.some(({ id }) => id === golden))
  const outside = holds < 0 && reference !== null
  const all = outside ? [reference, ...groups] : groups
  const first = outside ? 0 : Math.max(0, holds)
  const styles = stylesOf(all.map(({ runs: [run] }) => run))
  const columns = all.map((group, k) => ({
    ...group,
    style: styles.get(group.runs[0].id) ?? group.style,
    id: single || (outside && k === 0) ? group.runs[0].id : group.name,
    base: k === first,
    outside: outside && k === 0
  }))
  return [...columns.filter(({ base }) => base), ...columns.filter(({ base }) => !base)]
}

/** one cell a column of what `of` says of a run; what reads the same is the same */
export function rowOf(key: string, columns: readonly Column[], of: (run: RunDetail) => string): Row {
  const told = columns.map(({ runs }) => {
    const counts = new Map<string, number>()
    for (const text of runs.map(of)) counts.set(text, (counts.get(text) ?? 0) + 1)
    return counts
  })
  const [first, ...others] = told.map(nameOf)
  return {
    key,
    cells: told.map((values) => ({
      text: values.size === 1 ? [...values.keys()][0] : `${values.size} values`,
      values
    })),
    differs: others.some((other) => other !== first),
    mixed: told.some((values) => values.size > 1)
  }
}

const nameOf = (values: Cell['values']): string => JSON.stringify([...values.keys()].sort())

/** cells that are not what the base has */
export function differing({ cells }: Row): boolean[] {
  return cells.map(({ values }) => nameOf(values) !== nameOf(cells[0].values))
}

/** all values of a cell, one a line */
export function listed({ values }: Cell): string {
  return [...values].map(([text, n]) => (n > 1 ? `${text} (${n} times)` : text)).join('\n')
}

/** every setting of the records */
export function settingRows(columns: readonly Column[]): Row[] {
  const runs = columns.flatMap((column) => column.runs)
  const keys = [...new Set(runs.flatMap(({ config }) => Object.keys(config)))].sort()
  return keys.map((key) => rowOf(key, columns, ({ config }) => plain(config[key] ?? null)))
}
