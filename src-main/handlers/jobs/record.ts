/** A job as the contract shows it. */
import type { Output } from '../../contract/index'
import type { Progress } from '../../jobs/queue'
import type { Job } from '../../store/jobs'
import type { Context } from '../context'

export type JobRecord = Output<'jobs.list'>['jobs'][number]

export function jobRecord(job: Job, { queue }: Pick<Context, 'queue'>, live?: Progress | null): JobRecord {
  const { owner: _owner, request: _request, share, doing, eta, kind, errorCode, ...same } = job
  const saved = share === null ? null : { share, text: doing ?? '', eta }
  return {
    ...same,
    kind: kind as JobRecord['kind'],
    errorCode: errorCode as JobRecord['errorCode'],
    progress: live ?? queue.progressOf(job.id) ?? saved
  }
}
