/** The list of runs: any filter, any order, a page of it, how many there are, and what they could be narrowed to. */
import { settingsNames } from '../../contract/run-groups'
import type { Db } from '../database'
import type { Condition } from './fields'
import { EVERY, runFilter } from './filter'
import { type RunSummary, RUN_SUMMARY, summaryOf, type SummaryRow } from './runs'
import { settingsKept } from './settings'

export const SORTS = {
  star: 'r.star',
  name: 'r.name collate nocase',
  status: 'j.status',
  method: 'r.method',
  dataset: 'r.dataset',
  chip: "coalesce(c.name, 'ideal') collate nocase",
  calibration: "(case when r.calibration_use = 'calibrated' then r.calibration else '' end)",
  accuracy: 'r.test_accuracy',
  spikes: 'r.hidden_spikes',
  rate: 'r.samples_per_second',
  epochs: 'r.epochs_done',
  seconds: 'r.seconds',
  seed: 'r.seed',
  started: 'r.created_at'
} as const
export type SortKey = keyof typeof SORTS

const FACETS = {
  status: 'j.status',
  method: 'r.method',
  dataset: 'r.dataset',
  chip: "coalesce(c.name, 'ideal')",
  star: "(case when r.star then 'yes' else 'no' end)"
} as const

/** by what runs can be taken together; a group's members differ in everything else */
export const GROUPS = {
  ...FACETS,
  seed: 'r.seed',
  calibration: SORTS.calibration,
  config: 'r.settings'
} as const
export type GroupKey = keyof typeof GROUPS

export interface RunQuery {
  filter: string
  deleted: boolean
  sort: SortKey
  descending: boolean
  offset: number
  limit: number
}

export interface RunPage {
  runs: RunSummary[]
  /** runs the filter keeps */
  total: number
  /** runs of the list, and of the trash, without a filter */
  listed: number
  trashed: number
}

export interface Facet {
  field: string
  values: { value: string; runs: number }[]
}

export interface RunGroup {
  key: { [field: string]: string | number }
  members: number
  /** test accuracies of the members that have one, rising */
  accuracies: number[]
  runs: string[]
}

const FROM = 'from run r join job j on j.id = r.job left join chip c on c.id = r.chip'
/** only the tables that are spoken of: each costs a look for every run */
function from(spoken: string): string {
  const job = /\bj\./.test(spoken) ? ' join job j on j.id = r.job' : ''
  const chip = /\bc\./.test(spoken) ? ' left join chip c on c.id = r.chip' : ''
  return `from run r${job}${chip}`
}
/** most values a facet shows; the rest can be typed */
const FACET_VALUES = 40

/** members of a group that are named; the counts are of all */
const GROUP_RUNS = 500

/** newest first among equals; runs without a value come last in both directions */
function orderOf(sort: SortKey, descending: boolean): string {
  const by = SORTS[sort]
  const direction = descending ? 'desc' : 'asc'
  // every run has a time: its index has the order
  if (sort === 'started') return `r.created_at ${direction}, r.rowid desc`
  return `${by} is null, ${by} ${direction}, r.created_at desc, r.rowid desc`
}

/** the rows of a page and how many there are in all: what is sorted is narrow, and a filter is asked once */
export function pageSql(where: string, sort: SortKey, descending: boolean): string {
  const order = orderOf(sort, descending)
  const total = where === EVERY ? 'null' : 'count(*) over ()'
  return `select r.rowid as at, ${total} as total ${from(where + order)} where r.deleted = ? and ${where}
    order by ${order} limit ? offset ?`
}

/** those rows in full, in the same order */
export function rowsSql(sort: SortKey, descending: boolean): string {
  return `${RUN_SUMMARY} where r.rowid in (select value from json_each(?)) order by ${orderOf(sort, descending)}`
}

/** one row a run, counted in the program: one pass over the list instead of one a field */
export function facetSql(where: string): string {
  const fields = Object.entries(FACETS).map(([name, column]) => `${column} as ${name}`)
  return `select ${fields.join(', ')}, r.tags ${FROM} where r.deleted = ? and ${where}`
}

export function groupSql(where: string, by: readonly GroupKey[]): string {
  const keys = by.map((key, k) => `${GROUPS[key]} as k${k}`).join(', ')
  return `select r.id, r.test_accuracy as accuracy, ${keys} ${from(where + keys)} where r.deleted = 0 and ${where}
    order by r.created_at desc, r.rowid desc`
}

export function runList(db: Db) {
  const bound = (deleted: boolean, { values }: Condition): (string | number)[] => [deleted ? 1 : 0, ...values]
  const sizes = db.prepare<[], { listed: number; trashed: number }>(
    'select count(*) filter (where not deleted) as listed, count(*) filter (where deleted) as trashed from run'
  )
  const total = (deleted: boolean, where: Condition): number =>
    db
      .prepare<unknown[], number>(`select count(*) ${from(where.sql)} where r.deleted = ? and ${where.sql}`)
      .pluck()
      .get(...bound(deleted, where)) ?? 0

  const settings = settingsKept(db)
  /** puts the name of its settings into each row that has their number there */
  const nameSettings = (rows: readonly { [key: string]: string | number | null }[], key: string): void => {
    const configs = [...settings([...new Set(rows.map((row) => Number(row[key])))])]
    const names = settingsNames(configs.map(([, config]) => config))
    const nameOf = new Map(configs.map(([number], k) => [number, names[k]]))
    for (const row of rows) row[key] = nameOf.get(Number(row[key])) ?? null
  }

  return {
    page: ({ filter, deleted, sort, descending, offset, limit }: RunQuery): RunPage => {
      const where = runFilter(filter)
      const { listed = 0, trashed = 0 } = sizes.get() ?? {}
      const found = db
        .prepare<unknown[], { at: number; total: number | null }>(pageSql(where.sql, sort, descending))
        .all(...bound(deleted, where), limit, offset)
      const rows = db
        .prepare<[string], SummaryRow>(rowsSql(sort, descending))
        .all(JSON.stringify(found.map(({ at }) => at)))
      const kept = (): number => found.at(0)?.total ?? (offset === 0 ? 0 : total(deleted, where))
      const all = deleted ? trashed : listed
      return { runs: rows.map(summaryOf), total: where.sql === EVERY ? all : kept(), listed, trashed }
    },
    /** ids of all that a filter keeps, newest first */
    ids: (filter: string, deleted: boolean): string[] => {
      const where = runFilter(filter)
      return db
        .prepare<unknown[], string>(`select r.id ${FROM} where r.deleted = ? and ${where.sql} order by r.rowid desc`)
        .pluck()
        .all(...bound(deleted, where))
    },
    facets: (filter: string, deleted: boolean): Facet[] => {
      const where = runFilter(filter)
      const counts = [...Object.keys(FACETS), 'tag'].map((field) => ({ field, runs: new Map<string, number>() }))
      const tags = counts[counts.length - 1].runs
      const add = (runs: Map<string, number>, value: string): unknown => runs.set(value, (runs.get(value) ?? 0) + 1)
      const rows = db
        .prepare<unknown[], string[]>(facetSql(where.sql))
        .raw()
        .iterate(...bound(deleted, where))
      for (const row of rows) {
        for (let k = 0; k < row.length - 1; k++) add(counts[k].runs, row[k])
        const own = row[row.length - 1]
        if (own !== '[]') for (const tag of JSON.parse(own) as string[]) add(tags, tag)
      }
      return counts.map(({ field, runs }) => ({ field, values: mostFrequent(runs) }))
    },
    groups: (filter: string, by: readonly GroupKey[]): RunGroup[] => {
      const where = runFilter(filter)
      const rows = db
        .prepare<unknown[], { id: string; accuracy: number | null; [key: string]: string | number | null }>(
          groupSql(where.sql, by)
        )
        .all(...where.values)
      const config = by.indexOf('config')
      if (config >= 0) nameSettings(rows, `k${config}`)
      const groups = new Map<string, RunGroup>()
      for (const row of rows) {
        const values = by.map((_, k) => row[`k${k}`] ?? '')
        const id = JSON.stringify(values)
        const group = groups.get(id) ?? {
          key: Object.fromEntries(by.map((key, k) => [key, values[k]])),
          members: 0,
          accuracies: [],
          runs: []
        }
        groups.set(id, group)
        group.members++
        if (row.accuracy !== null) group.accuracies.push(row.accuracy)
        if (group.runs.length < GROUP_RUNS) group.runs.push(row.id)
      }
      for (const group of groups.values()) group.accuracies.sort((a, b) => a - b)
      return [...groups.values()]
    }
  }
}

function mostFrequent(runs: ReadonlyMap<string, number>): Facet['values'] {
  return [...runs]
    .map(([value, n]) => ({ value, runs: n }))
    .sort((a, b) => b.runs - a.runs || (a.value < b.value ? -1 : 1))
    .slice(0, FACET_VALUES)
}
