/** An evaluation of a run's newest weights. */
import type { Config } from '../../compute/protocol'
import { chipSpec, siliconOf, type Placed } from './chip-spec'
import type { JobKind } from './kind'

/** a chip that has aged since is another place: what was measured before training holds no more */
function sameSilicon(a: Placed['config'], b: Placed['config']): boolean {
  const usual = { recipe: 'A', ageDays: 0, temperature: 30, quirks: false }
  const [one, other] = [a, b].map((config) => ({ ...usual, ...siliconOf(config) }))
  return (Object.keys(one) as (keyof typeof one)[]).every((key) => one[key] === other[key])
}

/** what handlers/runs/evaluations.ts resolved and recorded */
interface EvaluationConfig {
  dataset: string
  excluded: string
  limitTest: number | null
  batch: number
  seed: number
  /** of a sample; runs of methods without bins, and old records, have none */
  bins?: number
}

export const evaluate: JobKind<'evaluate'> = {
  task: (store, job) => {
    const made = store.evaluations.record(String(job.subject))
    const { dataset, excluded, limitTest, batch, seed, bins } = made.config as unknown as EvaluationConfig
    const run = store.runs.get(made.run)
    const checkpoint = store.runArrays.checkpoint(run.id)
    if (!checkpoint) throw new Error(`run ${run.id} has no weights yet`)
    return {
      method: run.method,
      chip: chipSpec(store, { ...made, excluded: excluded ? excluded.split(',').map(Number) : [] }),
      data: { dataset, limitTrain: 1, limitTest },
      config: { ...(run.config as Config), ...(bins === undefined ? {} : { bins }) },
      batch,
      seed,
      checkpoint,
      samePlace:
        run.chip === made.chip &&
        run.calibration === made.calibration &&
        run.calibrationUse === made.calibrationUse &&
        sameSilicon(run.config, made.config)
    }
  },
  finish: (store, job, { evaluation }) => {
    store.evaluations.finish(String(job.subject), evaluation)
    return { evaluation: job.subject }
  }
}
