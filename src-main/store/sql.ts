/** Questions in SQL that change nothing: one statement that reads, so many rows, and no bytes. */
import Database from 'better-sqlite3'
import { sqliteBinding } from './native'
import { StoreError } from './errors'
import type { Db } from './database'

export type Cell = string | number | null

export interface SqlQuestion {
  query: string
  /** most rows, and most characters of all cells together */
  limit: number
  characters: number
}

export interface SqlAnswer {
  columns: string[]
  rows: Cell[][]
  /** there would have been more */
  truncated: boolean
  ms: number
}

/** hears rows before the answer is whole: those since it was last told */
export type Tell = (part: Pick<SqlAnswer, 'columns' | 'rows'>) => void

/** rows wait so long at most, ms, and no more than a sixteenth of those told: the next row may never come */
const [TELL_MS, TELL_SHARE] = [100, 1 / 16]

export interface SqlView {
  name: string
  help: string
  columns: string[]
}

/** a connection that cannot write, whatever is asked of it */
export function openForReading(file: string): Db {
  const nativeBinding = sqliteBinding()
  const db = new Database(file, { readonly: true, fileMustExist: true, ...(nativeBinding ? { nativeBinding } : {}) })
  db.pragma('query_only = ON')
  return db
}

/** @throws StoreError bad-input with SQLite's own words */
export function readSql(db: Db, { query, limit, characters }: SqlQuestion, tell?: Tell): SqlAnswer {
  const start = performance.now()
  let [told, toldAt] = [0, start]
  try {
    const statement = db.prepare<[], Cell[]>(query)
    if (!statement.reader || !statement.readonly) throw refused('this statement changes something or returns nothing')
    const columns = statement.columns().map(({ name }) => name)
    const rows: Cell[][] = []
    let left = characters
    let truncated = false
    for (const row of statement.raw().safeIntegers().iterate()) {
      const plain = (row as unknown[]).map(plainly)
      left -= plain.reduce<number>((sum, cell) => sum + String(cell).length + 1, 0)
      truncated = rows.length >= limit || left < 0
      if (truncated) break
      rows.push(plain)
      const untold = rows.length - told
      if (tell && (untold > TELL_SHARE * told || performance.now() - toldAt > TELL_MS)) {
        tell({ columns, rows: rows.slice(told) })
        told = rows.length
        toldAt = performance.now()
      }
    }
    return { columns, rows, truncated, ms: performance.now() - start }
  } catch (error) {
    throw error instanceof StoreError ? error : refused(error instanceof Error ? error.message : String(error))
  }
}

const refused = (why: string): StoreError =>
  new StoreError('bad-input', `query: ${why}; allowed: one statement that reads, e.g. select * from runs`)

/** whole numbers that a double cannot hold are written out */
function plainly(value: unknown): Cell {
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : String(value)
  return value instanceof Uint8Array ? `${value.length} bytes` : (value as Cell)
}

/** the views that are made to be asked, as the database itself has them */
export function sqlViews(db: Db): SqlView[] {
  const views = db
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'view' order by rowid`
    )
    .all()
  return views.map(({ name, sql }) => ({
    name,
    help: /as \/\* (.*?) \*\//.exec(sql)?.[1] ?? '',
    columns: db
      .prepare(`select * from "${name}"`)
      .columns()
      .map((column) => column.name)
  }))
}
