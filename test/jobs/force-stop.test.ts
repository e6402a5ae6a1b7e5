/** A stop by force with real processes: one job ends where it is, nothing that was saved is lost, no other job is harmed. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Output } from '../../src-main/contract/index'
import { ensureBuilt } from '../cli/inloop'
import { LONG, RealService } from './real-service'

let real: RealService
beforeAll(() => ensureBuilt(), 300_000)
beforeEach(() => void (real = new RealService()))
afterEach(() => real.close())

const weights = async (run: string): Promise<unknown> =>
  (await real.ask<Output<'runs.show'>>('runs.show', { run })).run.provenance['weightsSha256']

describe('a job that is stopped by force', { timeout: 300_000 }, () => {
  it('ends where it is and goes on from its checkpoint to the same bits; the other never notices', async () => {
    await real.open()
    const [a, b] = [await real.train(1), await real.train(2)]
    const [first, ends, other] = [real.epochOf(a.run), real.over(a.job), real.over(b.job)]
    await first
    await real.ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await real.jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true, errorCode: 'interrupted' })
    const { run } = await real.ask<Output<'runs.show'>>('runs.show', { run: a.run })
    expect(run.epochsDone).toBeGreaterThanOrEqual(1)
    expect(run.epochsDone).toBeLessThan(LONG.epochs)
    await other
    expect(await real.jobOf(b.job)).toMatchObject({ status: 'done' })
    // its threads went, the process stayed
    expect(real.children).toHaveLength(1)

    const resumed = real.over(a.job)
    await real.ask('resume', { job: a.job })
    await resumed
    const whole = await real.train(1)
    await real.over(whole.job)
    expect(await weights(a.run)).toBe(await weights(whole.run))
  })

  it('of a process that hangs: it is replaced, and the other job goes on by itself', async () => {
    await real.open()
    const [a, b] = [await real.train(1), await real.train(2)]
    const [first, ends, other] = [real.epochOf(b.run), real.over(a.job), real.over(b.job)]
    await first
    real.children[0].kill('SIGSTOP')
    await real.ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await real.jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true })
    await other
    expect(await real.jobOf(b.job)).toMatchObject({ status: 'done' })
    expect(real.children).toHaveLength(2)
    const whole = await real.train(2)
    await real.over(whole.job)
    expect(await weights(b.run)).toBe(await weights(whole.run))
  })

  it('a paused one too, which waits for nobody', async () => {
    await real.open()
    const a = await real.train(1)
    await real.epochOf(a.run)
    await real.ask('jobs.pause', { job: a.job })
    const ends = real.over(a.job)
    await real.ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await real.jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true })
    expect(real.children).toHaveLength(1)
  })
})
