/** An evaluation of a run's newest weights. */
import type { Config } from '../../core/training/types'
import type { CalibrationUse } from '../../store/records'
import { chipSpec } from './chip-spec'
import type { JobKind } from './kind'

/** what handlers/evaluations.ts resolved and recorded */
interface EvaluationConfig {
  run: string
  dataset: string
  chip: string | null
  calibration: string | null
  calibrationUse: CalibrationUse
  excluded: string
  limitTest: number | null
  batch: number
  seed: number
}

export const evaluate: JobKind<'evaluate'> = {
  task: (store, job) => {
    const made = store.evaluations.config(String(job.subject)) as unknown as EvaluationConfig
    const run = store.runs.get(made.run)
    const checkpoint = store.runArrays.checkpoint(run.id)
    if (!checkpoint) throw new Error(`run ${run.id} has no weights yet`)
    const excluded = made.excluded ? made.excluded.split(',').map(Number) : []
    return {
      method: run.method,
      chip: chipSpec(store, { ...made, excluded }),
      data: { dataset: made.dataset, limitTrain: 1, limitTest: made.limitTest },
      config: run.config as Config,
      batch: made.batch,
      seed: made.seed,
      checkpoint
    }
  },
  finish: (store, job, { evaluation }) => {
    store.evaluations.finish(String(job.subject), evaluation)
    return { evaluation: job.subject }
  }
}
