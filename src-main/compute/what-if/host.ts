/**
 * The compute process's side of what-if: one worker thread that holds the network that is asked about, so that an answer
 * needs neither the database nor a data file. It goes when nobody has asked for a while.
 */
import fs from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { InputError } from '../../core/errors/input-error'
import { firstSamples } from '../../core/datasets/mnist'
import { prepare } from '../datasets/index'
import type { Questions, WhatIfReading } from '../protocol'
import type { Surroundings } from '../teams'
import type { FromWhatIf, ToWhatIf } from './worker'

const IDLE_MS = 120_000

interface Pending {
  resolve(reading: WhatIfReading): void
  reject(error: Error): void
}

let worker: Worker | undefined
let loaded = ''
let idle: NodeJS.Timeout | undefined
let lastId = 0
const pending = new Map<number, Pending>()

/** @returns null: this network is not loaded, ask again with it */
export async function whatIf(
  { key, load, changes, samples }: Questions['whatIf']['input'],
  where: Surroundings
): Promise<WhatIfReading | null> {
  if (worker && loaded === key) return ask({ id: ++lastId, changes, samples })
  if (!load) return null
  const { data, samePlace: _samePlace, ...trained } = load
  const { test } = await prepare(data.dataset, where)
  loaded = key
  const images = firstSamples(test, data.limitTest ?? undefined)
  return ask({ id: ++lastId, load: { ...trained, test: images }, changes, samples }, where)
}

function ask(message: ToWhatIf, where?: Surroundings): Promise<WhatIfReading> {
  const thread = (worker ??= where && launch(where))
  clearTimeout(idle)
  idle = setTimeout(() => void thread?.terminate(), IDLE_MS)
  idle.unref()
  return new Promise((resolve, reject) => {
    pending.set(message.id, { resolve, reject })
    thread?.postMessage(message)
  })
}

function launch({ kernels }: Surroundings): Worker {
  const thread = new Worker(path.join(import.meta.dirname, 'what-if.js'), { workerData: fs.readFileSync(kernels) })
  thread.unref()
  thread.on('message', (message: FromWhatIf) => {
    const asked = pending.get(message.id)
    pending.delete(message.id)
    if ('reading' in message) asked?.resolve(message.reading)
    else asked?.reject(thrown(message.failure))
  })
  const gone = (why: string): void => {
    if (worker === thread) {
      worker = undefined
      loaded = ''
    }
    for (const { reject } of pending.values()) reject(new Error(why))
    pending.clear()
  }
  thread.on('error', (error) => gone(error instanceof Error ? error.message : String(error)))
  thread.on('exit', () => gone('the what-if thread ended'))
  return thread
}

function thrown({ code, message }: { code: string; message: string }): Error {
  return code === 'bad-input' ? new InputError('bad-input', message) : new Error(message)
}
