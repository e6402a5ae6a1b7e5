/**
 * Which process a job belongs to. The window and the command line may work on one workspace at once; each runs its own
 * jobs, and beats in the database while it lives. Jobs of a process that is gone are found and marked interrupted.
 */
import { randomUUID } from 'node:crypto'
import os from 'node:os'
import type { Store } from '../store/index'

const BEAT_MS = 2000
/** a process that has not beaten for so long is gone, even if its pid was given to another */
const SILENT_MS = 120_000

export class Owner {
  readonly id = randomUUID()
  readonly #timer: NodeJS.Timeout

  constructor(
    readonly store: Store,
    readonly runtime: string,
    readonly onBeat: () => void
  ) {
    this.beat()
    this.#timer = setInterval(() => {
      try {
        this.beat()
        this.onBeat()
      } catch (error) {
        // another process holds the database for longer than is usual; the next beat comes soon
        if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error
      }
    }, BEAT_MS)
    this.#timer.unref()
  }

  beat(now = Date.now()): void {
    this.store.jobs.beat({ id: this.id, pid: process.pid, host: os.hostname(), runtime: this.runtime, now })
  }

  /**
   * Marks unfinished jobs of processes that are gone as interrupted; returns their ids.
   * @param when `silent`: a process that has not beaten for long counts as gone (at the start, where nobody waits for
   *   it); `gone`: only one whose number no process has (while it may just have been asleep with the machine)
   */
  recover(now = Date.now(), when: 'silent' | 'gone' = 'silent'): string[] {
    if (when === 'gone' && this.store.jobs.unfinished().every((job) => job.owner === this.id)) return []
    return this.store.transaction(() => {
      const living = new Set<string>()
      for (const owner of this.store.jobs.owners()) {
        if (alive(owner, when === 'silent' ? now : owner.heartbeatAt)) living.add(owner.id)
        else this.store.jobs.leave(owner.id)
      }
      const at = new Date(now).toISOString()
      const orphans = this.store.jobs.unfinished().filter((job) => !living.has(job.owner))
      for (const job of orphans) {
        this.store.jobs.end(job.id, 'interrupted', at, job.resumable, {
          code: 'interrupted',
          message: 'the program ended while it ran'
        })
      }
      return orphans.map((job) => job.id)
    })
  }

  close(): void {
    clearInterval(this.#timer)
    this.store.jobs.leave(this.id)
  }
}

function alive(owner: { pid: number; host: string; heartbeatAt: number }, now: number): boolean {
  if (now - owner.heartbeatAt > SILENT_MS) return false
  if (owner.host !== os.hostname()) return true
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and belongs to another user
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
