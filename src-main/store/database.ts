/**
 * Opens the workspace's database: write-ahead log, foreign keys, migrations. A database of a newer version, or a file
 * that is not ours, is refused before a byte of it is touched; a backup is made before an older one is migrated. What a
 * newer version wrote can be opened to be looked at.
 */
import Database from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { StoreError } from './errors'
import { migrations as released, type Migration } from './migrations/index'
import { sqliteBinding } from './native'

export type Db = Database.Database

/** "INLP" in SQLite's application id */
const APPLICATION = 0x494e4c50

/** schema version of this program */
export const SCHEMA_VERSION = released[released.length - 1].version

export function openDatabase(file: string, migrations: readonly Migration[] = released): Db {
  makeFolder(path.dirname(file))
  const newest = migrations[migrations.length - 1].version
  refuseForeign(file, newest)
  const db = connect(file)
  try {
    refuseNewer(file, Number(db.pragma('user_version', { simple: true })), newest)
    db.pragma('journal_mode = WAL')
    // durable against a crash of the program (not of the power supply): the right price for ten appends a second
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db, file, migrations)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** a database that a newer version made, or a copy: SQLite itself keeps it from being written */
export const openToLook = (file: string): Db => connect(file, { readonly: true })

/** there is a database, in a folder or a file that this user may not write */
export function cannotBeWritten(file: string): boolean {
  if (!fs.existsSync(file)) return false
  try {
    for (const place of [file, path.dirname(file)]) fs.accessSync(place, fs.constants.W_OK)
    return false
  } catch {
    return true
  }
}

function connect(file: string, options: Database.Options = {}): Db {
  const nativeBinding = sqliteBinding()
  return new Database(file, { timeout: 10_000, ...(nativeBinding ? { nativeBinding } : {}), ...options })
}

/** one after the other: in folders of the system that make none, Node's own recursion does not end */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    fs.mkdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    throw new StoreError('bad-input', `workspace: ${folder} given (${code}); allowed: a folder that can be written`)
  }
}

/** reads the file's header (SQLite file format 1.3): version at byte 60, application at byte 68 */
function refuseForeign(file: string, newest: number): void {
  const found = fs.statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() === false) throw new StoreError('damaged-file', `${file} is no file; choose another --workspace`)
  if (!found || found.size === 0) return
  const header = Buffer.alloc(100)
  const descriptor = fs.openSync(file, 'r')
  try {
    fs.readSync(descriptor, header, 0, 100, 0)
  } finally {
    fs.closeSync(descriptor)
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') {
    throw new StoreError('damaged-file', `${file} is not a database of Inloop; choose another --workspace`)
  }
  const application = header.readUInt32BE(68)
  if (application !== APPLICATION && application !== 0) {
    throw new StoreError('damaged-file', `${file} is a database of another program; choose another --workspace`)
  }
  refuseNewer(file, header.readUInt32BE(60), newest)
}

function refuseNewer(file: string, version: number, newest: number): void {
  if (version <= newest) return
  throw new StoreError(
    'newer-database',
    `${file} has schema ${version}, made by a newer Inloop; this one knows up to ${newest}: update Inloop or choose another --workspace`
  )
}

/** all or nothing: a failing step leaves the database as it was, and the copy beside it says where it stood */
function migrate(db: Db, file: string, migrations: readonly Migration[]): void {
  const version = (): number => Number(db.pragma('user_version', { simple: true }))
  const from = version()
  if (from === migrations[migrations.length - 1].version) return
  if (from > 0) db.prepare('vacuum into ?').run(freeName(`${file}.schema-${from}.backup`))
  const step = db.transaction(() => {
    for (const migration of migrations.filter((m) => m.version > version())) {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
    }
    db.pragma(`application_id = ${APPLICATION}`)
  })
  // another process may be doing the same: it holds the write lock, and afterwards there is nothing left to do
  step.immediate()
}

function freeName(name: string): string {
  let free = name
  for (let k = 2; fs.existsSync(free); k++) free = `${name}-${k}`
  return free
}
