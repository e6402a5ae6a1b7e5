/** The store: one database, one object of queries a domain. Only the main process (or the command line) opens it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { calibrationUnits } from './calibration-units'
import { calibrations } from './calibrations'
import { chips } from './chips'
import { cannotBeWritten, type Db, openDatabase, openToLook } from './database'
import { StoreError } from './errors'
import { evaluations } from './runs/evaluations'
import { jobs } from './jobs'
import { measurements, schedules } from './measurements'
import { preferences, unkept } from './preferences'
import { prune } from './prune'
import { relatedRuns } from './runs/related'
import { runArrays } from './runs/arrays'
import { runOrigins } from './runs/origin'
import { runCurves } from './runs/curves'
import { runList } from './runs/list'
import { runs } from './runs/runs'
import { numberAll } from './runs/settings'
import { sequence } from './sequence'
import { sqlViews } from './sql'

export type Store = ReturnType<typeof openStore>

/**
 * @param file path of the database; it and its folder are made if need be. Where it cannot be written it is opened to be
 * looked at, as is what a newer version wrote.
 * @throws StoreError `newer-database` where a newer version changed what this one reads
 */
export function openStore(file: string) {
  if (cannotBeWritten(file)) return copyOf(file)
  try {
    return storeOf(file, filled(file))
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'newer-database') throw error
    const db = openToLook(file)
    try {
      return storeOf(file, db, 'newer')
    } catch {
      // a table or a column is another one there
      db.close()
      throw error
    }
  }
}

/** with what a migration could not say in SQL */
function filled(file: string): Db {
  const db = openDatabase(file)
  try {
    numberAll(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** SQLite needs files beside a database with a log, also to read it: where none can be made, a copy is looked at */
function copyOf(file: string): ReturnType<typeof storeOf> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-read-only-'))
  const copy = path.join(folder, path.basename(file))
  const remove = (): void => fs.rmSync(folder, { recursive: true, force: true })
  try {
    for (const end of ['', '-wal']) {
      if (!fs.existsSync(file + end)) continue
      fs.copyFileSync(file + end, copy + end, fs.constants.COPYFILE_FICLONE)
      fs.chmodSync(copy + end, 0o600)
    }
    // brings an older schema to this one's: the copy's, not the file's
    filled(copy).close()
    return storeOf(copy, openToLook(copy), 'write-protected', remove)
  } catch (error) {
    remove()
    throw error
  }
}

/** why a store cannot be written; null: it can */
export type Barred = 'newer' | 'write-protected' | null

function storeOf(file: string, db: Db, barred: Barred = null, afterwards: () => void = () => {}) {
  const nextId = sequence(db)
  const version = db.prepare<[], { v: string }>('select sqlite_version() as v')
  return {
    file,
    /** it can be looked at */
    readOnly: db.readonly,
    barred,
    /** of the file; a newer version's is above SCHEMA_VERSION */
    schema: Number(db.pragma('user_version', { simple: true })),
    chips: chips(db, nextId),
    calibrations: calibrations(db, nextId),
    calibrationUnits: calibrationUnits(db),
    measurements: measurements(db),
    schedules: schedules(db),
    runs: runs(db, nextId),
    runList: runList(db),
    runCurves: runCurves(db),
    runArrays: runArrays(db),
    runOrigins: runOrigins(db),
    relatedRuns: relatedRuns(db),
    evaluations: evaluations(db, nextId),
    jobs: jobs(db, nextId),
    preferences: db.readonly ? unkept(preferences(db)) : preferences(db),
    prune: prune(db),
    /** of pages that hold nothing */
    freeBytes: (): number =>
      Number(db.pragma('freelist_count', { simple: true })) * Number(db.pragma('page_size', { simple: true })),
    sqlViews: () => sqlViews(db),
    /** all of it or nothing; takes the write lock at once, so that two processes cannot deadlock */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    /** changes when another connection has written */
    foreignVersion: (): number => Number(db.pragma('data_version', { simple: true })),
    sqliteVersion: (): string => version.get()?.v ?? '',
    /** @returns "ok", or what is wrong */
    integrity: (): string => {
      const broken = db.pragma('integrity_check(3)') as { integrity_check: string }[]
      const orphans = db.pragma('foreign_key_check') as unknown[]
      if (orphans.length) return `${orphans.length} rows refer to rows that are gone`
      return broken.map((row) => row.integrity_check).join('; ')
    },
    bytes: (): number =>
      ['', '-wal'].reduce((sum, end) => sum + (fs.statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0),
    /** a consistent, compacted copy, made while others may read and write */
    backup: (to: string): void => {
      if (fs.existsSync(to)) throw new StoreError('conflict', `${to} exists already; name a new file`)
      if (!fs.existsSync(path.dirname(to)))
        throw new StoreError('bad-input', `file: ${to} given; there is no folder ${path.dirname(to)}`)
      db.prepare('vacuum into ?').run(to)
    },
    close: (): void => {
      db.close()
      afterwards()
    }
  }
}
