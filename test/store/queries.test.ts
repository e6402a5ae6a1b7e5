/** What list queries cost: they read narrow tables through indices, and never an array. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { CALIBRATION_LIST } from '../../src-main/store/calibrations'
import { CHIP_LIST } from '../../src-main/store/chips'
import { JOB_LIST } from '../../src-main/store/jobs'
import { foundation } from '../../src-main/store/migrations/0010-foundation'
import { sqliteBinding } from '../../src-main/store/native'
import { RUN_LIST } from '../../src-main/store/runs'
import { idealRun, newJob, temporaryStore } from './fixtures'

const nativeBinding = sqliteBinding()
const db = new Database(':memory:', nativeBinding ? { nativeBinding } : {})
db.exec(foundation.sql)

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
const lists = { CHIP_LIST, CALIBRATION_LIST, RUN_LIST, JOB_LIST }

it('arrays are in tables of their own', () => {
  expect(withArrays.sort()).toEqual(['calibration_array', 'checkpoint', 'dashboard', 'evaluation_array'])
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

it('the first page of 10,000 runs is there in less than 100 ms', () => {
  const store = temporaryStore()
  store.transaction(() => {
    for (let k = 0; k < 10_000; k++)
      store.runs.create({ ...idealRun(newJob(store)), createdAt: new Date(k).toISOString() })
  })
  store.runs.list(false, 500)
  const start = performance.now()
  const runs = store.runs.list(false, 500)
  expect(performance.now() - start).toBeLessThan(100)
  expect(runs).toHaveLength(500)
  expect(runs[0].id).toBe('r-10000')
})
