/** Where a run comes from that was not asked for here as a new one, and which runs were made to check another. */
import type { Db } from '../database'
import type { Json } from '../canonical'

/** a quantity of a step that is not the same; epoch 0: before the first */
export interface Difference {
  epoch: number
  quantity: string
  recorded: Json
  again: Json
}

/** out of a file that another workspace wrote */
export interface Imported {
  kind: 'imported'
  /** name and SHA-256 of the file */
  file: string
  sha256: string
  /** what it was called there, and the machine that made it */
  run: string
  host: string
  at: string
  /** what it came from there */
  before: Origin | null
}

/** made to see whether another run comes out the same */
export interface Again {
  kind: 'again'
  of: string
  /** null: not finished */
  reproduced: boolean | null
  firstDifference: Difference | null
}

export type Origin = Imported | Again

export function runOrigins(db: Db) {
  const get = db.prepare<[string], { origin: string | null }>('select origin from run where id = ?')
  const set = db.prepare('update run set origin = ? where id = ?')
  const again = db.prepare<[string], { id: string; status: string; origin: string }>(
    `select r.id, j.status, r.origin from run r join job j on j.id = r.job
     where r.origin is not null and json_extract(r.origin, '$.of') = ? and r.deleted = 0 order by r.rowid`
  )
  const twins = db.prepare<[string, string], { id: string }>(
    `select r.id from run r join checkpoint k on k.run = r.id where r.config_hash = ? and k.sha256 = ? order by r.rowid`
  )
  return {
    get: (run: string): Origin | null => {
      const text = get.get(run)?.origin ?? null
      return text === null ? null : (JSON.parse(text) as Origin)
    },
    set: (run: string, origin: Origin): void => {
      set.run(JSON.stringify(origin), run)
    },
    /** runs that were made to check this one */
    again: (run: string): ({ run: string; status: string } & Again)[] =>
      again.all(run).map(({ id, status, origin }) => ({ ...(JSON.parse(origin) as Again), run: id, status })),
    /** runs with these settings and these very weights */
    twins: (configHash: string, weights: string): string[] => twins.all(configHash, weights).map(({ id }) => id)
  }
}
