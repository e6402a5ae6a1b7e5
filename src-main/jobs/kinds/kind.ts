/** What the queue has to know of a kind of job: how to build its task from the record, and what to keep of its results. */
import type { TaskInputs, TaskKind, TaskReport, TaskResults } from '../../compute/protocol'
import type { Job } from '../../store/jobs'
import type { Store } from '../../store/index'

export interface JobKind<K extends TaskKind> {
  /** from the record alone, so that a resumed job is the same job */
  task(store: Store, job: Job): TaskInputs[K]
  /** appends what came in while it works; called in a transaction, not for progress */
  report?(store: Store, job: Job, report: TaskReport): void
  /** writes the result and returns what `jobs.result` keeps; called in a transaction */
  finish(store: Store, job: Job, result: TaskResults[K]): unknown
}
