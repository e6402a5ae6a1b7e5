/** Jobs: their state, what they came to, and the wishes of a person: pause, go on, stop, take up again. */
import { InloopError } from '../../contract/errors'
import type { jobs as endpoints } from '../../contract/jobs'
import type { Job, Request } from '../../store/jobs'
import { detail as calibrationDetail } from '../calibrations/shown'
import type { Json } from '../../store/canonical'
import { chipTimeOf } from '../runs/chip-time'
import { CONDUCTED, isConducted } from '../conducted/kinds'
import { goOn } from '../conducted/conductor'
import type { Context, Handlers } from '../context'
import { detail as runDetail } from '../runs/shown'
import { type JobRecord, jobRecord } from './record'

export const jobs: Handlers<keyof typeof endpoints> = {
  'jobs.list': ({ limit }, context) => ({ jobs: context.store.jobs.list(limit).map((job) => jobRecord(job, context)) }),
  'jobs.result': ({ job }, context) => {
    const found = context.store.jobs.get(job)
    return {
      job: jobRecord(found, context),
      result: resultOf(found, context),
      detail: context.store.jobs.errorDetail(found.id)
    }
  },
  'jobs.cancel': ({ job, force }, context) =>
    wish(job, force ? 'kill' : 'cancel', ['queued', 'running', 'paused'], context),
  'jobs.pause': ({ job }, context) => wish(job, 'pause', ['queued', 'running'], context),
  'jobs.unpause': ({ job }, context) => wish(job, null, ['paused'], context),
  resume: async ({ job }, context) => {
    const { store, queue, owner } = context
    const found = store.jobs.get(job)
    if (found.kind === 'calibrate') await sameCode(found, context)
    if (!found.resumable || !store.jobs.requeue(found.id, owner)) {
      throw new InloopError(
        'conflict',
        found.resumable || found.status !== 'interrupted'
          ? `job: ${job} is ${found.status}; only an interrupted, cancelled or failed job can be resumed`
          : `job: ${job} is interrupted, and what it had done was dropped; start it anew`
      )
    }
    if (isConducted(found.kind)) goOn(found.id, CONDUCTED[found.kind], context)
    else queue.add(found.id)
    return { job: found.id, subject: found.subject }
  }
}

/** a calibration is the work of one version: half of one cannot be finished by another */
async function sameCode({ subject }: Job, { store, engine }: Context): Promise<void> {
  if (subject === null || !store.calibrationUnits.begun(subject)) return
  const { core } = await engine.ask('catalogue', null)
  const { versions, chip } = store.calibrations.get(subject)
  if (versions['core'] === core) return
  throw new InloopError(
    'conflict',
    `job: ${subject} was begun by other code (${versions['core']}, this is ${core}); \`inloop calibrate ${chip}\` begins anew`
  )
}

/** written down, so that the process that runs the job sees it; if that is this one, at once */
function wish(id: string, what: Request | null, allowed: readonly string[], context: Context): { job: JobRecord } {
  const { store, queue, owner } = context
  const job = store.jobs.get(id)
  if (!allowed.includes(job.status)) {
    throw new InloopError('conflict', `job: ${id} is ${job.status}; allowed: ${allowed.join(', ')}`)
  }
  store.jobs.request(id, what)
  if (job.owner === owner) queue.followRequests()
  return { job: jobRecord(store.jobs.get(id), context) }
}

/** in the shape of the endpoint that started the job; null while there is nothing */
function resultOf(job: Job, { store }: Context): unknown {
  if (job.subject !== null && job.kind === 'train') return { run: runDetail(store, job.subject) }
  if (job.status !== 'done' || job.subject === null) return store.jobs.result(job.id) ?? null
  if (job.kind === 'calibrate') return { calibration: calibrationDetail(store, job.subject) }
  if (job.kind === 'evaluate') {
    const { calibrationUse, calibration, chip, ...evaluation } = store.evaluations.get(job.subject)
    const shown = calibrationUse === 'calibrated' ? calibration : null
    const { config } = store.evaluations.record(job.subject)
    const chipTime = chipTimeOf(config as { [key: string]: Json }, chip, store.evaluations.decision(job.subject))
    return { evaluation: { ...evaluation, chip: chip ?? 'ideal', calibration: shown, calibrationUse, chipTime } }
  }
  return store.jobs.result(job.id) ?? null
}
