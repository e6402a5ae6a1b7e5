/**
 * Jobs that have other jobs done one after the other: experiments, several seeds, sweeps, transfers, runs again. Such a job is recorded like
 * any other; what it has made already is taken as it is when it is taken up again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Parsed } from '../../contract/index'
import { InloopError } from '../../contract/errors'
import type { Progress } from '../../jobs/queue'
import type { Context } from '../context'
import { jobRecord } from '../jobs/record'
import { preparedRun, startRun } from '../runs/start'

/** the kinds of jobs that are made of others */
export type Conducted = 'experiment' | 'reproduce' | 'seeds' | 'sweep' | 'transfer'

/** says how far it is */
export type Tell = (share: number, text: string, eta?: number | null) => void

/** @returns what the job came to, in the shape of its endpoint */
export type Work = (job: string, context: Context, tell: Tell) => Promise<unknown>

const POLL_MS = 100
const OVER: ReadonlySet<string> = new Set(['done', 'interrupted', 'cancelled', 'failed'])

/** how a part ended that did not end well */
class Ended extends Error {
  constructor(
    readonly status: 'interrupted' | 'cancelled' | 'failed',
    message: string
  ) {
    super(message)
  }
}

/** what a part failed of; null: it did not fail, somebody stopped it or the program is wrong */
export function failedPart(error: unknown): string | null {
  if (error instanceof Ended) return error.status === 'failed' ? error.message : null
  return error instanceof InloopError ? error.message : null
}

/**
 * Records the job and begins; its end is written to it.
 * @param kind under which kinds.ts names the work, so that it can be taken up again
 */
export function conduct(
  kind: Conducted,
  work: Work,
  title: string,
  chip: string | null,
  input: unknown,
  context: Context
): string {
  const { store, owner } = context
  const createdAt = new Date().toISOString()
  const job = store.jobs.create({ kind, title, chip, input, owner, resumable: true, createdAt })
  goOn(job, work, context)
  return job
}

/** starts, or goes on with, a recorded job */
export function goOn(job: string, conducted: Work, context: Context): void {
  const { store } = context
  const show = (): void => context.emit('job', jobRecord(store.jobs.get(job), context))
  const now = (): string => new Date().toISOString()
  const tell: Tell = (share, text, eta = null) => {
    store.jobs.progress(job, share, text, eta)
    show()
  }
  const work = async (): Promise<void> => {
    store.jobs.start(job, now())
    show()
    try {
      const result = await conducted(job, context, tell)
      store.transaction(() => {
        store.jobs.saveResult(job, result)
        store.jobs.progress(job, 1, '', null)
        store.jobs.end(job, 'done', now(), false)
      })
    } catch (error) {
      const status = error instanceof Ended ? error.status : 'failed'
      const message = error instanceof Error ? error.message : String(error)
      const code = error instanceof InloopError ? error.code : 'internal'
      store.jobs.end(job, status, now(), true, status === 'failed' ? { code, message } : undefined)
    }
    show()
  }
  // the store may be closed under it: then the job is found unfinished, and marked, at the next start
  void work().catch(() => {})
}

/** the id of a finished run with this configuration: found, or made now */
export async function oneRun(input: Parsed<'train'>, parent: string, context: Context): Promise<string> {
  const { store } = context
  const { record } = await preparedRun(input, context)
  const same = store.runs.made(record.configHash).filter((run) => run.core === record.versions['core'])
  const whole = same.find((run) => run.status === 'done')
  if (whole) return whole.id
  const begun = same.find((run) => store.jobs.get(run.job).resumable && OVER.has(run.status))
  if (begun && store.jobs.requeue(begun.job, context.owner)) {
    context.queue.add(begun.job)
    await ended(begun.job, parent, context)
    return begun.id
  }
  const { job, subject } = await startRun(input, context)
  await ended(job, parent, context)
  return String(subject)
}

/**
 * Waits for a job; a wish to stop the parent stops it.
 * @param heard how far it is, each time that is another text
 */
export async function ended(
  job: string,
  parent: string,
  context: Context,
  heard?: (progress: Progress) => void
): Promise<void> {
  const { store, queue } = context
  let last = ''
  for (;;) {
    const progress = queue.progressOf(job)
    if (heard && progress && progress.text !== last) {
      last = progress.text
      heard(progress)
    }
    const { status, error } = store.jobs.get(job)
    if (status === 'done') return
    if (status === 'interrupted' || status === 'cancelled') throw new Ended(status, `job ${job} is ${status}`)
    if (status === 'failed') throw new Ended('failed', `job ${job}: ${error ?? 'failed'}`)
    const { request } = store.jobs.get(parent)
    if (request === 'kill') queue.kill(job)
    else if (request === 'cancel') queue.cancel(job)
    await sleep(POLL_MS)
  }
}
