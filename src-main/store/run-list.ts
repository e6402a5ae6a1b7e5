/** The list of runs: any filter, any order, a page of it, how many there are, and what they could be narrowed to. */
import type { Db } from './database'
import { type Condition, runFilter } from './run-filter'
import { type RunSummary, RUN_SUMMARY, summaryOf, type SummaryRow } from './runs'

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

export const FACETS = {
  status: 'j.status',
  method: 'r.method',
  dataset: 'r.dataset',
  chip: "coalesce(c.name, 'ideal')",
  star: "(case when r.star then 'yes' else 'no' end)"
} as const

/** by what runs can be taken together; a group's members differ in everything else */
export const GROUPS = { ...FACETS, seed: 'r.seed', calibration: SORTS.calibration, config: 'r.config_hash' } as const
export type GroupKey = keyof typeof GROUPS

export interface RunQuery {
  filter: string
  deleted: boolean
  sort: SortKey
  descending: boolean
  offset: number
  limit: number
}

export interface Facet {
  field: string
  values: { value: string; runs: number }[]
}

export interface RunGroup {
  key: { [field: string]: string | number }
  /** test accuracies of the members that have one, rising */
  accuracies: number[]
  runs: string[]
}

const FROM = 'from run r join job j on j.id = r.job left join chip c on c.id = r.chip'
/** most values a facet shows; the rest can be typed */
const FACET_VALUES = 40

/** members of a group that are named; the counts are of all */
const GROUP_RUNS = 500

/** newest first among equals; runs without a value come last in both directions */
export function listSql(where: string, sort: SortKey, descending: boolean): string {
  const by = SORTS[sort]
  return `${RUN_SUMMARY} where r.deleted = ? and ${where}
    order by ${by} is null, ${by} ${descending ? 'desc' : 'asc'}, r.created_at desc, r.rowid desc limit ? offset ?`
}

export function facetSql(where: string, field: keyof typeof FACETS): string {
  return `select ${FACETS[field]} as value, count(*) as runs ${FROM} where r.deleted = ? and ${where}
    group by 1 order by 2 desc, 1 limit ${FACET_VALUES}`
}

export function tagSql(where: string): string {
  return `select t.value as value, count(*) as runs ${FROM}, json_each(r.tags) t where r.deleted = ? and ${where}
    group by 1 order by 2 desc, 1 limit ${FACET_VALUES}`
}

export function runList(db: Db) {
  const bound = (deleted: boolean, { values }: Condition): (string | number)[] => [deleted ? 1 : 0, ...values]

  return {
    page: ({ filter, deleted, sort, descending, offset, limit }: RunQuery): { runs: RunSummary[]; total: number } => {
      const where = runFilter(filter)
      const rows = db
        .prepare<unknown[], SummaryRow>(listSql(where.sql, sort, descending))
        .all(...bound(deleted, where), limit, offset)
      const total = db
        .prepare<unknown[], { n: number }>(`select count(*) as n ${FROM} where r.deleted = ? and ${where.sql}`)
        .get(...bound(deleted, where))
      return { runs: rows.map(summaryOf), total: total?.n ?? 0 }
    },
    facets: (filter: string, deleted: boolean): Facet[] => {
      const where = runFilter(filter)
      const read = (sql: string): Facet['values'] =>
        db.prepare<unknown[], { value: string; runs: number }>(sql).all(...bound(deleted, where))
      const fields = Object.keys(FACETS) as (keyof typeof FACETS)[]
      return [
        ...fields.map((field) => ({ field, values: read(facetSql(where.sql, field)) })),
        { field: 'tag', values: read(tagSql(where.sql)) }
      ]
    },
    groups: (filter: string, by: readonly GroupKey[]): RunGroup[] => {
      const where = runFilter(filter)
      const keys = by.map((key, k) => `${GROUPS[key]} as k${k}`).join(', ')
      const rows = db
        .prepare<unknown[], { id: string; accuracy: number | null; [key: string]: string | number | null }>(
          `select r.id, r.test_accuracy as accuracy, ${keys} ${FROM} where r.deleted = 0 and ${where.sql}
           order by r.created_at desc, r.rowid desc`
        )
        .all(...where.values)
      const groups = new Map<string, RunGroup>()
      for (const row of rows) {
        const values = by.map((_, k) => row[`k${k}`] ?? '')
        const id = JSON.stringify(values)
        const group = groups.get(id) ?? {
          key: Object.fromEntries(by.map((key, k) => [key, values[k]])),
          accuracies: [],
          runs: []
        }
        groups.set(id, group)
        if (row.accuracy !== null) group.accuracies.push(row.accuracy)
        if (group.runs.length < GROUP_RUNS) group.runs.push(row.id)
      }
      for (const group of groups.values()) group.accuracies.sort((a, b) => a - b)
      return [...groups.values()]
    }
  }
}
