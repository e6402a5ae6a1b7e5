/** Runs that a run is read against: found by what their configurations have in common. Reads no array. */
import { PLACE } from '../../contract/run-groups'
import type { Db } from '../database'
import type { RunStyle } from './style'

/** the same run elsewhere differs in these at most */
const ELSEWHERE = [...PLACE.drawn, ...PLACE.condition]
const MOST = 500

export interface RelatedRun extends RunStyle {
  id: string
  name: string
  chip: string | null
  chipName: string | null
  seed: number
  spread: number | null
  testAccuracy: number
  n: number
  hiddenSpikesPerSample: number
  sameButPlace: number
}

export function relatedRuns(db: Db) {
  const without = (keys: readonly string[]): string => keys.map((key) => `'$.${key}'`).join(', ')
  // canonical: equal configurations are equal texts
  const seeds = db.prepare<[string], { id: string; seed: number }>(
    `select o.id, o.seed from run r join run o on o.method = r.method and o.dataset = r.dataset and o.deleted = 0
     where r.id = ? and o.epochs_done > 0
       and json_remove(o.config, ${without(['seed'])}) = json_remove(r.config, ${without(['seed'])})
     order by o.seed, o.rowid limit ${MOST}`
  )
  const related = db.prepare<[string], RelatedRun>(
    `select o.id, o.name, o.chip, c.name as chipName, o.seed,
       coalesce(o.mismatch, json_extract(o.config, '$.spread')) as spread,
       o.test_accuracy as testAccuracy, o.n, o.hidden_spikes as hiddenSpikesPerSample, o.colour, o.line,
       json_remove(o.config, ${without(ELSEWHERE)}) = json_remove(r.config, ${without(ELSEWHERE)}) as sameButPlace
     from run r join run o on o.method = r.method and o.dataset = r.dataset and o.deleted = 0
       join job j on j.id = o.job and j.status = 'done'
       left join chip c on c.id = o.chip
     where r.id = ? and o.test_accuracy is not null and o.hidden_spikes is not null
     order by o.created_at desc, o.rowid desc limit ${MOST}`
  )
  return {
    /** differ in their seed alone, one a seed; the run itself is among them */
    seeds: (run: string): { id: string; seed: number }[] => {
      const one = new Map<number, { id: string; seed: number }>()
      for (const member of seeds.all(run)) if (member.id === run || !one.has(member.seed)) one.set(member.seed, member)
      return [...one.values()]
    },
    ofSameTask: (run: string) => related.all(run)
  }
}
