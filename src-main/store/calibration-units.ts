/** What an unfinished calibration has done, so that it can be taken up again. The only SQL about it. */
import { sha256 } from './canonical'
import type { Db } from './database'
import { StoreError } from './errors'
import { pack, unpack } from './pack'

export interface Kept<State> {
  /** what the units came to, in order */
  done: unknown[]
  /** after the last of them */
  state: State
}

export function calibrationUnits(db: Db) {
  const putUnit = db.prepare('insert or replace into calibration_unit values (?, ?, ?, ?)')
  const putState = db.prepare('insert or replace into calibration_state values (?, ?, ?, ?)')
  const units = db.prepare<[string, number], { data: Buffer }>(
    'select data from calibration_unit where calibration = ? and position <= ? order by position'
  )
  const state = db.prepare<[string], { position: number; sha256: string; data: Buffer }>(
    'select position, sha256, data from calibration_state where calibration = ?'
  )
  const clearUnits = db.prepare('delete from calibration_unit where calibration = ?')
  const clearState = db.prepare('delete from calibration_state where calibration = ?')

  return {
    /** call it in a transaction: a unit without the state after it is of no use */
    save: (calibration: string, unit: { index: number; name: string; result: unknown }, after: object): void => {
      const data = pack(after)
      putUnit.run(calibration, unit.index, unit.name, pack({ result: unit.result }))
      putState.run(calibration, unit.index, sha256(data), data)
    },
    /** whether anything was done */
    begun: (calibration: string): boolean => state.get(calibration) !== undefined,
    /** @returns null if nothing was done yet */
    kept: <State>(calibration: string): Kept<State> | null => {
      const last = state.get(calibration)
      if (!last) return null
      const done = units.all(calibration, last.position).map(({ data }) => unpack<{ result: unknown }>(data).result)
      if (sha256(last.data) !== last.sha256 || done.length !== last.position + 1) {
        throw new StoreError('damaged-file', `what calibration ${calibration} has done is damaged; start a new one`)
      }
      return { done, state: unpack<State>(last.data) }
    },
    clear: (calibration: string): void => {
      clearUnits.run(calibration)
      clearState.run(calibration)
    }
  }
}
