/** Sweeps: one run for each combination of values, checked before the first begins, taken up again. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, ensureBuilt, newBench, says, type Bench } from './inloop'

let bench: Bench
beforeAll(() => {
  ensureBuilt()
  bench = newBench()
}, 300_000)
afterAll(() => bench.remove())

interface Sweep {
  sweep: {
    id: string
    total: number
    done: number
    failed: number
    runs: { run: string; varied: { [name: string]: unknown }; testAccuracy: number }[]
  }
}

function plan(content: unknown): string {
  const file = path.join(bench.workspace, 'plan.json')
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const BASE = { method: 'surrogate', dataset: 'mnist16', limitTrain: 500, limitTest: 100, epochs: 1 }

describe('sweep', { timeout: 300_000 }, () => {
  it('makes a run for each combination, once', async () => {
    const file = plan({ ...BASE, set: { hidden: 20 }, vary: { 'set.dropout': [0, 0.2], seed: [1, 2] } })
    const { sweep } = await bench.json<Sweep>('sweep', file)
    expect(sweep).toMatchObject({ total: 4, done: 4, failed: 0 })
    expect(sweep.runs.map(({ varied }) => [varied['set.dropout'], varied['seed']])).toEqual([
      [0, 1],
      [0, 2],
      [0.2, 1],
      [0.2, 2]
    ])
    const shown = await bench.json<{ run: { config: { [key: string]: unknown } } }>('runs', 'show', sweep.runs[2].run)
    expect(shown.run.config).toMatchObject({ dropout: 0.2, hidden: 20, seed: 1 })
    const again = await bench.json<Sweep>('sweep', file)
    expect(again.sweep.runs).toEqual(sweep.runs)
    expect(await bench.json<Sweep>('sweep', 'status', sweep.id)).toMatchObject({ sweep })
    const retried = await bench.run(['sweep', 'retry', sweep.id])
    expect([retried.status, retried.stderr]).toEqual([2, expect.stringContaining('allowed: one with runs to be made')])
  })

  it('is refused in one line before anything begins', async () => {
    const refused = async (content: unknown, ...further: string[]): Promise<string> => {
      const { status, stderr } = await bench.run(['sweep', plan(content), ...further])
      expect(status).toBe(2)
      return stderr
    }
    expect(await refused('{')).toContain('plan.json')
    expect(await refused({ ...BASE, vary: { 'set.dropout': 0.2 } })).toContain('vary.set.dropout is no list of values')
    expect(await refused({ ...BASE, vary: { 'set.drop': [0.2] } })).toContain("setting 'drop' is unknown")
    expect(await refused({ ...BASE, epoch: 3 })).toContain('epoch')
    expect(await refused({ ...BASE, vary: { seed: [1] } }, '--on', 'slurm')).toContain('allowed: local')
    expect(await bench.json('runs', 'list')).toMatchObject({ total: 4 })
  })

  it('is stopped from elsewhere, keeps what is done, and is taken up again', async () => {
    const file = plan({ ...BASE, epochs: 8, set: { hidden: 20 }, vary: { seed: [11, 12] } })
    const child = bench.start(['sweep', file, '--json'])
    await says(child, 'epoch 2:')
    const { jobs } = await bench.json<{ jobs: { id: string; kind: string; status: string }[] }>('jobs', 'list')
    const { id } = jobs.find(({ kind, status }) => kind === 'sweep' && status === 'running')!
    const early = await bench.run(['sweep', 'retry', id])
    expect([early.status, early.stderr]).toEqual([2, expect.stringContaining('is running')])
    const over = ended(child)
    expect(await bench.json<Sweep>('sweep', 'cancel', id)).toMatchObject({ status: 0, sweep: { id, total: 2 } })
    expect((await over).status).toBe(3)
    const stopped = await bench.json<Sweep>('sweep', 'status', id)
    expect(stopped.sweep.done).toBeLessThan(2)
    const twice = await bench.run(['sweep', 'cancel', id])
    expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining('allowed: running, queued')])
    const begun = (await bench.json<{ runs: { id: string }[] }>('runs', 'list', 'seed=11')).runs
    const { status, sweep } = await bench.json<Sweep>('sweep', 'retry', id)
    expect({ status, ...sweep }).toMatchObject({ status: 0, id, total: 2, done: 2, failed: 0 })
    // what had begun was gone on with, not made twice
    expect(begun.map((run) => run.id)).toEqual([sweep.runs[0].run])
    expect((await bench.json<{ total: number }>('runs', 'list', 'epochs=8')).total).toBe(2)
  })

  it('tells a run that failed, does the others, and tries that one alone again', async () => {
    // without samples set aside there is no best epoch, which training finds out
    const file = plan({ ...BASE, set: { hidden: 20 }, vary: { 'set.keep': ['best', 'last'], seed: [21] } })
    const first = await bench.json<Sweep>('sweep', file)
    expect(first).toMatchObject({ status: 1, sweep: { total: 2, done: 1, failed: 1 } })
    const [failed, done] = first.sweep.runs as { run: string | null; error?: string | null }[]
    expect([failed.run, failed.error]).toEqual([null, expect.stringContaining('allowed with validation above 0')])
    const again = await bench.json<Sweep>('sweep', 'retry', first.sweep.id)
    expect(again).toMatchObject({ status: 1, sweep: { id: first.sweep.id, done: 1, failed: 1 } })
    expect(again.sweep.runs[1].run).toBe(done.run)
  })
})
