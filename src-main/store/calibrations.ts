/** Calibrations: immutable results. Metadata and one row a routine here; per-neuron arrays in calibration_array. */
import { sha256 } from './canonical'
import type { Db } from './database'
import { StoreError } from './errors'
import { pack, unpack } from './pack'
import { recordColumns, type WorkRecord, type RecordColumns, recordOf } from './records'
import type { NextId } from './sequence'

export interface CalibrationSummary {
  id: string
  chip: string
  active: boolean
  complete: boolean
  createdAt: string
  seconds: number
  neurons: number
  usable: number
  seed: number
  /** of the chip when it was made */
  ageDays: number
  temperature: number
  targets: { [name: string]: number }
  /** of everything that it came to; null while it is not complete, or of one made before this was kept */
  sha256: string | null
}

export interface Calibration extends CalibrationSummary, WorkRecord {
  job: string
  chipSerial: string
  excluded: number[]
}

export interface Spread {
  median: number
  mad: number
  sd: number
}

export interface Routine {
  name: string
  label: string
  symbol: string
  quantity: string
  unit: string
  target: number | null
  limit: number | null
  before: Spread | null
  after: Spread | null
  spreadRatio: number | null
  passed: boolean
  reads: number
  failed: number[]
  seconds: number
}

const SUMMARY = `select k.id, k.chip, k.id = c.active_calibration as active, k.complete, k.created_at as createdAt,
  k.seconds, k.neurons, k.usable, k.seed, k.age_days as ageDays, k.temperature, k.targets,
  k.sha256 from calibration k join chip c on c.id = k.chip`

export const CALIBRATION_LIST = `${SUMMARY} order by k.created_at desc, k.rowid desc`

type SummaryRow = Omit<CalibrationSummary, 'active' | 'complete' | 'targets'> & {
  active: number | null
  complete: number
  targets: string
}
type FullRow = RecordColumns & { job: string; chip_serial: string; excluded: string }

export function calibrations(db: Db, nextId: NextId) {
  const list = db.prepare<[], SummaryRow>(CALIBRATION_LIST)
  const ofChip = db.prepare<[string], SummaryRow>(
    `${SUMMARY} where k.chip = ? order by k.created_at desc, k.rowid desc`
  )
  const one = db.prepare<[string], SummaryRow>(`${SUMMARY} where k.id = ?`)
  const rest = db.prepare<[string], FullRow>(
    `select job, chip_serial, excluded, config, config_hash, versions, host, created_at from calibration where id = ?`
  )
  const insert = db.prepare(
    `insert into calibration (id, chip, job, config, config_hash, targets, seed, chip_serial, chip_seed, excluded,
       versions, host, neurons, created_at, age_days, temperature)
     values (@id, @chip, @job, @config, @config_hash, @targets, @seed, @chipSerial, @chipSeed, @excluded,
       @versions, @host, @neurons, @created_at, @ageDays, @temperature)`
  )
  const finish = db.prepare(
    `update calibration set complete = @complete, usable = @usable, seconds = @seconds, hardware_ms = @hardwareMs,
       targets = @targets, sha256 = @sha256 where id = @id`
  )
  const clear = db.prepare('delete from calibration_routine where calibration = ?')
  const insertRoutine = db.prepare(
    `insert into calibration_routine values (@calibration, @position, @name, @label, @symbol, @quantity, @unit,
       @target, @limit, @beforeMedian, @beforeMad, @beforeSd, @afterMedian, @afterMad, @afterSd, @spreadRatio, @passed,
       @reads, @failed, @seconds)`
  )
  const routines = db.prepare<[string], RoutineRow>(
    `select name, label, symbol, quantity, unit, target, ratio_limit as "limit", before_median, before_mad, before_sd,
       after_median, after_mad, after_sd, spread_ratio as spreadRatio, passed, reads, failed, seconds
     from calibration_routine where calibration = ? order by position`
  )
  const putArray = db.prepare('insert or replace into calibration_array values (?, ?, ?)')
  const getArray = db.prepare<[string, string], { data: Buffer }>(
    'select data from calibration_array where calibration = ? and part = ?'
  )

  const parts = db.prepare<[string], { part: string }>('select part from calibration_array where calibration = ?')
  const hardware = db.prepare<[string], { ms: number }>('select hardware_ms as ms from calibration where id = ?')

  const get = (id: string): Calibration => {
    const row = one.get(id)
    const more = rest.get(id)
    if (!row || !more) throw unknown(id)
    return {
      ...summaryOf(row),
      ...recordOf(more),
      job: more.job,
      chipSerial: more.chip_serial,
      excluded: JSON.parse(more.excluded) as number[]
    }
  }

  return {
    summary: (id: string): CalibrationSummary => {
      const row = one.get(id)
      if (!row) throw unknown(id)
      return summaryOf(row)
    },
    list: (chip?: string): CalibrationSummary[] => (chip === undefined ? list.all() : ofChip.all(chip)).map(summaryOf),
    get,
    create: (
      made: WorkRecord & {
        chip: string
        job: string
        targets: { readonly [name: string]: number }
        seed: number
        chipSerial: string
        chipSeed: number
        ageDays: number
        temperature: number
        excluded: readonly number[]
        neurons: number
      }
    ): string => {
      const id = nextId('c')
      insert.run({
        ...recordColumns(made),
        id,
        chip: made.chip,
        job: made.job,
        targets: JSON.stringify(made.targets),
        seed: made.seed,
        chipSerial: made.chipSerial,
        chipSeed: made.chipSeed,
        ageDays: made.ageDays,
        temperature: made.temperature,
        excluded: JSON.stringify(made.excluded),
        neurons: made.neurons
      })
      return id
    },
    finish: (
      id: string,
      result: {
        complete: boolean
        usable: number
        seconds: number
        hardwareMs: number
        targets: { readonly [name: string]: number }
        routines: readonly Routine[]
        arrays: { readonly [part: string]: unknown }
      }
    ): void => {
      finish.run({
        id,
        sha256: arraysHash(result.arrays),
        complete: result.complete ? 1 : 0,
        usable: result.usable,
        seconds: result.seconds,
        hardwareMs: result.hardwareMs,
        targets: JSON.stringify(result.targets)
      })
      clear.run(id)
      result.routines.forEach((routine, position) =>
        insertRoutine.run({ ...routineColumns(routine), calibration: id, position })
      )
      for (const [part, value] of Object.entries(result.arrays)) putArray.run(id, part, pack(value))
    },
    routines: (id: string): Routine[] => routines.all(id).map(routineOf),
    hardwareMs: (id: string): number => hardware.get(id)?.ms ?? 0,
    /** names of all arrays */
    parts: (id: string): string[] => parts.all(id).map(({ part }) => part),
    /** @returns what `finish` was given under this name, or undefined */
    array: <T>(id: string, part: string): T | undefined => {
      const row = getArray.get(id, part)
      return row && unpack<T>(row.data)
    }
  }
}

/** SHA-256 over arrays by their names, in whatever order they come */
export function arraysHash(arrays: { readonly [part: string]: unknown }): string {
  const lines = Object.entries(arrays).map(([part, value]) => `${part} ${sha256(pack(value))}`)
  return sha256(lines.sort().join('\n'))
}

function unknown(id: string): StoreError {
  return new StoreError('not-found', `calibration "${id}" does not exist; see \`inloop calibration list\``)
}

type RoutineRow = Omit<Routine, 'before' | 'after' | 'passed' | 'failed'> & {
  before_median: number | null
  before_mad: number | null
  before_sd: number | null
  after_median: number | null
  after_mad: number | null
  after_sd: number | null
  passed: number
  failed: string
}

function routineColumns(routine: Routine) {
  const { before, after, passed, failed, ...same } = routine
  return {
    ...same,
    beforeMedian: before?.median ?? null,
    beforeMad: before?.mad ?? null,
    beforeSd: before?.sd ?? null,
    afterMedian: after?.median ?? null,
    afterMad: after?.mad ?? null,
    afterSd: after?.sd ?? null,
    passed: passed ? 1 : 0,
    failed: JSON.stringify(failed)
  }
}

function routineOf(row: RoutineRow): Routine {
  const { before_median, before_mad, before_sd, after_median, after_mad, after_sd, passed, failed, ...same } = row
  return {
    ...same,
    before: spread(before_median, before_mad, before_sd),
    after: spread(after_median, after_mad, after_sd),
    passed: passed === 1,
    failed: JSON.parse(failed) as number[]
  }
}

function spread(median: number | null, mad: number | null, sd: number | null): Spread | null {
  return median === null || mad === null || sd === null ? null : { median, mad, sd }
}

function summaryOf(row: SummaryRow): CalibrationSummary {
  return {
    ...row,
    active: row.active === 1,
    complete: row.complete === 1,
    targets: JSON.parse(row.targets) as CalibrationSummary['targets']
  }
}
