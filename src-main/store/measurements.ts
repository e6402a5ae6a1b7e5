/** Chips that were measured again, and the times at which they are calibrated by themselves. The only SQL about them. */
import type { Db } from './database'
import { pack, unpack } from './pack'

export interface Measurement {
  job: string
  chip: string
  calibration: string
  at: string
  ageDays: number
  temperature: number
  passed: boolean
}

/** of one quantity, a value a neuron (or driver, synapse) */
export interface Readings {
  mean: Float64Array
  sigma: Float64Array
}

export interface Schedule {
  chip: string
  /** of the day, local, e.g. "03:00" */
  time: string
  /** when it last came due */
  lastAt: string | null
}

export function measurements(db: Db) {
  const insert = db.prepare(
    'insert or replace into measurement values (@job, @chip, @calibration, @at, @ageDays, @temperature, @passed)'
  )
  const put = db.prepare('insert or replace into measurement_array values (?, ?, ?)')
  const ofChip = db.prepare<[string], Omit<Measurement, 'passed'> & { passed: number }>(
    `select job, chip, calibration, at, age_days as ageDays, temperature, passed from measurement
     where chip = ? order by at`
  )
  const get = db.prepare<[string, string], { data: Buffer }>(
    'select data from measurement_array where job = ? and metric = ?'
  )
  return {
    save: (made: Measurement, readings: { readonly [metric: string]: Readings }): void => {
      insert.run({ ...made, passed: made.passed ? 1 : 0 })
      for (const [metric, values] of Object.entries(readings)) put.run(made.job, metric, pack(values))
    },
    /** oldest first */
    ofChip: (chip: string): Measurement[] => ofChip.all(chip).map((row) => ({ ...row, passed: row.passed === 1 })),
    readings: (job: string, metric: string): Readings | undefined => {
      const row = get.get(job, metric)
      return row && unpack<Readings>(row.data)
    }
  }
}

export function schedules(db: Db) {
  const all = db.prepare<[], Schedule>('select chip, time, last_at as lastAt from schedule order by chip')
  const put = db.prepare(
    'insert into schedule (chip, time) values (?, ?) on conflict (chip) do update set time = excluded.time'
  )
  const remove = db.prepare('delete from schedule where chip = ?')
  const due = db.prepare('update schedule set last_at = ? where chip = ?')
  return {
    all: (): Schedule[] => all.all(),
    set: (chip: string, time: string): void => {
      put.run(chip, time)
    },
    remove: (chip: string): void => {
      remove.run(chip)
    },
    cameDue: (chip: string, at: string): void => {
      due.run(at, chip)
    }
  }
}
