/** The service with real compute processes, as the window has it: two jobs at a time. */
import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { Output } from '../../src-main/contract/index'
import { openService, type Service } from '../../src-main/handlers/service'
import { temporaryFolder } from '../store/fixtures'
import { FakeCompute } from './fake-compute'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const LONG = {
  method: 'surrogate',
  dataset: 'yin-yang',
  chip: 'ideal',
  epochs: 40,
  limitTrain: 2000,
  limitTest: 200
}

export type Job = Output<'jobs.list'>['jobs'][number]

export class RealService {
  readonly children: ChildProcess[] = []
  service: Service | undefined

  async open(): Promise<void> {
    this.service = await openService({
      workspace: temporaryFolder(),
      launchCompute: () => {
        const child = fork(path.join(ROOT, 'out/main/compute.js'), [], { serialization: 'advanced', execArgv: [] })
        this.children.push(child)
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

  async close(): Promise<void> {
    await this.service?.close()
  }

  ask<T>(name: string, input: object): Promise<T> {
    return this.#opened().invoke(name, input) as Promise<T>
  }

  async jobOf(job: string): Promise<Job> {
    return (await this.ask<{ job: Job }>('jobs.result', { job })).job
  }

  async train(seed: number): Promise<{ job: string; run: string }> {
    const { job, subject } = await this.ask<{ job: string; subject: string }>('train', { ...LONG, seed })
    return { job, run: subject }
  }

  /** resolves when an event says so */
  heard(event: string, fits: (payload: never) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const end = this.#opened().subscribe((name, payload) => {
        if (name !== event || !fits(payload as never)) return
        end()
        resolve()
      })
    })
  }

  epochOf(run: string): Promise<void> {
    return this.heard('epoch', (e: { run: string }) => e.run === run)
  }

  over(job: string): Promise<void> {
    return this.heard(
      'job',
      (j: Job) => j.id === job && ['done', 'interrupted', 'cancelled', 'failed'].includes(j.status)
    )
  }

  #opened(): Service {
    if (!this.service) throw new Error('the service was not opened')
    return this.service
  }
}
