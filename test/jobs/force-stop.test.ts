/** A stop by force with real processes: one job ends where it is, nothing that was saved is lost, no other job is harmed. */
import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '../../src-main/contract/index'
import { openService, type Service } from '../../src-main/handlers/service'
import { ensureBuilt } from '../cli/inloop'
import { FakeCompute } from './fake-compute'
import { temporaryFolder } from '../store/fixtures'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LONG = { method: 'surrogate', dataset: 'yin-yang', chip: 'ideal', epochs: 40, limitTrain: 2000, limitTest: 200 }

let service: Service
let children: ChildProcess[] = []

beforeAll(() => ensureBuilt(), 300_000)
afterEach(() => service.close())

async function open(): Promise<void> {
  children = []
  service = await openService({
    workspace: temporaryFolder(),
    launchCompute: () => {
      const child = fork(path.join(ROOT, 'out/main/compute.js'), [], { serialization: 'advanced', execArgv: [] })
      children.push(child)
      return {
        post: (message) => void child.send(message as object, () => {}),
        onMessage: (callback) => void child.on('message', callback),
        onExit: (callback) => void child.on('exit', callback),
        kill: () => void child.kill('SIGKILL')
      }
    },
    launchReader: () => new FakeCompute(),
    kernels: path.join(ROOT, 'out/kernels.wasm'),
    resources: path.join(ROOT, 'resources'),
    version: '0.0.0',
    runtime: 'test',
    threads: 1,
    slots: 2
  })
}

const ask = <T>(name: string, input: object): Promise<T> => service.invoke(name, input) as Promise<T>
type Job = Output<'jobs.list'>['jobs'][number]
const jobOf = async (id: string): Promise<Job> => (await ask<{ job: Job }>('jobs.result', { job: id })).job
const weights = async (run: string): Promise<unknown> =>
  (await ask<Output<'runs.show'>>('runs.show', { run })).run.provenance['weightsSha256']

async function train(seed: number): Promise<{ job: string; run: string }> {
  const { job, subject } = await ask<{ job: string; subject: string }>('train', { ...LONG, seed })
  return { job, run: subject }
}

/** resolves when an event says so */
function heard(event: string, fits: (payload: never) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = service.subscribe((name, payload) => {
      if (name !== event || !fits(payload as never)) return
      end()
      resolve()
    })
  })
}
const epochOf = (run: string): Promise<void> => heard('epoch', (e: { run: string }) => e.run === run)
const over = (job: string): Promise<void> =>
  heard('job', (j: Job) => j.id === job && ['done', 'interrupted', 'cancelled', 'failed'].includes(j.status))

describe('a job that is stopped by force', { timeout: 300_000 }, () => {
  it('ends where it is and goes on from its checkpoint to the same bits; the other never notices', async () => {
    await open()
    const [a, b] = [await train(1), await train(2)]
    const [first, ends, other] = [epochOf(a.run), over(a.job), over(b.job)]
    await first
    await ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true, errorCode: 'interrupted' })
    const { run } = await ask<Output<'runs.show'>>('runs.show', { run: a.run })
    expect(run.epochsDone).toBeGreaterThanOrEqual(1)
    expect(run.epochsDone).toBeLessThan(LONG.epochs)
    await other
    expect(await jobOf(b.job)).toMatchObject({ status: 'done' })
    // its threads went, the process stayed
    expect(children).toHaveLength(1)

    const resumed = over(a.job)
    await ask('resume', { job: a.job })
    await resumed
    const whole = await train(1)
    await over(whole.job)
    expect(await weights(a.run)).toBe(await weights(whole.run))
  })

  it('of a process that hangs: it is replaced, and the other job goes on by itself', async () => {
    await open()
    const [a, b] = [await train(1), await train(2)]
    const [first, ends, other] = [epochOf(b.run), over(a.job), over(b.job)]
    await first
    children[0].kill('SIGSTOP')
    await ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true })
    await other
    expect(await jobOf(b.job)).toMatchObject({ status: 'done' })
    expect(children).toHaveLength(2)
    const whole = await train(2)
    await over(whole.job)
    expect(await weights(b.run)).toBe(await weights(whole.run))
  })

  it('a paused one too, which waits for nobody', async () => {
    await open()
    const a = await train(1)
    await epochOf(a.run)
    await ask('jobs.pause', { job: a.job })
    const ends = over(a.job)
    await ask('jobs.cancel', { job: a.job, force: true })
    await ends
    expect(await jobOf(a.job)).toMatchObject({ status: 'interrupted', resumable: true })
    expect(children).toHaveLength(1)
  })
})
