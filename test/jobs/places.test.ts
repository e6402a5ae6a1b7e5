/** With real processes: no more jobs work at a time than there are places, whoever is paused and goes on. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../cli/inloop'
import { type Job, RealService } from './real-service'

let real: RealService
beforeAll(() => ensureBuilt(), 300_000)
beforeEach(() => void (real = new RealService()))
afterEach(() => real.close())

describe('two places', { timeout: 300_000 }, () => {
  it('a paused job that shall go on waits for one, takes it before a job that has not begun, and ends', async () => {
    await real.open()
    const state = new Map<string, Job['status']>()
    let most = 0
    real.service?.subscribe((name, payload) => {
      if (name !== 'job') return
      const { id, status } = payload as Job
      state.set(id, status)
      most = Math.max(most, [...state.values()].filter((each) => each === 'running').length)
    })
    const [a, b] = [await real.train(1), await real.train(2)]
    await real.epochOf(a.run)
    await real.ask('jobs.pause', { job: a.job })
    const c = await real.train(3)
    const d = await real.train(4)
    await real.epochOf(c.run)
    const jobs = [a, b, c, d].map(({ job }) => job)
    const ends = jobs.map((job) => real.over(job))
    await real.ask('jobs.unpause', { job: a.job })
    const now = await Promise.all(jobs.map(async (job) => (await real.jobOf(job)).status))
    expect(now).toEqual(['queued', 'running', 'running', 'queued'])
    const goesOn = real.heard('job', (job: Job) => job.id === a.job && job.status === 'running')
    await real.ask('jobs.cancel', { job: c.job })
    await goesOn
    expect((await real.jobOf(d.job)).status).toBe('queued')
    await Promise.all(ends)
    expect(jobs.map((job) => state.get(job))).toEqual(['done', 'done', 'cancelled', 'done'])
    expect(most).toBe(2)
  })
})
