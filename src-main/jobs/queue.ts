/**
 * The queue of this process: as many jobs work at a time as it has slots, the others wait; a paused job holds none, and
 * waits for one, before those that have not begun, when it shall go on. What a job makes is appended to the store while it works; how it ends is written exactly once, also when the compute process
 * dies under it.
 */
import type { Failure, TaskReport, TaskResults } from '../compute/protocol'
import type { Fault, Job } from '../store/jobs'
import type { Store } from '../store/index'
import type { Engine, EngineEnd } from './engine'
import { Eta } from './eta'
import { kinds } from './kinds/index'

export interface Progress {
  share: number
  text: string
  eta: number | null
}

export interface QueueEvents {
  /** a job's state or progress changed */
  job(job: Job, progress: Progress | null): void
  /** a job told something that is in the store now */
  report(job: Job, report: TaskReport): void
}

interface Working {
  id: string
  paused: boolean
  eta: Eta
  progress: Progress | null
  savedAt: number
  /** how it shall end if it is stopped */
  stopAs: 'cancelled' | 'interrupted'
  /** what it made could not be kept */
  unkept: Fault | null
}

const SAVE_PROGRESS_MS = 1000
const seconds = (): number => performance.now() / 1000
const now = (): string => new Date().toISOString()

export class Queue {
  #waiting: string[] = []
  /** paused before they began */
  readonly #held = new Set<string>()
  readonly #working = new Map<string, Working>()
  #closing: Promise<void> | undefined
  #idle: () => void = () => {}

  constructor(
    readonly store: Store,
    readonly engine: Engine,
    readonly owner: string,
    readonly events: QueueEvents,
    readonly slots = 1
  ) {}

  /** the job's record must be in the store already */
  add(id: string): void {
    // asked for while the program was already leaving: it must not wait for a turn that never comes
    if (this.#closing) return this.#end(id, 'interrupted')
    this.#waiting.push(id)
    this.#tell(id)
    this.#next()
  }

  progressOf(id: string): Progress | null {
    return this.#working.get(id)?.progress ?? null
  }

  /** looks for requests of other processes for jobs of this one */
  followRequests(): void {
    for (const { id, request } of this.store.jobs.requests(this.owner)) {
      if (request === 'kill') this.kill(id)
      else if (request === 'cancel') this.cancel(id)
      else if (request === 'pause') this.pause(id)
      else if (this.store.jobs.get(id).status === 'paused') this.unpause(id)
    }
  }

  /** one that has not begun does not begin until it shall go on */
  pause(id: string): void {
    const { status } = this.store.jobs.get(id)
    const working = this.#working.get(id)
    if (status === 'running' && working) {
      this.engine.control(id, 'pause')
      working.paused = true
    } else if (status === 'queued' && this.#waiting.includes(id)) {
      this.#waiting = this.#waiting.filter((other) => other !== id)
      if (!working) this.#held.add(id)
    } else {
      return
    }
    this.#become(id, 'paused')
    this.#next()
  }

  /** as soon as a place is free: one that had begun before those that have not */
  unpause(id: string): void {
    if (this.store.jobs.get(id).status !== 'paused') return
    const begun = this.#waiting.filter((other) => this.#working.has(other)).length
    if (this.#held.delete(id)) this.#waiting.push(id)
    else if (this.#working.has(id)) this.#waiting.splice(begun, 0, id)
    else return
    this.#become(id, 'queued')
    this.#next()
  }

  cancel(id: string): void {
    if (this.#working.has(id)) {
      this.engine.control(id, 'stop')
    } else if (this.#waiting.includes(id) || this.#held.has(id)) {
      this.#forget(id)
      this.#end(id, 'cancelled')
    }
  }

  #forget(id: string): void {
    this.#held.delete(id)
    this.#waiting = this.#waiting.filter((other) => other !== id)
  }

  /** stops where it is: what it saved is kept, and a job that can be taken up again goes on from there */
  kill(id: string): void {
    if (this.#working.has(id)) this.engine.killTask(id)
    else this.cancel(id)
  }

  /** stops at the next safe point, at the latest after `graceMs`; what was not finished is interrupted */
  close(graceMs = 10_000): Promise<void> {
    return (this.#closing ??= this.#stop(graceMs))
  }

  async #stop(graceMs: number): Promise<void> {
    const unbegun = [...this.#waiting.splice(0), ...this.#held].filter((id) => !this.#working.has(id))
    this.#held.clear()
    for (const id of unbegun) this.#end(id, 'interrupted')
    if (this.#working.size === 0) return
    const idle = new Promise<void>((resolve) => (this.#idle = resolve))
    for (const working of this.#working.values()) {
      working.stopAs = 'interrupted'
      this.engine.control(working.id, 'stop')
    }
    const force = setTimeout(() => this.engine.kill(), graceMs)
    await idle
    clearTimeout(force)
  }

  #next(): void {
    const busy = [...this.#working.values()].filter(({ paused }) => !paused).length
    if (busy >= this.slots || this.#closing) return
    const id = this.#waiting.shift()
    if (id === undefined) return
    const begun = this.#working.get(id)
    if (begun) {
      begun.paused = false
      this.engine.control(id, 'run')
      this.#become(id, 'running')
      return this.#next()
    }
    const fresh = { paused: false, progress: null, savedAt: 0, stopAs: 'cancelled', unkept: null } as const
    this.#working.set(id, { ...fresh, id, eta: new Eta(seconds()) })
    this.store.jobs.start(id, now())
    this.#tell(id)
    this.#begin(id)
    this.#next()
  }

  #begin(id: string): void {
    const job = this.store.jobs.get(id)
    try {
      const kind = job.kind as keyof typeof kinds
      this.engine.start(id, kind, kinds[kind].task(this.store, job), {
        report: (report) => this.#report(id, report),
        end: (end) => this.#ended(id, end)
      })
    } catch (error) {
      this.#ended(id, { how: 'failed', failure: fault(error) })
    }
  }

  /** its process went because of another job: it begins again in a new one, from what it had saved */
  #beginAgain({ id, paused }: Working): void {
    this.#begin(id)
    if (paused) this.engine.control(id, 'pause')
    this.#tell(id)
  }

  #report(id: string, report: TaskReport): void {
    const current = this.#working.get(id)
    if (!current) return
    if (report.kind === 'progress') {
      const eta = current.eta.update(report.share, seconds())
      current.progress = { share: report.share, text: report.text, eta }
      if (performance.now() - current.savedAt > SAVE_PROGRESS_MS) {
        current.savedAt = performance.now()
        this.store.jobs.progress(id, report.share, report.text, eta)
      }
      this.#tell(id)
      return
    }
    const job = this.store.jobs.get(id)
    if (current.unkept) return
    try {
      if (report.kind !== 'batch') {
        this.store.transaction(() => kinds[job.kind as keyof typeof kinds].report?.(this.store, job, report))
      }
    } catch (error) {
      // what comes after a gap is of no use: what was kept before it is where the job can go on
      current.unkept = fault(error)
      this.engine.control(id, 'stop')
      return
    }
    this.events.report(job, report)
  }

  #ended(id: string, end: EngineEnd): void {
    const current = this.#working.get(id)
    if (!current) return
    if (end.how === 'displaced' && !this.#closing && !current.unkept) return this.#beginAgain(current)
    try {
      this.#conclude(this.store.jobs.get(id), current, end)
    } catch (error) {
      this.#failed(id, error)
    }
    this.#working.delete(id)
    this.#forget(id)
    if (this.#working.size === 0) this.#idle()
    this.#tell(id)
    this.#next()
  }

  #conclude(job: Job, { unkept, stopAs }: Working, end: EngineEnd): void {
    const { id } = job
    if (unkept) this.#end(id, 'failed', unkept)
    else if (end.how === 'done') this.#finish(job, end.result)
    else if (end.how === 'stopped') this.#end(id, stopAs)
    else if (end.how === 'failed') this.#end(id, 'failed', end.failure)
    else if (stopAs === 'interrupted') this.#end(id, 'interrupted')
    else this.#end(id, 'interrupted', end.how === 'crashed' ? died(end.code) : STOPPED_AT_ONCE)
  }

  /** a database that does not answer must not keep the queue from going on: the next start finds the job */
  #failed(id: string, why: unknown): void {
    try {
      this.#end(id, 'failed', fault(why))
    } catch (error) {
      console.error(error)
    }
  }

  #finish(job: Job, result: TaskResults[keyof TaskResults]): void {
    this.store.transaction(() => {
      const kept = kinds[job.kind as keyof typeof kinds].finish(this.store, job, result as never)
      this.store.jobs.saveResult(job.id, kept)
      this.store.jobs.progress(job.id, 1, '', null)
      this.store.jobs.end(job.id, 'done', now(), false)
    })
  }

  #end(id: string, status: 'cancelled' | 'interrupted' | 'failed', why?: Fault): void {
    const reached = this.progressOf(id)
    // what was written last is up to some seconds old
    if (reached) this.store.jobs.progress(id, reached.share, reached.text, null)
    this.store.jobs.end(id, status, now(), this.store.jobs.get(id).resumable, why)
    this.#tell(id)
  }

  #become(id: string, status: 'queued' | 'running' | 'paused'): void {
    this.store.jobs.setStatus(id, status)
    this.#tell(id)
  }

  #tell(id: string): void {
    this.events.job(this.store.jobs.get(id), this.progressOf(id))
  }
}

const STOPPED_AT_ONCE: Fault = {
  code: 'interrupted',
  message: 'stopped at once; what was done since the last saved state is lost'
}

function died(code: number | null): Fault {
  return { code: 'interrupted', message: `the compute process died (exit ${code})` }
}

function fault(error: unknown): Failure {
  const detail = error instanceof Error ? (error.stack ?? '') : ''
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), detail }
}
