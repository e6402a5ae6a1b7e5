/**
 * One command on an open workspace: call, wait for the job if it is one, print. Ctrl-C stops the work at its next safe
 * point, keeps what is done and says how to go on.
 */
import type { Events } from '../contract/events'
import { contract, InloopError, type Name } from '../contract/index'
import type { Service } from '../handlers/service'
import type { Command } from './command'
import { EXIT } from './exit'
import type { ProgressLine } from './progress'

type JobRecord = Events['job']
const FINAL: ReadonlySet<JobRecord['status']> = new Set(['done', 'interrupted', 'cancelled', 'failed'])

export interface Answer {
  status: number
  /** the document of --json */
  document: unknown
  /** false: there is nothing for a person to read on stdout */
  whole: boolean
}

export async function execute(
  command: Command,
  input: unknown,
  service: Service,
  progress: ProgressLine
): Promise<Answer> {
  const { endpoint } = command
  if (contract[endpoint].kind !== 'job') {
    const document = await service.invoke(endpoint, input)
    return { status: statusFor(command, document), document, whole: true }
  }
  const { end, stop } = follow(service, progress)
  try {
    const { job } = (await service.invoke(endpoint, input)) as { job: string }
    const record = await end(job)
    const { result, detail } = (await service.invoke('jobs.result', { job })) as {
      result: unknown
      detail: string | null
    }
    if (record.status === 'failed') throw failure(record, detail)
    const document = endpoint === ('resume' satisfies Name) ? { job: record, ...(result as object | null) } : result
    if (record.status === 'done') return { status: statusFor(command, document), document, whole: true }
    if (record.error) progress.say(record.error)
    const how = record.resumable ? `\`inloop resume ${job}\` goes on from what is done` : 'start it anew'
    progress.say(`job ${job} is ${record.status}; ${how}`)
    return { status: EXIT.interrupted, document: document ?? { job: record }, whole: false }
  } finally {
    stop()
  }
}

function statusFor(command: Command, document: unknown): number {
  return command.failed?.(document as never) ? EXIT.failed : EXIT.done
}

function failure(record: JobRecord, detail: string | null): InloopError {
  const error = new InloopError(record.errorCode ?? 'internal', record.error ?? `job ${record.id} failed`)
  if (detail) error.stack = detail
  return error
}

/** listens before the job starts, so that nothing is missed; a second Ctrl-C does not wait for the safe point */
function follow(service: Service, progress: ProgressLine): { end(job: string): Promise<JobRecord>; stop(): void } {
  const ended = new Map<string, JobRecord>()
  let wake: () => void = () => {}
  const unsubscribe = service.subscribe((event, payload) => {
    if (event === 'epoch') progress.epoch(payload as Events['epoch'])
    if (event !== 'job') return
    const job = payload as JobRecord
    progress.job(job)
    if (FINAL.has(job.status)) ended.set(job.id, job)
    wake()
  })
  let asked = false
  const interrupt = (): void => {
    if (asked) process.exit(EXIT.interrupted)
    asked = true
    progress.say('stopping at the next safe point …')
    void service.drain()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return {
    end: async (id) => {
      for (;;) {
        const job = ended.get(id)
        if (job) return job
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    stop: () => {
      unsubscribe()
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      progress.clear()
    }
  }
}
