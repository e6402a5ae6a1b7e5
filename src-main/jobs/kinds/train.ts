/** A training run: each epoch's row, checkpoint and dashboard are written as they come. */
import type { Config } from '../../compute/protocol'
import { chipSpec } from './chip-spec'
import type { JobKind } from './kind'

/** keys of a run's configuration that are not settings of its method */
interface RunConfig {
  dataset: string
  epochs: number
  batch: number
  seed: number
  limitTrain: number | null
  limitTest: number | null
}

export const train: JobKind<'train'> = {
  task: (store, job) => {
    const run = store.runs.get(String(job.subject))
    const config = run.config as Config
    const { dataset, epochs, batch, seed, limitTrain, limitTest } = run.config as unknown as RunConfig
    return {
      method: run.method,
      chip: chipSpec(store, run),
      data: { dataset, limitTrain, limitTest },
      config,
      epochs,
      batch,
      seed,
      resume: store.runArrays.checkpoint(run.id) ?? null
    }
  },
  report: (store, job, report) => {
    const run = String(job.subject)
    if (report.kind === 'conversion') store.runs.setConversion(run, report.values)
    if (report.kind === 'dashboard') store.runArrays.saveDashboard(run, report.dashboard)
    if (report.kind === 'plane') store.runArrays.savePlane(run, report.epoch, report.plane)
    if (report.kind === 'epoch') {
      store.runs.append(run, report.epoch, report.testSamples)
      store.runArrays.saveCheckpoint(run, report.checkpoint)
    }
  },
  finish: (_store, job) => ({ run: job.subject })
}
