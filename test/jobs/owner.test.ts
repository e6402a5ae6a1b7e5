import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Owner } from '../../src-main/jobs/owner'
import type { Store } from '../../src-main/store/index'
import { newJob, temporaryStore } from '../store/fixtures'

const NOW = Date.UTC(2026, 0, 1)

function own(store: Store): Owner {
  const owner = new Owner(store, 'test', () => {})
  onTestFinished(() => owner.close())
  return owner
}

/** pid of a process that is gone */
function gone(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

function running(store: Store, owner: string): string {
  const job = newJob(store, 'train', owner)
  store.jobs.start(job, new Date(NOW).toISOString())
  return job
}

describe('on start', () => {
  it('running and queued jobs of a process that is gone are interrupted', () => {
    const store = temporaryStore()
    store.jobs.beat({ id: 'old', pid: gone(), host: os.hostname(), runtime: 'test', now: Date.now() })
    const [a, b] = [running(store, 'old'), newJob(store, 'train', 'old')]
    expect(own(store).recover()).toEqual([a, b])
    expect(store.jobs.get(a)).toMatchObject({ status: 'interrupted', resumable: true, errorCode: 'interrupted' })
  })

  it('jobs of a process that lives are left alone', () => {
    const store = temporaryStore()
    const other = own(store)
    const job = running(store, other.id)
    expect(own(store).recover()).toEqual([])
    expect(store.jobs.get(job).status).toBe('running')
  })

  it('a pid that was given to another process does not keep a job alive for ever', () => {
    const store = temporaryStore()
    store.jobs.beat({ id: 'old', pid: process.pid, host: os.hostname(), runtime: 'test', now: NOW })
    const job = running(store, 'old')
    const owner = own(store)
    expect(owner.recover(NOW + 60_000)).toEqual([])
    expect(owner.recover(NOW + 600_000)).toEqual([job])
  })

  it('a process on another machine counts as living while it beats', () => {
    const store = temporaryStore()
    store.jobs.beat({ id: 'far', pid: gone(), host: 'elsewhere', runtime: 'test', now: NOW })
    const job = running(store, 'far')
    const owner = own(store)
    expect(owner.recover(NOW + 60_000)).toEqual([])
    expect(owner.recover(NOW + 600_000)).toEqual([job])
  })
})
