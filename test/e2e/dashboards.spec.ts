/**
 * The dashboard of a run of every method: live, paused, stopped, failed, and each figure of the papers afterwards. A
 * picture and axe in both themes each.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { button, go, MINUTE } from './around'
import { expect, test } from './bench'
import { showState } from './looks'
import { done, invoke } from './small-bench'

const points = { dataset: 'yin-yang', chip: 'ideal' }

const openRun = async (page: Page, id: string): Promise<void> => {
  await go(page, 'Runs')
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: id }).first().dblclick()
  await expect(page.getByText(`${id} `, { exact: false }).first()).toBeVisible()
}

const figure = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Figures' }).getByText(name, { exact: true }).click()

test('the papers’ figures of every method, afterwards', async ({ bench }) => {
  test.setTimeout(8 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  await invoke(page, 'train', { method: 'first-spike', ...points, epochs: 40, seeds: 3 })
  const delays = { delays: 'synaptic' }
  await invoke(page, 'train', { method: 'delgrad', ...points, epochs: 20, set: delays })
  await invoke(page, 'train', { method: 'reference', ...points, epochs: 10 })
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-01' })
  await invoke(page, 'calibrate', { chip: 'HX-01' })
  await done(page)
  for (const chip of ['ideal', 'HX-01'])
    await invoke(page, 'train', { method: 'surrogate', dataset: 'yin-yang', chip, epochs: 4, set: { hidden: 60 } })
  await done(page)

  await openRun(page, 'r-1')
  await figure(page, 'Disc')
  await expect(page.getByRole('img', { name: /disc|plane/i }).first()).toBeVisible({ timeout: MINUTE })
  await showState(bench, 'first-spike-disc')
  await figure(page, 'Trade-offs')
  await expect(page.getByText('Spikes against accuracy')).toBeVisible()
  await showState(bench, 'first-spike-tradeoffs')
  await figure(page, 'Sample')
  await showState(bench, 'first-spike-sample')

  await openRun(page, 'r-4')
  await expect(page.getByText('as learnt')).toBeVisible()
  await figure(page, 'Disc')
  await showState(bench, 'delgrad-delays')
  await openRun(page, 'r-5')
  await showState(bench, 'reference')
  await openRun(page, 'r-7')
  await figure(page, 'Chip against simulation')
  await expect(page.getByRole('group', { name: 'Both runs' })).toBeVisible()
  await showState(bench, 'versus')
  await figure(page, 'Sample')
  await showState(bench, 'chip-sample')
})

test('a run while it goes on, paused, stopped, and one that fails', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  const long = { method: 'surrogate', dataset: 'mnist16', chip: 'ideal', epochs: 60, limitTrain: 10_000 }
  await invoke(page, 'train', long)
  await invoke(page, 'train', { method: 'first-spike', ...points, epochs: 300, name: 'waits for its turn' })
  await openRun(page, 'r-1')
  await expect(page.getByText(/epoch ([2-9]|\d\d)\/60/)).toBeVisible({ timeout: 2 * MINUTE })
  await button(page, 'Pause').click()
  await expect(page.getByRole('main').getByText('paused').first()).toBeVisible()
  await showState(bench, 'train-paused')
  await page.keyboard.press('Control+Shift+j')
  await showState(bench, 'work-two')
  await page.keyboard.press('Escape')
  await button(page, 'Go on').click()
  await expect(button(page, 'Pause')).toBeVisible()
  await showState(bench, 'train-live')
  await button(page, 'Stop').click()
  await expect(page.getByRole('main').getByText('stopped').first()).toBeVisible({ timeout: MINUTE })
  await showState(bench, 'train-stopped')

  // a data set whose file goes away between its being added and its use
  const folder = path.join(bench.workspace, 'mine')
  mkdirSync(folder)
  const rows = Array.from({ length: 40 }, (_, k) => `${k % 2},${k % 7},${(3 * k) % 5},1,${k}`).join('\n')
  for (const part of ['train', 'test']) writeFileSync(path.join(folder, `${part}.csv`), `label,a,b,c,d\n${rows}\n`)
  await invoke(page, 'dataset.add', { path: folder, name: 'mine' })
  rmSync(folder, { recursive: true })
  await expect(invoke(page, 'train', { method: 'reference', dataset: 'mine', chip: 'ideal', epochs: 2 })).resolves.toBeTruthy()
  await expect
    .poll(async () => (await invoke(page, 'jobs.list')).jobs.some(({ status }) => status === 'failed'), { timeout: MINUTE })
    .toBe(true)
  await page.keyboard.press('Control+Shift+j')
  await showState(bench, 'work-failed')
})
