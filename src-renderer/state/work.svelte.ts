/** What a person asks of a job, the same in every view: done, said, with the command that does the same. */
import type { Client } from '../api/client'
import type { Job } from '../api/types'
import { cli } from '../lib/text/cli'

type Named = Pick<Job, 'id' | 'subject'>

/** does it and says so, or says why not */
type Act = (what: string, command: string, work: () => Promise<unknown>) => Promise<boolean>

export class Work {
  /** to be stopped by force, once the person has confirmed it */
  forced = $state.raw<Job | null>(null)

  constructor(
    private readonly client: Client,
    private readonly act: Act
  ) {}

  /** of a job, for a copy: its ids, its code, and the stack where it failed */
  async details(id: string): Promise<string> {
    const { job, detail } = await this.client.call('jobs.result', { job: id })
    const what = [job.id, job.kind, job.subject, job.errorCode].filter(Boolean).join(', ')
    return [what, job.error, detail].filter(Boolean).join('\n')
  }

  pause(job: Job): void {
    const { id } = job
    void this.act(`${nameOf(job)} paused`, cli.jobPause(id), () => this.client.call('jobs.pause', { job: id }))
  }

  goOn(job: Job): void {
    const { id } = job
    void this.act(`${nameOf(job)} goes on`, cli.jobUnpause(id), () => this.client.call('jobs.unpause', { job: id }))
  }

  stop(job: Job): void {
    const { id } = job
    const what = `${nameOf(job)} stops at the next safe point`
    void this.act(what, cli.jobCancel(id), () => this.client.call('jobs.cancel', { job: id }))
  }

  resume(job: Named): void {
    const { id } = job
    const what = `${nameOf(job)} taken up again`
    void this.act(what, cli.resume(id), () => this.client.call('resume', { job: id }))
  }

  askForce(job: Job | null): void {
    this.forced = job
  }

  force(job: Job): void {
    const { id } = job
    const input = { job: id, force: true }
    void this.act(`${nameOf(job)} stopped`, cli.jobCancel(id, true), () => this.client.call('jobs.cancel', input))
  }
}

/** what is made, where it is known */
function nameOf({ subject, id }: Named): string {
  return subject ?? id
}
