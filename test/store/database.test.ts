import Database from 'better-sqlite3'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase, SCHEMA_VERSION } from '../../src-main/store/database'
import { foundation } from '../../src-main/store/migrations/0010-foundation'
import { migrations } from '../../src-main/store/migrations/index'
import { openStore } from '../../src-main/store/index'
import { styleOfNumber } from '../../src-main/store/runs/style'
import { sqliteBinding } from '../../src-main/store/native'
import { temporaryFolder } from './fixtures'

const nativeBinding = sqliteBinding()
const raw = (file: string): Database.Database => new Database(file, nativeBinding ? { nativeBinding } : {})

const NEXT = { version: 20, name: '0020-next', sql: 'create table next (a integer) strict' }
const BROKEN = { version: 20, name: '0020-broken', sql: 'create table next (a integer) strict; create table chip (a)' }

function database(): string {
  const file = path.join(temporaryFolder(), 'inloop.db')
  openDatabase(file, [foundation]).close()
  return file
}

describe('migrations', () => {
  it('are numbered upwards, each named by its number', () => {
    migrations.forEach(({ version, name }, k) => {
      expect(version).toBeGreaterThan(migrations[k - 1]?.version ?? 0)
      expect(name.startsWith(String(version).padStart(4, '0'))).toBe(true)
    })
  })

  it('bring a new file to the newest schema, with a write-ahead log and foreign keys', () => {
    const db = openDatabase(path.join(temporaryFolder(), 'deep', 'inloop.db'))
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    db.close()
  })

  it('keep the chips and calibrations of the first release: recipe A, new, at 30 °C', () => {
    const file = database()
    const old = raw(file)
    old.exec(`insert into job (id, kind, status, title, input, owner, created_at)
        values ('j-1', 'calibrate', 'done', 't', '{}', 'nobody', '2026-01-01T00:00:00.000Z');
      insert into chip (id, name, model, seed, mismatch, neurons, serial, created_at)
        values ('hx-1', 'a', 'hicann-x', 1, 1, 512, 'HX-1', '2026-01-01T00:00:00.000Z');
      insert into calibration (id, chip, job, config, config_hash, targets, seed, chip_serial, chip_seed, excluded,
          versions, host, neurons, created_at, complete)
        values ('c-1', 'hx-1', 'j-1', '{}', '${'a'.repeat(64)}', '{}', 1, 'HX-1', 1, '[]', '{}', 'here', 512,
          '2026-01-01T00:00:00.000Z', 1)`)
    old.close()
    const store = openStore(file)
    expect(store.chips.get('hx-1')).toMatchObject({ recipe: 'A', quirks: false, ageDays: 0, temperature: 30 })
    expect(store.chips.history('hx-1')).toEqual([])
    expect(store.calibrations.get('c-1')).toMatchObject({ ageDays: 0, temperature: 30 })
    store.close()
  })

  it('keep the colour and the line that each old run was shown in', () => {
    const file = path.join(temporaryFolder(), 'inloop.db')
    openDatabase(
      file,
      migrations.filter(({ version }) => version < 121)
    ).close()
    const old = raw(file)
    for (const n of [1, 8, 13, 21, 31, 40]) {
      old.exec(`insert into job (id, kind, status, title, input, owner, created_at)
          values ('j-${n}', 'train', 'done', 't', '{}', 'nobody', '2026-01-01T00:00:00.000Z');
        insert into run (id, job, name, method, config, config_hash, seed, seeds, dataset, dataset_sha256, chip_serial,
            calibration_use, excluded, versions, host, epochs, created_at)
          values ('r-${n}', 'j-${n}', 'r-${n}', 'surrogate', '{}', '${'a'.repeat(64)}', 1, '{}', 'mnist16',
            '${'a'.repeat(64)}', 'ideal', 'ideal', '[]', '{}', 'here', 30, '2026-01-01T00:00:00.000Z')`)
    }
    old.close()
    const store = openStore(file)
    const shown = ['r-1', 'r-8', 'r-13', 'r-21', 'r-31', 'r-40'].map((id) => store.runs.summary(id))
    expect(shown.map(({ id, colour, line }) => ({ id, colour, line }))).toEqual(
      shown.map(({ id }) => ({ id, ...styleOfNumber(id) }))
    )
    store.close()
  })

  it('make a backup that opens before they change an older database', () => {
    const file = database()
    openDatabase(file, [foundation, NEXT]).close()
    const backup = raw(`${file}.schema-10.backup`)
    expect(backup.pragma('user_version', { simple: true })).toBe(10)
    expect(backup.prepare("select count(*) as n from sqlite_schema where name = 'run'").get()).toEqual({ n: 1 })
    backup.close()
    const db = raw(file)
    expect(db.pragma('user_version', { simple: true })).toBe(20)
    db.close()
  })

  it('that fail leave everything as it was', () => {
    const file = database()
    expect(() => openDatabase(file, [foundation, BROKEN])).toThrow('chip')
    const db = raw(file)
    expect(db.pragma('user_version', { simple: true })).toBe(10)
    expect(db.prepare("select count(*) as n from sqlite_schema where name = 'next'").get()).toEqual({ n: 0 })
    db.close()
  })
})

describe('a database that is not for this program', () => {
  it('of a newer version is refused in one line and not touched', () => {
    const file = database()
    openDatabase(file, [foundation, NEXT]).close()
    const before = fs.readFileSync(file)
    const names = fs.readdirSync(path.dirname(file))
    expect(() => openDatabase(file, [foundation])).toThrow(
      expect.objectContaining({
        code: 'newer-database',
        message: expect.stringMatching(/^[^\n]*schema 20[^\n]*$/) as string
      })
    )
    expect(fs.readFileSync(file).equals(before)).toBe(true)
    expect(fs.readdirSync(path.dirname(file))).toEqual(names)
  })

  it('of another program is refused', () => {
    const file = path.join(temporaryFolder(), 'inloop.db')
    const other = raw(file)
    other.pragma('application_id = 7')
    other.exec('create table t (a)')
    other.close()
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'damaged-file' }))
  })

  it('that is no database at all is refused', () => {
    const file = path.join(temporaryFolder(), 'inloop.db')
    fs.writeFileSync(
      file,
      'these are my notes, long enough to have a header of a hundred bytes, which is what is read of it first'
    )
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'damaged-file' }))
  })
})
