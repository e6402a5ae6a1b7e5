/** The arrays of runs: the newest checkpoint (weights and optimiser state), the newest dashboard, planes. */
import { sha256 } from '../canonical'
import type { Db } from '../database'
import { StoreError } from '../errors'
import { pack, unpack } from '../pack'

export interface Checkpoint {
  epoch: number
  arrays: { [name: string]: Float32Array | Float64Array | Int32Array }
  numbers: { [name: string]: number }
}

export function runArrays(db: Db) {
  const putCheckpoint = db.prepare('insert or replace into checkpoint values (?, ?, ?, ?)')
  const getCheckpoint = db.prepare<[string], { sha256: string; data: Buffer }>(
    'select sha256, data from checkpoint where run = ?'
  )
  const has = db.prepare<[string], { epoch: number; sha256: string }>(
    'select epoch, sha256 from checkpoint where run = ?'
  )
  const putDashboard = db.prepare('insert or replace into dashboard values (?, ?)')
  const getDashboard = db.prepare<[string], { data: Buffer }>('select data from dashboard where run = ?')

  const putPlane = db.prepare('insert or replace into run_plane values (?, ?, ?)')
  const getPlanes = db.prepare<[string], { epoch: number; data: Buffer }>(
    'select epoch, data from run_plane where run = ? order by epoch'
  )

  return {
    /** replaces the run's checkpoint: only the newest is kept */
    saveCheckpoint: (run: string, checkpoint: Checkpoint): void => {
      const data = pack(checkpoint)
      putCheckpoint.run(run, checkpoint.epoch, sha256(data), data)
    },
    /** the hash that a checkpoint would be kept with */
    digestOf: (checkpoint: Checkpoint): string => sha256(pack(checkpoint)),
    /** epoch and hash of the newest checkpoint; reads no array */
    checkpointOf: (run: string) => has.get(run),
    checkpoint: (run: string): Checkpoint | undefined => {
      const row = getCheckpoint.get(run)
      if (!row) return undefined
      if (sha256(row.data) !== row.sha256) {
        throw new StoreError('damaged-file', `the checkpoint of run ${run} is damaged (its SHA-256 does not fit)`)
      }
      return unpack<Checkpoint>(row.data)
    },
    saveDashboard: (run: string, dashboard: object): void => {
      putDashboard.run(run, pack(dashboard))
    },
    dashboard: <T>(run: string): T | undefined => {
      const row = getDashboard.get(run)
      return row && unpack<T>(row.data)
    },
    savePlane: (run: string, epoch: number, plane: object): void => {
      putPlane.run(run, epoch, pack(plane))
    },
    planes: <T>(run: string): { epoch: number; plane: T }[] =>
      getPlanes.all(run).map(({ epoch, data }) => ({ epoch, plane: unpack<T>(data) }))
  }
}
