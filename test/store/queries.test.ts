/** What list queries cost: they read narrow tables through indices, and never an array. Times: handlers/budgets.test.ts. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { CALIBRATION_LIST } from '../../src-main/store/calibrations'
import { CHIP_LIST } from '../../src-main/store/chips'
import { JOB_LIST } from '../../src-main/store/jobs'
import { migrations } from '../../src-main/store/migrations/index'
import { sqliteBinding } from '../../src-main/store/native'
import { CURVES_SQL } from '../../src-main/store/runs/curves'
import { facetSql, groupSql, pageSql, rowsSql, type SortKey, SORTS } from '../../src-main/store/runs/list'
import { runFilter } from '../../src-main/store/runs/filter'

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
  ...Object.fromEntries((Object.keys(SORTS) as SortKey[]).map((key) => [`runs by ${key}`, pageSql(where, key, true)])),
  ...Object.fromEntries((Object.keys(SORTS) as SortKey[]).map((key) => [`rows by ${key}`, rowsSql(key, true)])),
  curves: CURVES_SQL,
  facets: facetSql(where),
  groups: groupSql(where, ['chip', 'method', 'config'])
}

it('arrays are in tables of their own', () => {
  expect(withArrays.sort()).toEqual([
    'calibration_array',
    'calibration_state',
    'calibration_unit',
    'checkpoint',
    'dashboard',
    'evaluation_array',
    'measurement_array',
    'run_plane'
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
