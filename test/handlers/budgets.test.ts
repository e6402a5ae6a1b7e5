/** With 10,000 runs, 500 chips and 1,000 calibrations the bench answers within its budgets, through the contract. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Service } from '../../src-main/handlers/service'
import { openDatabase } from '../../src-main/store/database'
import { openStore } from '../../src-main/store/index'
import { type SortKey, SORTS } from '../../src-main/store/runs/list'
import { quickest } from '../store/budget'
import { fillWorkspace, LARGE } from '../store/large'
import { openOn } from './opened'

/** ms, of the operator's brief */
const [LIST, COMPARE, OPEN] = [100, 200, 300]

const FILTERS = [
  '',
  'sweep',
  'accuracy>=0.75 AND (chip:HX-0 OR tag:night) -status:failed',
  'NOT note:old config.learningRate>0.001',
  'calibration=c-7 OR star:yes',
  'config.slope<100',
  'c-17 OR stopped OR slope',
  'started=2026-01-04 tag!=night',
  'config.keep=last config.rate=0 NOT note="" OR config.slope=110'
]

const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-large-'))
const file = path.join(workspace, 'inloop.db')
let service: Service
let compared: string[]

beforeAll(async () => {
  const store = openStore(file)
  compared = fillWorkspace(store)
  store.close()
  service = await openOn(workspace)
}, 120_000)

afterAll(async () => {
  await service.close()
  console.info([...slowest].map(([kind, ms]) => `${kind}: ${ms.toFixed(1)} ms`).join('\n'))
  fs.rmSync(workspace, { recursive: true, force: true })
})

/** the slowest of each kind, printed at the end */
const slowest = new Map<string, number>()

async function hold(budget: number, kind: string, work: () => unknown, what = kind): Promise<void> {
  const ms = await quickest(budget, work)
  slowest.set(kind, Math.max(slowest.get(kind) ?? 0, ms))
  expect(ms, what).toBeLessThan(budget)
}

const within = (budget: number, name: string, input: object): Promise<void> =>
  hold(budget, name, () => service.invoke(name, input), `${name} ${JSON.stringify(input)}`)

describe('a large workspace', () => {
  it('opens', async () => {
    await hold(OPEN, 'open the database', () => openDatabase(file).close())
    await hold(OPEN, 'open the store', () => openStore(file).close())
  })

  it('shows a page of runs by any filter and in any order, with facets and groups', async () => {
    const { runs, total } = (await service.invoke('runs.list', { limit: 100 })) as { runs: unknown[]; total: number }
    expect([runs.length, total]).toEqual([100, LARGE.runs])
    for (const filter of FILTERS) {
      for (const sort of Object.keys(SORTS) as SortKey[])
        for (const descending of [true, false])
          await within(LIST, 'runs.list', { filter, sort, descending, limit: 100 })
      await within(LIST, 'runs.list', { filter, offset: 9900, limit: 100 })
      await within(LIST, 'runs.list', { filter, sort: 'accuracy', offset: 5000, limit: 100 })
      await within(LIST, 'runs.facets', { filter })
      await within(LIST, 'runs.groups', { filter, by: ['chip', 'seed'] })
      await within(LIST, 'runs.groups', { filter, by: ['config'] })
    }
    const { groups } = (await service.invoke('runs.groups', { by: ['config'] })) as {
      groups: { key: { config: string } }[]
    }
    const filter = `config=${groups[0].key.config.split(' ').at(-1)} OR accuracy>99%`
    await within(LIST, 'runs.list', { filter, limit: 100 })
    await within(LIST, 'runs.groups', { filter, by: ['config'] })
  }, 120_000)

  it('lists its chips, calibrations and jobs', async () => {
    const { runs } = (await service.invoke('runs.list', { limit: 60 })) as { runs: { id: string }[] }
    await within(LIST, 'runs.curves', { runs: [...runs.map(({ id }) => id), ...compared] })
    await within(LIST, 'chip.list', {})
    await within(LIST, 'calibration.list', {})
    await within(LIST, 'jobs.list', {})
    await within(LIST, 'chip.show', { chip: 'hx-250' })
  }, 60_000)

  it('compares ten runs of 300 epochs, as the window does and as the command line does', async () => {
    const window = (): Promise<unknown> =>
      Promise.all(
        compared.flatMap((run) => [service.invoke('runs.show', { run }), service.invoke('runs.dashboard', { run })])
      )
    await hold(COMPARE, 'compare in the window', window)
    await within(COMPARE, 'compare', { runs: compared })
    const { run } = (await service.invoke('runs.show', { run: compared[0] })) as { run: { history: unknown[] } }
    expect(run.history).toHaveLength(LARGE.epochs)
  })
})
