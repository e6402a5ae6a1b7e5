/** Evaluations of trained runs, on their own chip or on another. */
import type { Decision } from '../../core/training/types'
import type { Db } from '../database'
import { StoreError } from '../errors'
import { pack, unpack } from '../pack'
import { type CalibrationUse, recordColumns, type WorkRecord } from '../records'
import type { NextId } from '../sequence'

/** what was evaluated, and where */
export interface Asked {
  run: string
  chip: string | null
  calibration: string | null
  calibrationUse: CalibrationUse
}

export interface Evaluation extends Asked {
  id: string
  testAccuracy: number
  n: number
  hiddenSpikesPerSample: number
}

const SELECT = `select id, run, chip, calibration, calibration_use as calibrationUse, test_accuracy as testAccuracy, n,
  hidden_spikes as hiddenSpikesPerSample from evaluation`

export function evaluations(db: Db, nextId: NextId) {
  const ofRun = db.prepare<[string], Evaluation>(`${SELECT} where run = ? and n is not null order by created_at, rowid`)
  const one = db.prepare<[string], Evaluation>(`${SELECT} where id = ?`)
  const insert = db.prepare(
    `insert into evaluation (id, run, job, config, config_hash, seed, chip, chip_serial, chip_seed, calibration,
       calibration_use, versions, host, created_at)
     values (@id, @run, @job, @config, @config_hash, @seed, @chip, @chipSerial, @chipSeed, @calibration,
       @calibrationUse, @versions, @host, @created_at)`
  )
  const finish = db.prepare('update evaluation set test_accuracy = ?, n = ?, hidden_spikes = ? where id = ?')
  const record = db.prepare<[string], Asked & { config: string }>(
    'select run, chip, calibration, calibration_use as calibrationUse, config from evaluation where id = ?'
  )
  const getArray = db.prepare<[string], { data: Buffer }>('select data from evaluation_array where evaluation = ?')
  const putArray = db.prepare('insert or replace into evaluation_array values (?, ?)')

  return {
    ofRun: (run: string) => ofRun.all(run),
    get: (id: string): Evaluation => {
      const row = one.get(id)
      if (!row) throw new StoreError('not-found', `evaluation "${id}" does not exist`)
      return row
    },
    /** what was asked for, also before there is a result */
    record: (id: string): Asked & { config: { [key: string]: unknown } } => {
      const row = record.get(id)
      if (!row) throw new StoreError('not-found', `evaluation "${id}" does not exist`)
      return { ...row, config: JSON.parse(row.config) as { [key: string]: unknown } }
    },
    create: (
      made: WorkRecord & {
        run: string
        job: string
        seed: number
        chip: string | null
        chipSerial: string
        chipSeed: number | null
        calibration: string | null
        calibrationUse: CalibrationUse
      }
    ): string => {
      const id = nextId('e')
      const { config: _config, versions: _versions, ...plain } = made
      insert.run({ ...plain, ...recordColumns(made), id })
      return id
    },
    finish: (
      id: string,
      result: {
        testAccuracy: number
        n: number
        hiddenSpikesPerSample: number
        confusion: Float64Array
        decision?: Decision
      }
    ): void => {
      finish.run(result.testAccuracy, result.n, result.hiddenSpikesPerSample, id)
      const { confusion, decision } = result
      putArray.run(id, pack({ confusion, ...(decision ? { decision } : {}) }))
    },
    /** when first label spikes came; undefined: the method has none, or an older record */
    decision: (id: string): Decision | undefined => {
      const row = getArray.get(id)
      return row && unpack<{ decision?: Decision }>(row.data).decision
    }
  }
}
