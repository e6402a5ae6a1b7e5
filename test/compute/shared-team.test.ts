/** The team over real threads: the module is bundled on the fly, since a worker thread reads no TypeScript. */
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { abort, control, mayGoOn, PAUSE, RUN, sharedTeam, STOP, teamBuffer } from '../../src-main/compute/shared-team'

let code = ''
beforeAll(async () => {
  const entry = new URL('../../src-main/compute/shared-team.ts', import.meta.url).pathname
  const result = await build({
    logLevel: 'error',
    configFile: false,
    build: { write: false, minify: false, lib: { entry, formats: ['cjs'] } }
  })
  const [{ output }] = Array.isArray(result) ? result : [result as never]
  code = (output as { code: string }[])[0].code
})

/** runs `body(team, data)` in `size` threads; returns what each returned or threw */
function threads(size: number, body: string, data: unknown = null): Promise<unknown[]> {
  const buffer = teamBuffer()
  const source = `${code}
    const { parentPort, workerData } = require('node:worker_threads')
    const { buffer, index, size, data } = workerData
    try { parentPort.postMessage({ value: (${body})(exports.sharedTeam(buffer, index, size), data, buffer) }) }
    catch (error) { exports.abort(buffer); parentPort.postMessage({ value: String(error) }) }`
  return Promise.all(
    Array.from({ length: size }, (_, index) => {
      const worker = new Worker(source, { eval: true, workerData: { buffer, index, size, data } })
      return new Promise((resolve, reject) => {
        worker.on('message', ({ value }: { value: unknown }) => resolve(value))
        worker.on('error', reject)
      })
    })
  )
}

describe('a team of threads', { timeout: 30_000 }, () => {
  it('meets at every barrier: nobody sees a phase that others have not finished', async () => {
    const shared = new Int32Array(new SharedArrayBuffer(4 * 3))
    const body = `(team, shared) => {
      let wrong = 0
      for (let phase = 1; phase <= 2000; phase++) {
        Atomics.store(shared, team.index, phase)
        team.barrier()
        for (let k = 0; k < team.size; k++) if (Atomics.load(shared, k) !== phase) wrong++
        team.barrier()
      }
      return wrong
    }`
    expect(await threads(3, body, shared)).toEqual([0, 0, 0])
  })

  it('agrees on what member 0 decides, again and again', async () => {
    const body = `(team) => {
      let wrong = 0
      for (let k = 0; k < 2000; k++) if (team.agree(() => (team.index === 0 ? k / 7 : -1)) !== k / 7) wrong++
      return wrong
    }`
    expect(await threads(2, body)).toEqual([0, 0])
  })

  it('deals every piece once, to whoever is free, deal after deal without meeting', async () => {
    const [deals, pieces] = [300, 7]
    const taken = new Int32Array(new SharedArrayBuffer(4 * deals * pieces))
    const body = `(team, taken) => {
      let mine = 0
      for (let deal = 0; deal < ${deals}; deal++) {
        team.deal(${pieces}, (piece) => {
          mine++
          Atomics.add(taken, deal * ${pieces} + piece, 1)
          // member 2 has other work to do
          if (team.index === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
        })
        if (deal % 100 === 99) team.barrier()
      }
      return mine
    }`
    const mine = (await threads(3, body, taken)) as number[]
    expect([...new Set(taken)]).toEqual([1])
    expect(mine[0] + mine[1] + mine[2]).toBe(deals * pieces)
    // a fair share would be 700
    expect(mine[2]).toBeLessThan(500)
  })

  it('is let go when a member fails', async () => {
    const body = `(team) => {
      if (team.index === 1) throw new Error('broken')
      team.barrier()
    }`
    const ends = await threads(3, body)
    expect(ends[1]).toBe('Error: broken')
    expect([ends[0], ends[2]]).toEqual(['Error', 'Error'])
  })

  it('waits while it is paused and hears when it shall stop', async () => {
    const buffer = teamBuffer()
    control(buffer, PAUSE)
    const source = `${code}
      const { parentPort, workerData } = require('node:worker_threads')
      parentPort.postMessage(exports.mayGoOn(workerData))`
    const worker = new Worker(source, { eval: true, workerData: buffer })
    const answer = new Promise((resolve) => worker.on('message', resolve))
    await new Promise((resolve) => worker.on('online', resolve))
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))])).toBe('waits')
    control(buffer, RUN)
    expect(await answer).toBe(true)
    control(buffer, STOP)
    expect(mayGoOn(buffer)).toBe(false)
  })
})

it('a team of one needs nobody', () => {
  const buffer = teamBuffer()
  const team = sharedTeam(buffer, 0, 1)
  team.barrier()
  expect(team.agree(() => 0.1)).toBe(0.1)
  const pieces: number[] = []
  for (const count of [3, 0, 2]) team.deal(count, (piece) => pieces.push(piece))
  expect(pieces).toEqual([0, 1, 2, 0, 1])
  abort(buffer)
  expect(mayGoOn(buffer)).toBe(false)
})
