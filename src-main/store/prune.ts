/** How large what the database holds is, and throwing parts of it away for good. */
import type { Db } from './database'

export interface Share {
  bytes: number
  count: number
}

const TRASH = `from run r where r.deleted = 1 and r.job not in
  (select id from job where status in ('queued', 'running', 'paused'))`

export function prune(db: Db) {
  const share = (sql: string): (() => Share) => {
    const read = db.prepare<[], Share>(sql)
    return () => read.get() ?? { bytes: 0, count: 0 }
  }
  // length() of a blob reads the head of its row, not the bytes
  const over = (table: string): string =>
    `select coalesce(sum(length(data)), 0) as bytes, count(*) as count from ${table}`
  const parts = {
    weights: share(over('checkpoint')),
    dashboards: share(over('dashboard')),
    calibrations: share(over('calibration_array')),
    measurements: share(over('measurement_array')),
    unfinished: share(
      `select coalesce(sum(bytes), 0) as bytes, coalesce(sum(count), 0) as count from
        (${over('calibration_unit')} union all select coalesce(sum(length(data)), 0), 0 from calibration_state)`
    ),
    trash: share(`select coalesce(sum(length(k.data)), 0) as bytes, count(*) as count from
      (select r.id ${TRASH}) t left join checkpoint k on k.run = t.id`)
  }
  const busy = `(select subject from job where kind = 'calibrate' and status in ('queued', 'running', 'paused'))`
  const emptyTrash = db.prepare(`delete from run where id in (select r.id ${TRASH})`)
  const dropUnits = db.prepare(`delete from calibration_unit where calibration not in ${busy}`)
  const dropStates = db.prepare(`delete from calibration_state where calibration not in ${busy}`)
  // what had begun cannot go on without its units
  const giveUp = db.prepare(
    `update job set resumable = 0 where kind = 'calibrate' and status in ('interrupted', 'cancelled', 'failed')
       and subject in (select calibration from calibration_state)`
  )

  return {
    parts: (): { [K in keyof typeof parts]: Share } => ({
      weights: parts.weights(),
      dashboards: parts.dashboards(),
      calibrations: parts.calibrations(),
      measurements: parts.measurements(),
      unfinished: parts.unfinished(),
      trash: parts.trash()
    }),
    /** runs with their epochs, weights and evaluations */
    emptyTrash: (): number => emptyTrash.run().changes,
    dropUnfinished: (): void => {
      giveUp.run()
      dropUnits.run()
      dropStates.run()
    },
    /** gives free pages back to the file system */
    compact: (): void => {
      db.exec('vacuum')
      db.pragma('wal_checkpoint(truncate)')
    }
  }
}
