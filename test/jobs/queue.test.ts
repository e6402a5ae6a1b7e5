import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { TaskReport } from '../../src-main/compute/protocol'
import { Engine } from '../../src-main/jobs/engine'
import { Queue } from '../../src-main/jobs/queue'
import type { Store } from '../../src-main/store/index'
import type { Job } from '../../src-main/store/jobs'
import { idealRun, newJob, temporaryStore } from '../store/fixtures'
import { FakeCompute } from './fake-compute'

let store: Store
let processes: FakeCompute[]
let queue: Queue
let told: { id: string; status: string }[]
let reported: TaskReport['kind'][]
const compute = (): FakeCompute => processes[processes.length - 1]

beforeEach(() => {
  store = temporaryStore()
  processes = []
  told = []
  reported = []
  const launch = (): FakeCompute => {
    processes.push(new FakeCompute())
    return compute()
  }
  const engine = new Engine({ launch, kernels: 'k', resources: 'r', cache: 'c', threads: 2 })
  queue = new Queue(store, engine, 'me', {
    job: ({ id, status }: Job) => told.push({ id, status }),
    report: (_job, report) => reported.push(report.kind)
  })
})

function newRun(): string {
  const job = newJob(store, 'train', 'me')
  const config = { dataset: 'mnist16', epochs: 3, batch: 100, seed: 1, limitTrain: null, limitTest: null }
  store.jobs.setSubject(job, store.runs.create({ ...idealRun(job), config }))
  return job
}

const checkpoint = { epoch: 1, arrays: { hidden: Float32Array.of(1, 2) }, numbers: { meanPower: 0.9 } }
const epoch = {
  epoch: 1,
  loss: 1,
  trainAccuracy: 0.5,
  testAccuracy: 0.6,
  hiddenSpikesPerSample: 30,
  samplesPerSecond: 100,
  seconds: 2
}
const status = (job: string): string => store.jobs.get(job).status

describe('the queue', () => {
  it('runs one job at a time, in order', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    expect([status(a), status(b)]).toEqual(['running', 'queued'])
    expect(
      compute()
        .of('start')
        .map((m) => m.task)
    ).toEqual([a])
    compute().end(a, { how: 'done', result: { epochs: 3 } })
    expect([status(a), status(b)]).toEqual(['done', 'running'])
    expect(told.filter(({ id }) => id === a).map((t) => t.status)).toEqual(['queued', 'running', 'done'])
  })

  it('opens the process once, before anything else is said to it', () => {
    queue.add(newRun())
    expect(compute().heard.map((m) => m.type)).toEqual(['open', 'start'])
    expect(compute().of('open')[0]).toMatchObject({ kernels: 'k', resources: 'r', cache: 'c', threads: 2 })
  })

  it('appends epochs and checkpoints as they come', () => {
    const job = newRun()
    queue.add(job)
    compute().report(job, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    expect(store.runs.history('r-1')).toEqual([{ ...epoch, validationAccuracy: null }])
    expect(store.runArrays.checkpoint('r-1')).toEqual(checkpoint)
    expect(reported).toEqual(['epoch'])
  })

  it('keeps what is done when the compute process dies, and goes on with the next job in a new one', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    compute().report(a, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    compute().die(134)
    expect(store.jobs.get(a)).toMatchObject({
      status: 'interrupted',
      resumable: true,
      error: 'the compute process died (exit 134)'
    })
    expect(store.runArrays.checkpointOf('r-1')?.epoch).toBe(1)
    expect(processes).toHaveLength(2)
    expect(status(b)).toBe('running')
  })

  it('resumes from the newest checkpoint with the same task', () => {
    const job = newRun()
    queue.add(job)
    const first = compute().of('start')[0].input
    expect(first).toMatchObject({ resume: null, epochs: 3, seed: 1 })
    compute().report(job, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    compute().die(1)
    expect(store.jobs.requeue(job, 'me')).toBe(true)
    queue.add(job)
    expect(compute().of('start')[0].input).toEqual({ ...first, resume: checkpoint })
  })

  it('writes down why a job failed, with more for a diagnostics file', () => {
    const job = newRun()
    queue.add(job)
    compute().end(job, { how: 'failed', failure: { code: 'internal', message: 'out of memory', detail: 'at line 1' } })
    expect(store.jobs.get(job)).toMatchObject({ status: 'failed', error: 'out of memory', errorCode: 'internal' })
    expect(store.jobs.errorDetail(job)).toBe('at line 1')
  })

  it('pauses, goes on, and cancels at the next safe point', () => {
    const job = newRun()
    queue.add(job)
    queue.pause(job)
    expect(status(job)).toBe('paused')
    queue.unpause(job)
    expect(status(job)).toBe('running')
    queue.cancel(job)
    expect(status(job)).toBe('running')
    compute().end(job, { how: 'stopped' })
    expect(store.jobs.get(job)).toMatchObject({ status: 'cancelled', resumable: true })
    expect(
      compute()
        .of('control')
        .map((m) => m.what)
    ).toEqual(['pause', 'run', 'stop'])
  })

  it('cancels a job that waits without starting it', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    queue.cancel(b)
    expect(status(b)).toBe('cancelled')
    compute().end(a, { how: 'done', result: { epochs: 3 } })
    expect(compute().of('start')).toHaveLength(1)
  })

  it('stopped by force ends a job alone, says that it can go on, and takes the next', () => {
    const two = new Queue(store, queue.engine, 'me', queue.events, 2)
    const [a, b, c] = [newRun(), newRun(), newRun()]
    for (const id of [a, b, c]) two.add(id)
    compute().report(a, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    store.jobs.request(a, 'kill')
    two.followRequests()
    two.followRequests()
    expect(compute().of('control')).toMatchObject([{ task: a, what: 'kill' }])
    compute().end(a, { how: 'killed' })
    expect(store.jobs.get(a)).toMatchObject({ status: 'interrupted', resumable: true, request: null })
    expect(store.jobs.get(a).error).toMatch(/^stopped at once/)
    expect(store.runArrays.checkpointOf('r-1')?.epoch).toBe(1)
    expect([status(b), status(c)]).toEqual(['running', 'running'])
    expect(processes).toHaveLength(1)
    // taken up again it is not stopped once more
    expect(store.jobs.requeue(a, 'me')).toBe(true)
    expect(store.jobs.get(a).request).toBe(null)
  })

  it('of a process that does not answer any more by force: the others begin again from what they had saved', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const two = new Queue(store, queue.engine, 'me', queue.events, 2)
    const [a, b, c] = [newRun(), newRun(), newRun()]
    for (const id of [a, b]) two.add(id)
    compute().report(b, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    two.pause(b)
    two.add(c)
    two.kill(a)
    vi.advanceTimersByTime(10_000)
    expect([a, b, c].map(status)).toEqual(['interrupted', 'paused', 'running'])
    expect(processes.map(({ killed }) => killed)).toEqual([true, false])
    expect(compute().of('start')).toMatchObject([
      { task: b, input: { resume: checkpoint } },
      { task: c, input: { resume: null } }
    ])
    expect(compute().of('control')).toMatchObject([{ task: b, what: 'pause' }])
    compute().end(c, { how: 'done', result: { epochs: 3 } })
    expect(status(c)).toBe('done')
  })

  it('stopped by force before its turn is cancelled', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    queue.kill(b)
    expect([a, b].map(status)).toEqual(['running', 'cancelled'])
  })

  it('follows the wishes of other processes, for its own jobs', () => {
    const job = newRun()
    queue.add(job)
    store.jobs.request(job, 'pause')
    queue.followRequests()
    expect(status(job)).toBe('paused')
    store.jobs.request(job, null)
    queue.followRequests()
    expect(status(job)).toBe('running')
    store.jobs.request(job, 'cancel')
    queue.followRequests()
    expect(
      compute()
        .of('control')
        .map((m) => m.what)
    ).toEqual(['pause', 'run', 'stop'])
  })

  it('ends on closing with everything unfinished interrupted, and starts nothing more', async () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    const closed = queue.close()
    compute().end(a, { how: 'stopped' })
    await closed
    expect([status(a), status(b)]).toEqual(['interrupted', 'interrupted'])
    expect(compute().of('start')).toHaveLength(1)
  })

  it('interrupts what is asked for while it closes, instead of letting it wait for ever', async () => {
    await queue.close()
    const job = newRun()
    queue.add(job)
    expect(store.jobs.get(job)).toMatchObject({ status: 'interrupted', resumable: true })
    expect(processes).toHaveLength(0)
  })

  it('stops a job whose results cannot be kept, says why, and goes on with the next', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    const { saveCheckpoint } = store.runArrays
    store.runArrays.saveCheckpoint = () => {
      throw new Error('disk is full')
    }
    compute().report(a, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    store.runArrays.saveCheckpoint = saveCheckpoint
    expect(compute().of('control')).toMatchObject([{ task: a, what: 'stop' }])
    compute().end(a, { how: 'stopped' })
    expect(store.jobs.get(a)).toMatchObject({ status: 'failed', error: 'disk is full', resumable: true })
    expect(store.runs.history('r-1')).toEqual([])
    expect(status(b)).toBe('running')
  })

  it('goes on when even the end of a job cannot be written', () => {
    const [a, b] = [newRun(), newRun()]
    queue.add(a)
    queue.add(b)
    const { end } = store.jobs
    store.jobs.end = () => {
      throw new Error('database is locked')
    }
    compute().end(a, { how: 'stopped' })
    store.jobs.end = end
    expect(status(b)).toBe('running')
  })

  it('does not wait for ever for a safe point', async () => {
    const job = newRun()
    queue.add(job)
    await queue.close(10)
    expect(store.jobs.get(job)).toMatchObject({ status: 'interrupted', error: null, resumable: true })
  })

  it('ignores what comes late for a job that has ended', () => {
    const job = newRun()
    queue.add(job)
    const old = compute()
    old.end(job, { how: 'done', result: { epochs: 3 } })
    old.report(job, { kind: 'epoch', epoch, testSamples: 500, checkpoint })
    old.end(job, { how: 'stopped' })
    expect(status(job)).toBe('done')
    expect(store.runs.history('r-1')).toEqual([])
  })
})
