/** A run again: the same bits for any number of threads, and the first step named where a record was altered. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import { openStore } from '../../src-main/store/index'
import { sqliteBinding } from '../../src-main/store/native'
import { ended, ensureBuilt, newBench, says, type Bench } from './inloop'

interface Reproduced {
  reproduced: boolean
  firstDifference: { epoch: number; quantity: string; recorded: unknown; again: unknown } | null
  of: string
  run: string
  epochs: number
  weights: number
  warnings: string[]
}
interface Run {
  id: string
  name: string
  configHash: string
  provenance: { [key: string]: unknown }
  again: { run: string; reproduced: boolean | null }[]
}

let bench: Bench
const train = async (...args: string[]): Promise<string> => {
  const { run } = await bench.json<{ run: Run }>('train', ...args, '--limit-train', '300', '--limit-test', '100')
  return run.id
}
const again = (run: string, ...more: string[]) => bench.json<Reproduced>('reproduce', run, ...more)
const shown = async (run: string): Promise<Run> => (await bench.json<{ run: Run }>('runs', 'show', run)).run
const altered = (sql: string, ...values: unknown[]): void => {
  const nativeBinding = sqliteBinding()
  const db = new Database(path.join(bench.workspace, 'inloop.db'), nativeBinding ? { nativeBinding } : {})
  expect(db.prepare(sql).run(...values).changes).toBe(1)
  db.close()
}

beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.json('chip', 'new', '--seed', '1')
}, 300_000)
afterAll(() => bench.remove())

describe('reproduce', { timeout: 300_000 }, () => {
  it.each([
    ['surrogate on a chip', ['surrogate', '--dataset', 'mnist16', '--chip', 'hx-1', '--calibration', 'none']],
    ['surrogate', ['surrogate', '--dataset', 'mnist16', '--set', 'hidden=24', '--set', 'dropout=0.1']],
    ['first-spike', ['first-spike', '--dataset', 'yin-yang']],
    ['delgrad', ['delgrad', '--dataset', 'yin-yang', '--set', 'validation=0.3', '--set', 'keep=best']],
    ['reference', ['reference', '--dataset', 'yin-yang']]
  ])('makes the same bits of %s with one thread and with two', async (_name, args) => {
    const run = await train(...args, '--epochs', '2', '--seed', '4', '--threads', '2')
    for (const threads of ['1', '2']) {
      const made = await again(run, '--threads', threads)
      expect(made).toMatchObject({ status: 0, reproduced: true, firstDifference: null, of: run, epochs: 2 })
      expect(made).toMatchObject({ warnings: [] })
      expect(made.weights).toBeGreaterThan(10)
    }
  })

  it('keeps what it made as a run that says whose record it is', async () => {
    const run = await train('reference', '--dataset', 'yin-yang', '--epochs', '1', '--name', 'first')
    const made = await again(run)
    const [one, other] = [await shown(run), await shown(made.run)]
    expect(other).toMatchObject({ name: 'first again', configHash: one.configHash })
    expect(other.provenance['againOf']).toBe(`${run}, the same bits`)
    expect(one.again).toEqual([{ run: made.run, status: 'done', reproduced: true, firstDifference: null }])
    const { stdout } = await bench.run(['reproduce', run])
    expect(stdout).toMatch(/^r-\d+ is r-\d+ again: the same bits in 1 epoch and \d+ weights and moments/)
  })

  it('names the epoch, the quantity and both values where a metric of the record is another', async () => {
    const run = await train('surrogate', '--dataset', 'mnist16', '--set', 'hidden=16', '--epochs', '3')
    altered('update run_epoch set hidden_spikes = hidden_spikes + 0.5 where run = ? and epoch = 3', run)
    altered('update run_epoch set loss = 1 where run = ? and epoch = 2', run)
    const made = await again(run)
    expect(made).toMatchObject({ status: 1, reproduced: false })
    expect(made.firstDifference).toMatchObject({ epoch: 2, quantity: 'loss', recorded: 1 })
    const { history } = (await bench.json<{ run: { history: { loss: number }[] } }>('runs', 'show', made.run)).run
    expect(made.firstDifference?.again).toBe(history[1].loss)
    expect((await shown(made.run)).provenance['againOf']).toBe(`${run}, other from epoch 2 on (loss)`)
  })

  it('names the weight where one of the record is another, by its last bit', async () => {
    const run = await train('first-spike', '--dataset', 'yin-yang', '--epochs', '2')
    const store = openStore(path.join(bench.workspace, 'inloop.db'))
    const checkpoint = store.runArrays.checkpoint(run)!
    const array = checkpoint.arrays['outputWeights']
    const was = array[7]
    new BigInt64Array(array.buffer)[7] ^= 1n
    store.runArrays.saveCheckpoint(run, checkpoint)
    store.close()
    expect(await again(run)).toMatchObject({
      status: 1,
      epochs: 2,
      firstDifference: { epoch: 2, quantity: 'outputWeights[7]', recorded: array[7], again: was }
    })
  })

  it('tells that the code or the chip is another, and runs on the chip as it was', async () => {
    const chip = ['--chip', 'hx-1', '--calibration', 'none']
    const run = await train('surrogate', '--dataset', 'mnist16', ...chip, '--set', 'hidden=16', '--epochs', '1')
    await bench.json('chip', 'age', 'hx-1', '--days', '20', '--temperature', '35')
    await bench.json('exclude', 'hx-1', '3', '--reason', 'noisy')
    altered(`update run set versions = json_set(versions, '$.core', 'feed') where id = ?`, run)
    const made = await again(run)
    expect(made).toMatchObject({ status: 0, reproduced: true })
    expect(made.warnings.join('\n')).toMatch(
      /made by other code: feed .*\n.*was 0 days old, now 20.*\n.*was at 30 °C, now 35 °C.*\n.*other neurons/
    )
    const { run: anew } = await bench.json<{ run: { config: object } }>('runs', 'show', made.run)
    expect(anew.config).toMatchObject({ ageDays: 0, temperature: 30, excluded: '' })
  })

  it('refuses a run without a record to compare with, and other data', async () => {
    const run = await train('reference', '--dataset', 'yin-yang', '--epochs', '1')
    altered(`update run set dataset_sha256 = ? where id = ?`, 'e'.repeat(64), run)
    const { status, stderr } = await bench.run(['reproduce', run])
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/was made of e{12}; data set yin-yang has sha256 \w+ here/)
    ])
    expect((await bench.run(['reproduce', 'r-999'])).status).toBe(2)
  })

  it('stops, is taken up again, and then compares', async () => {
    const run = await train('surrogate', '--dataset', 'mnist16', '--set', 'hidden=32', '--epochs', '6')
    const child = bench.start(['reproduce', run, '--json'])
    await says(child, 'epoch 2:')
    child.kill('SIGINT')
    const { status, stderr } = await ended(child)
    expect(status, stderr).toBe(3)
    const job = /`inloop resume (j-\d+)`/.exec(stderr)?.[1] ?? ''
    const gone = await bench.json<Reproduced & { job: { kind: string } }>('resume', job)
    expect(gone).toMatchObject({ status: 0, job: { kind: 'reproduce' }, reproduced: true, epochs: 6 })
    expect((await shown(run)).again).toHaveLength(1)
  })
})
