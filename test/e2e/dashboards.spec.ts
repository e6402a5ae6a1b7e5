/**
 * The dashboard of a run of every method: live, paused, stopped, and each figure of the papers afterwards. A
 * picture and axe in both themes each.
 */
import path from 'node:path'
import type { Page } from '@playwright/test'
import { openDatabase } from '../../src-main/store/database'
import { button, go, MINUTE } from './around'
import { type Bench, expect, test } from './bench'
import { showState } from './looks'
import { done, invoke } from './small-bench'

const points = { dataset: 'yin-yang', chip: 'ideal' }

const openRun = async (page: Page, name: string): Promise<void> => {
  await go(page, 'Runs')
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: name }).first().dblclick()
  await expect(page.getByRole('main').getByRole('heading', { name }).first()).toBeVisible()
}

const figure = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Figures' }).getByText(name, { exact: true }).click()

test('the papers’ figures of every method, afterwards', async ({ bench }) => {
  test.setTimeout(8 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  await invoke(page, 'train', { method: 'first-spike', ...points, epochs: 40, seeds: 3, name: 'times' })
  const delays = { delays: 'synaptic' }
  await invoke(page, 'train', { method: 'delgrad', ...points, epochs: 20, set: delays, name: 'delays' })
  await invoke(page, 'train', { method: 'reference', ...points, epochs: 10, name: 'plain' })
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-01' })
  await invoke(page, 'calibrate', { chip: 'HX-01' })
  await done(page)
  for (const chip of ['ideal', 'HX-01'])
    await invoke(page, 'train', {
      ...points,
      chip,
      method: 'surrogate',
      epochs: 4,
      set: { hidden: 60 },
      name: `on ${chip}`
    })
  await done(page)

  await openRun(page, 'times, seed 1')
  await figure(page, 'Disc')
  await expect(page.getByRole('slider', { name: 'Point of the disc, arrow keys move' })).toBeVisible({
    timeout: MINUTE
  })
  await showState(bench, 'first-spike-disc')
  await figure(page, 'Trade-offs')
  await expect(page.getByText('Spikes against accuracy')).toBeVisible()
  await showState(bench, 'first-spike-tradeoffs')
  await figure(page, 'Sample')
  await showState(bench, 'first-spike-sample')

  await openRun(page, 'delays')
  await expect(page.getByText('as learnt')).toBeVisible()
  await figure(page, 'Disc')
  await showState(bench, 'delgrad-delays')
  await openAsNew(page, 'delgrad')
  await openRun(page, 'plain')
  await showState(bench, 'reference')
  await openRun(page, 'on HX-01')
  await figure(page, 'Chip against simulation')
  await expect(page.getByRole('group', { name: 'Both runs' })).toBeVisible()
  await showState(bench, 'versus')
  await figure(page, 'Sample')
  await showState(bench, 'chip-sample')
})

/** all that the run was made of is in the form again: what is started is the same to the bit */
async function openAsNew(page: Page, method: string): Promise<void> {
  await button(page, 'Open as new').click()
  await expect(button(page, /^Start training/)).toBeEnabled()
  await button(page, /^Start training/).click()
  const made = async () => (await invoke(page, 'runs.list', { filter: `method=${method}` })).runs
  await expect.poll(async () => (await made()).length).toBe(2)
  await done(page)
  const runs = await made()
  expect(runs[0].configHash).toBe(runs[1].configHash)
  expect(runs[0].metrics).toEqual(runs[1].metrics)
}

test('a run while it goes on, paused and stopped', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  const long = { method: 'surrogate', dataset: 'mnist16', chip: 'ideal', epochs: 60, limitTrain: 10_000 }
  await invoke(page, 'train', { ...long, name: 'long' })
  await invoke(page, 'train', { method: 'first-spike', ...points, epochs: 5000, name: 'times' })
  await openRun(page, 'long')
  await expect(page.getByText(/epoch ([2-9]|\d\d)\/60/)).toBeVisible({ timeout: 2 * MINUTE })
  await page.keyboard.press('Control+Shift+j')
  await expect(page.getByRole('dialog').getByText('running')).toHaveCount(2)
  await showState(bench, 'work-both')
  await page.keyboard.press('Escape')
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

  await isLive(bench, 'times', 'first-spike')
  for (const method of ['delgrad', 'reference'] as const) {
    await invoke(page, 'train', { method, ...points, epochs: 5000, name: `live ${method}` })
    await isLive(bench, `live ${method}`, method)
  }
})

/** its figures move while it goes on; then it is stopped */
async function isLive(bench: Bench, name: string, method: string): Promise<void> {
  const { page } = bench
  await openRun(page, name)
  const epoch = async (): Promise<number> =>
    Number(/epoch (\d+)\/5000/.exec((await page.getByRole('main').textContent()) ?? '')?.[1] ?? 0)
  await expect.poll(epoch, { timeout: MINUTE }).toBeGreaterThan(1)
  const before = await epoch()
  await expect.poll(epoch, { timeout: MINUTE }).toBeGreaterThan(before)
  await showState(bench, `train-live-${method}`)
  await button(page, 'Stop').click()
  await expect(page.getByRole('main').getByText('stopped').first()).toBeVisible({ timeout: MINUTE })
}

test('a run that fails says why and what was kept, and goes on when the cause is gone', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  // the workspace refuses an epoch, as a disk does that is full
  const full = 'before insert on run_epoch when new.epoch >= 4'
  const refusal = `begin select raise(abort, 'database or disk is full'); end`
  change(bench, `create trigger no_room ${full} ${refusal}`)
  await invoke(page, 'train', { method: 'surrogate', ...points, epochs: 6, set: { hidden: 60 }, name: 'no room' })
  const status = async (): Promise<string> => (await invoke(page, 'jobs.list')).jobs[0].status
  await expect.poll(status, { timeout: 2 * MINUTE }).toBe('failed')
  await openRun(page, 'no room')
  await expect(page.getByText('database or disk is full').first()).toBeVisible()
  await showState(bench, 'train-failed')
  await page.keyboard.press('Control+Shift+j')
  await expect(page.getByRole('dialog').getByText('database or disk is full').first()).toBeVisible()
  await showState(bench, 'work-failed')
  await page.keyboard.press('Escape')
  await go(page, 'Runs')
  await showState(bench, 'runs-failed')

  change(bench, 'drop trigger no_room')
  await button(page, 'Resume').click()
  await done(page)
  await expect(page.getByRole('complementary').getByText(/finished in/)).toBeVisible()
})

/** while the window is open: the file is one that several processes may write */
function change({ workspace }: Bench, sql: string): void {
  const db = openDatabase(path.join(workspace, 'inloop.db'))
  db.exec(sql)
  db.close()
}
