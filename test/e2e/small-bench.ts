/** A bench with something of everything, made in seconds: two chips with a short calibration, three small runs. */
import type { Page } from '@playwright/test'
import { chipPage } from './around'
import { type Bench, expect } from './bench'

const MINUTE = 60_000

interface Answers {
  job: string
  jobs: { id: string; status: string }[]
  runs: { configHash: string; metrics: object }[]
  preferences: { [key: string]: unknown }
}

/** asks main as the page does; throws the line with which it refuses */
export function invoke(page: Page, name: string, input: object = {}): Promise<Answers> {
  return page.evaluate(
    async ([name, input]) => {
      type Answer = { value: Answers; error?: { message: string } }
      const bridge = (globalThis as unknown as { inloop: { invoke(name: unknown, input: unknown): Promise<Answer> } })
        .inloop
      const { value, error } = await bridge.invoke(name, input)
      if (error) throw new Error(error.message)
      return value
    },
    [name, input] as const
  )
}

export async function done(page: Page): Promise<void> {
  const open = async (): Promise<string[]> =>
    (await invoke(page, 'jobs.list')).jobs.map(({ status }) => status).filter((status) => status !== 'done')
  await expect.poll(open, { timeout: 3 * MINUTE }).toEqual([])
}

/** how walks over the pages of a chip begin: HX-01 at 1280 x 720, never calibrated, or with c-1 of one routine */
export async function withChip(bench: Bench, how: 'blank' | 'calibrated'): Promise<Page> {
  const { page } = bench
  await bench.resize(1280, 720)
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-01' })
  if (how === 'calibrated') {
    await invoke(page, 'calibrate', { chip: 'HX-01', routines: ['leak'] })
    await done(page)
  }
  await chipPage(page)
  return page
}

/** chips HX-01 and HX-02 with c-1 and c-2 of one routine; r-1, r-2 and r-3 on Yin-Yang without a chip */
export async function fill(page: Page): Promise<void> {
  for (const [seed, name] of [
    [1, 'HX-01'],
    [2, 'HX-02']
  ] as const) {
    await invoke(page, 'chip.new', { seed, name })
    await invoke(page, 'calibrate', { chip: name, routines: ['leak'] })
  }
  for (const [seed, hidden] of [
    [1, 60],
    [2, 60],
    [1, 30]
  ]) {
    const set = { hidden }
    await invoke(page, 'train', { method: 'surrogate', dataset: 'yin-yang', chip: 'ideal', epochs: 3, seed, set })
  }
  await done(page)
}
