/** A trained network, disturbed: on the chip and with the settings of its training. */
import type { Config, TaskInputs } from '../../compute/protocol'
import { chipSpec } from './chip-spec'
import type { JobKind } from './kind'

/** what handlers/runs/robustness.ts checked and recorded */
export interface RobustnessPlan {
  run: string
  vary: TaskInputs['robustness']['vary']
  levels: number[]
  draws: number
  limitTest: number | null
  seed: number
}

export const robustness: JobKind<'robustness'> = {
  task: (store, job) => {
    const { run: id, vary, levels, draws, limitTest, seed } = store.jobs.input(job.id) as RobustnessPlan
    const run = store.runs.get(id)
    const checkpoint = store.runArrays.checkpoint(id)
    if (!checkpoint) throw new Error(`run ${id} has no weights yet`)
    return {
      method: run.method,
      chip: chipSpec(store, run),
      data: { dataset: run.dataset, limitTrain: 1, limitTest },
      config: run.config as Config,
      batch: Number(run.config['batch']),
      checkpoint,
      vary,
      levels,
      draws,
      seed,
      trialSeed: run.seed
    }
  },
  finish: (store, job, { levels }) => {
    const { run, vary } = store.jobs.input(job.id) as RobustnessPlan
    return { robustness: { run, vary, levels } }
  }
}
