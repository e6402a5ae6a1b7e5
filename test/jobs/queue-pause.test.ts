/** Jobs of one place that are paused and go on, on a compute process that does what the test says. */
import { beforeEach, describe, expect, it } from 'vitest'
import { Engine } from '../../src-main/jobs/engine'
import { Queue } from '../../src-main/jobs/queue'
import type { Store } from '../../src-main/store/index'
import { idealRun, newJob, temporaryStore } from '../store/fixtures'
import { FakeCompute } from './fake-compute'

let store: Store
let fake: FakeCompute
let queue: Queue
const compute = (): FakeCompute => fake
const status = (job: string): string => store.jobs.get(job).status
const controls = (job: string): string[] =>
  compute()
    .of('control')
    .filter(({ task }) => task === job)
    .map(({ what }) => what)

beforeEach(() => {
  store = temporaryStore()
  fake = new FakeCompute()
  const engine = new Engine({ launch: () => fake, kernels: 'k', resources: 'r', cache: 'c', threads: 2 })
  queue = new Queue(store, engine, 'me', { job: () => {}, report: () => {} })
})

function newRun(): string {
  const job = newJob(store, 'train', 'me')
  store.jobs.setSubject(job, store.runs.create(idealRun(job)))
  return job
}

describe('a job that is paused', () => {
  it('with two slots runs two, and a paused one holds none', () => {
    const two = new Queue(store, queue.engine, 'me', queue.events, 2)
    const [a, b, c, d] = [newRun(), newRun(), newRun(), newRun()]
    for (const id of [a, b, c, d]) two.add(id)
    const all = (): string[] => [a, b, c, d].map(status)
    expect(all()).toEqual(['running', 'running', 'queued', 'queued'])
    two.pause(a)
    expect(all()).toEqual(['paused', 'running', 'running', 'queued'])
    two.unpause(a)
    // b and c work: it waits, before d that has not begun
    expect(all()).toEqual(['queued', 'running', 'running', 'queued'])
    expect(controls(a)).toEqual(['pause'])
    compute().end(b, { how: 'done', result: { epochs: 3 } })
    expect(all()).toEqual(['running', 'done', 'running', 'queued'])
    expect(controls(a)).toEqual(['pause', 'run'])
    two.cancel(c)
    compute().end(c, { how: 'stopped' })
    expect(all()).toEqual(['running', 'done', 'cancelled', 'running'])
  })

  it('what shall go on waits in the order it was asked, can be paused again, and can be stopped', async () => {
    const [a, b, c, d] = [newRun(), newRun(), newRun(), newRun()]
    for (const id of [a, b, c, d]) queue.add(id)
    const all = (): string[] => [a, b, c, d].map(status)
    for (const id of [a, b, c]) queue.pause(id)
    for (const id of [b, a, c]) queue.unpause(id)
    expect(all()).toEqual(['queued', 'queued', 'queued', 'running'])
    queue.pause(b)
    queue.cancel(c)
    compute().end(c, { how: 'stopped' })
    expect(all()).toEqual(['queued', 'paused', 'cancelled', 'running'])
    compute().end(d, { how: 'done', result: { epochs: 3 } })
    expect(all()).toEqual(['running', 'paused', 'cancelled', 'done'])
    queue.unpause(b)
    const closed = queue.close()
    for (const id of [a, b]) compute().end(id, { how: 'stopped' })
    await closed
    expect(all()).toEqual(['interrupted', 'interrupted', 'cancelled', 'done'])
  })

  it('a job paused before its turn does not begin until it shall go on, and can be stopped', async () => {
    const [a, b, c, d] = [newRun(), newRun(), newRun(), newRun()]
    for (const id of [a, b, c, d]) queue.add(id)
    const all = (): string[] => [a, b, c, d].map(status)
    for (const id of [b, c, d]) queue.pause(id)
    compute().end(a, { how: 'done', result: { epochs: 3 } })
    expect(all()).toEqual(['done', 'paused', 'paused', 'paused'])
    queue.unpause(c)
    queue.cancel(b)
    expect(all()).toEqual(['done', 'cancelled', 'running', 'paused'])
    const closed = queue.close()
    compute().end(c, { how: 'stopped' })
    await closed
    expect(all()).toEqual(['done', 'cancelled', 'interrupted', 'interrupted'])
  })
})
