/** What list queries cost: they read narrow tables through indices, and never an array. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { CALIBRATION_LIST } from '../../src-main/store/calibrations'
import { CHIP_LIST } from '../../src-main/store/chips'
import { JOB_LIST } from '../../src-main/store/jobs'
import { migrations } from '../../src-main/store/migrations/index'
import { sqliteBinding } from '../../src-main/store/native'
import { FACETS, facetSql, listSql, type SortKey, SORTS, tagSql } from '../../src-main/store/run-list'
import { runFilter } from '../../src-main/store/run-filter'
import { idealRun, newJob, temporaryStore } from './fixtures'

const nativeBinding = sqliteBinding()
const db = new Database(':memory:', nativeBinding ? { nativeBinding } : {})
for (const { sql } of migrations) db.exec(sql)

interface Column {
  name: string
  type: string
}
const tables = db
  .prepare<[], Column>("select name from sqlite_schema where type = 'table'")
  .all()
  .map((t) => t.name)
const withArrays = tables.filter((table) =>
  (db.pragma(`table_info(${table})`) as Column[]).some((column) => column.type === 'BLOB')
)
const where = runFilter('sweep chip:HX accuracy>0.9 tag:night config.learningRate>0.001 OR NOT star:yes').sql
const lists = {
  CHIP_LIST,
  CALIBRATION_LIST,
  JOB_LIST,
  ...Object.fromEntries((Object.keys(SORTS) as SortKey[]).map((key) => [`runs by ${key}`, listSql(where, key, true)])),
  ...Object.fromEntries(
    (Object.keys(FACETS) as (keyof typeof FACETS)[]).map((f) => [`facet ${f}`, facetSql(where, f)])
  ),
  'facet tag': tagSql(where)
}

it('arrays are in tables of their own', () => {
  expect(withArrays.sort()).toEqual([
    'calibration_array',
    'calibration_state',
    'calibration_unit',
    'checkpoint',
    'dashboard',
    'evaluation_array',
    'measurement_array'
  ])
})

it.each(Object.entries(lists))('%s reads no table with arrays and no column of bytes', (_name, sql) => {
  const statement = db.prepare(sql)
  for (const { table, type } of statement.columns()) {
    expect(withArrays).not.toContain(table)
    expect(type).not.toBe('BLOB')
  }
  const bind = Array.from({ length: sql.split('?').length - 1 }, () => 1)
  const plan = db.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...bind)
  for (const table of withArrays)
    for (const { detail } of plan) expect(detail).not.toMatch(new RegExp(`\\b${table}\\b`))
})

const FILTERS = [
  '',
  'sweep',
  'accuracy>=96% AND (chip:ideal OR tag:night) -status:failed',
  'NOT note:old config.learningRate>0.001'
]

it('page, facets and groups of 10,000 runs are there in less than 100 ms, whatever the filter and the order', () => {
  const store = temporaryStore()
  store.transaction(() => {
    for (let k = 0; k < 10_000; k++) {
      const id = store.runs.create({
        ...idealRun(newJob(store)),
        config: { learningRate: k / 1e6 },
        name: k % 7 ? `run ${k}` : `sweep ${k}`,
        createdAt: new Date(k).toISOString()
      })
      if (k % 5 === 0) store.runs.tag(id, ['night'])
    }
  })
  const fastest = (work: () => void): number => {
    const times = [0, 1, 2, 3, 4].map(() => {
      const start = performance.now()
      work()
      return performance.now() - start
    })
    return Math.min(...times)
  }
  const basis = { filter: '', deleted: false, sort: 'started', descending: true, offset: 0, limit: 200 } as const
  expect(store.runList.page(basis)).toMatchObject({ total: 10_000, runs: { length: 200, 0: { id: 'r-10000' } } })
  for (const filter of FILTERS) {
    for (const sort of Object.keys(SORTS) as SortKey[])
      expect(
        fastest(() => store.runList.page({ ...basis, filter, sort })),
        `${filter} by ${sort}`
      ).toBeLessThan(100)
    expect(
      fastest(() => store.runList.facets(filter, false)),
      `facets of ${filter}`
    ).toBeLessThan(100)
    expect(
      fastest(() => store.runList.groups(filter, ['chip', 'seed'])),
      `groups of ${filter}`
    ).toBeLessThan(100)
  }
})
