/** Reference vectors against the code that runs; nothing but the job's result is kept. */
import type { JobKind } from './kind'

export const verify: JobKind<'verify'> = {
  task: (store, job) => ({ files: (store.jobs.input(job.id) as { vectors: string[] }).vectors }),
  finish: (_store, _job, result) => result
}
