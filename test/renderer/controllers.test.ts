import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient, type Client } from '../../src-renderer/api/client'
import { Bench } from '../../src-renderer/state/bench.svelte'
import { ChipPage } from '../../src-renderer/state/chip-page.svelte'
import { Preferences } from '../../src-renderer/state/preferences.svelte'
import { Resource } from '../../src-renderer/state/resource.svelte'
import { RunTable } from '../../src-renderer/state/run-table.svelte'
import { StepError, Undo } from '../../src-renderer/state/undo.svelte'
import { runDetail, runs } from './harness/runs'
import { syntheticBridge } from './harness/bridge'

let client: Client
let preferences: Preferences

beforeEach(() => {
  client = createClient(syntheticBridge('bench', 'light'))
  preferences = new Preferences(client)
})

describe('the page of a chip', () => {
  it('reads the active calibration and follows the chosen metric', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-1')
    expect(page.calibration?.id).toBe('c-12')
    expect(page.map?.metric).toBe('tau_syn_exc')
    page.stepMetric(1)
    expect(page.map?.metric).toBe('tau_syn_inh')
    expect(page.cells?.states.filter((state) => state === 'failed')).toHaveLength(3)
  })

  it('keeps limits set by hand over a round trip of metrics, until they are reset', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-1')
    page.setLimits([5, 7])
    page.stepMetric(1)
    expect(page.limits).not.toEqual([5, 7])
    page.stepMetric(-1)
    expect(page.limits).toEqual([5, 7])
    page.setLimits(null)
    expect(page.limits).not.toEqual([5, 7])
  })

  it('asks for the search of the last neuron alone while a key is held, and keeps the former until it is there', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-1')
    vi.useFakeTimers()
    try {
      const asked = vi.spyOn(client, 'call')
      const searched = (): number[] =>
        asked.mock.calls.flatMap(([name, input]) =>
          name === 'calibration.search' ? [(input as { neuron: number }).neuron] : []
        )
      // one step is answered at once; then the key repeats
      page.select(1)
      expect(searched()).toEqual([1])
      await vi.advanceTimersByTimeAsync(400)
      expect(page.traces.value?.neuron).toBe(1)
      for (let neuron = 2; neuron <= 41; neuron++) {
        page.select(neuron)
        await vi.advanceTimersByTimeAsync(33)
        expect(page.traces.value?.list.length, 'nothing is cleared on the way').toBeGreaterThan(0)
      }
      await vi.advanceTimersByTimeAsync(400)
      expect(searched()).toEqual([1, 2, 41])
      expect(page.traces.value?.neuron).toBe(41)
    } finally {
      vi.useRealTimers()
      vi.restoreAllMocks()
    }
  })

  it('leaves excluded neurons out of what counts, and takes them back', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-1')
    const before = page.cells?.used.length ?? 0
    await page.exclude('hx-1', [7], 'noisy')
    expect(page.cells?.states[7]).toBe('excluded')
    expect(page.cells?.used.length).toBe(before - 1)
    await page.include('hx-1', [7])
    expect(page.cells?.used.length).toBe(before)
  })

  it('takes back what was done to a chip that is no longer looked at, and shows the other as it is', async () => {
    const page = new ChipPage(client, preferences)
    await page.open('hx-2')
    await page.exclude('hx-1', [9], 'noisy')
    expect(page.exclusions.has(9)).toBe(false)
    await page.open('hx-1')
    expect(page.exclusions.has(9)).toBe(true)
  })

  it('opens at the neuron, the limits and the quantity that were looked at last', async () => {
    const first = new ChipPage(client, preferences)
    await first.open('hx-1')
    first.select(137)
    first.chooseMetric('leak')
    first.setLimits([60, 90])
    const next = new ChipPage(client, preferences)
    await next.open('hx-1')
    expect([next.neuron, next.map?.metric, next.limits]).toEqual([137, 'leak', [60, 90]])
    await next.open('hx-2')
    expect(next.neuron).toBe(0)
  })
})

describe('the list of runs', () => {
  it('comes back with its filter and the run that was looked at', async () => {
    const bench = new Bench(client)
    await bench.open()
    const table = new RunTable(client, bench, preferences)
    table.pages.setFilter('star:yes')
    await table.select('r-40')
    const next = new RunTable(client, bench, preferences)
    await next.again()
    expect([next.pages.filter, next.selected, next.detail.value?.id]).toEqual(['star:yes', 'r-40', 'r-40'])
  })

  it('moves a run to the trash and the selection to the next row', async () => {
    const bench = new Bench(client)
    await bench.open()
    const table = new RunTable(client, bench, preferences)
    await table.pages.reload()
    await table.select('r-40')
    const first = table.pages.row(0)
    if (!first) throw new Error('no run')
    await table.setDeleted(first, true)
    expect(table.pages.row(0)?.id).toBe('r-39')
    expect(table.selected).toBe('r-39')
    expect([table.pages.all, table.pages.trashed]).toEqual([38, 2])
  })

  it('holds the pages that were looked at and no others', async () => {
    const asked: number[] = []
    const bridge = syntheticBridge('bench', 'light')
    const rows = Array.from({ length: 1000 }, (_, k) => ({ id: `r-${k}` }))
    const many = createClient({
      ...bridge,
      invoke: ((name: string, input: { offset?: number; limit?: number }) => {
        if (name !== 'runs.list') return Promise.resolve({ value: { facets: [] } })
        if (input.limit !== 1) asked.push(input.offset ?? 0)
        const at = input.offset ?? 0
        return Promise.resolve({ value: { runs: rows.slice(at, at + (input.limit ?? 500)), total: 1000 } })
      }) as never
    })
    const table = new RunTable(many, new Bench(many), preferences)
    await table.pages.reload()
    table.pages.need(540, 580)
    table.pages.need(545, 590)
    await table.pages.pageOf(540)
    await vi.waitFor(() => expect(table.pages.row(541)?.id).toBe('r-541'))
    expect(asked).toEqual([0, 500])
    expect([table.pages.total, table.pages.row(300)]).toEqual([1000, null])
  })
})

describe('the run that is looked at', () => {
  const gone = new Set<string>()
  /** 300 runs, the newest first unless the order is rising; none with any filter but the first ten */
  const many = (): RunTable => {
    const bridge = syntheticBridge('bench', 'light')
    const some = runDetail(runs(1, false)[0])
    const rows = Array.from({ length: 300 }, (_, k) => ({ ...some, id: `r-${300 - k}`, deleted: false }))
    const client = createClient({
      ...bridge,
      invoke: ((
        name: string,
        input: { offset: number; limit: number; descending: boolean; filter: string; run: string }
      ) => {
        if (name === 'runs.show') return Promise.resolve({ value: { run: rows.find(({ id }) => id === input.run) } })
        if (name !== 'runs.list') return Promise.resolve({ value: { facets: [] } })
        const kept = (input.filter === '' ? rows : rows.slice(290)).filter(({ id }) => !gone.has(id))
        const list = input.descending ? kept : kept.toReversed()
        const sizes = { total: list.length, listed: 300, trashed: 0 }
        return Promise.resolve({ value: { runs: list.slice(input.offset, input.offset + input.limit), ...sizes } })
      }) as never
    })
    return new RunTable(client, new Bench(client), new Preferences(client))
  }

  it('stays so when the list is sorted, wherever its row comes to', async () => {
    const table = many()
    await table.pages.reload()
    await table.select('r-300')
    await table.pages.sort('started')
    expect(table.pages.row(0)?.id).toBe('r-1')
    expect([table.selected, table.run?.id, table.next]).toEqual(['r-300', 'r-300', null])
    expect(table.pages.indexOf('r-300')).toBe(-1)
    // arrow keys go on from the top of the list, End to its end
    await table.move(1)
    expect(table.selected).toBe('r-1')
    await table.select('r-300')
    await table.move(1e9)
    expect(table.pages.row(299)?.id).toBe('r-300')
  })

  it('gives way to the one that takes its place when it leaves the list, also far down', async () => {
    const table = many()
    await table.pages.reload()
    await table.pages.pageOf(150)
    await table.select('r-150')
    gone.add('r-150')
    // as when it was starred under `star:no`, or went to the trash by a key
    await table.pages.reload()
    expect(table.next).toBe('r-149')
    gone.clear()
  })

  it('gives way to the first row when a filter leaves it out', async () => {
    const table = many()
    await table.pages.reload()
    await table.select('r-300')
    table.pages.setFilter('seed=1')
    await vi.waitFor(() => expect(table.pages.total).toBe(10))
    expect(table.next).toBe('r-10')
    await table.select(table.next)
    expect([table.run?.id, table.next]).toEqual(['r-10', null])
  })
})

describe('small parts', () => {
  it('a later answer never gives way to an earlier one', async () => {
    const resource = new Resource<number>()
    let answerFirst = (_: number): void => {}
    const first = resource.load(() => new Promise((resolve) => (answerFirst = resolve)))
    await resource.load(() => Promise.resolve(2))
    answerFirst(1)
    await first
    expect(resource.value).toBe(2)
  })

  it('preferences of another shape are not believed', () => {
    preferences.set('map', 'nonsense')
    expect(preferences.get('map', { view: 'after' })).toEqual({ view: 'after' })
    preferences.set('map', { metric: 'leak' })
    expect(preferences.get('map', { view: 'after' })).toEqual({ view: 'after', metric: 'leak' })
  })

  it('undo takes back the newest step first', async () => {
    const undo = new Undo()
    const done: string[] = []
    undo.push('one', () => Promise.resolve(done.push('one')))
    undo.push('two', () => Promise.resolve(done.push('two')))
    expect([await undo.undo(), await undo.undo(), await undo.undo()]).toEqual(['two', 'one', null])
    expect(done).toEqual(['two', 'one'])
    expect(await undo.redo()).toBe(null)
  })

  it('a step that is refused says so, and can be dropped for those behind it', async () => {
    const undo = new Undo()
    const done: string[] = []
    undo.push('older', () => Promise.resolve(done.push('older')))
    undo.push('gone', () => Promise.reject(new Error('run "r-9" does not exist')))
    const refused = (): Promise<unknown> => undo.undo().catch((error: unknown) => error)
    expect(await refused()).toMatchObject({ step: { label: 'gone' }, message: 'run "r-9" does not exist' })
    const error = await refused()
    if (!(error instanceof StepError)) throw error
    undo.drop(error)
    expect([await undo.undo(), done, await undo.undo()]).toEqual(['older', ['older'], null])
  })

  it('undo can be undone, until something else is done', async () => {
    const undo = new Undo()
    let name = 'new'
    const set = (to: string) => () => Promise.resolve(void (name = to))
    undo.push('name', set('old'), set('new'))
    expect([await undo.undo(), name, await undo.redo(), name, await undo.undo(), name]).toEqual([
      'name',
      'old',
      'name',
      'new',
      'name',
      'old'
    ])
    undo.push('other', set('old'))
    expect(await undo.redo()).toBe(null)
  })

  it('what is typed in one go is one step', async () => {
    const undo = new Undo()
    let value = 10
    const set = (to: number) => () => Promise.resolve(void (value = to))
    undo.typed('target', set(10), set(1))
    undo.typed('target', set(1), set(12))
    undo.typed('other', set(12), set(13))
    expect([await undo.undo(), await undo.undo(), value, await undo.undo()]).toEqual(['other', 'target', 10, null])
    expect([await undo.redo(), value]).toEqual(['target', 12])
  })
})
