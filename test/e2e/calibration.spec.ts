/**
 * A chip is calibrated as operators do it: targets neuron by neuron, the window killed in the middle and the work taken up,
 * what failed read by bound and residual, neurons picked out of map and distribution, versions compared with those of
 * another chip, a neuron excluded with a reason, another chip's version refused and taken on purpose.
 */
import type { Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { chipPage, go, MINUTE, open } from './around'
import { expect, test } from './bench'
import { expectAccessible, pictures, showState } from './looks'
import { quietest } from './quietest'

/** ms between two frames while a person drags, in the middle of them; 60 a second are 17 */
const FLUID = 50

async function only(page: Page, chip: string, routine: string, version: string): Promise<void> {
  await go(page, 'Calibrate')
  const again = page.getByRole('button', { name: 'Calibrate again' })
  if (await again.isVisible()) await again.click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: chip })
  await page.getByRole('button', { name: `Only ${routine}`, exact: true }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Calibrate/ })
    .click()
  await expect(page.getByRole('heading', { name: `Calibration ${version}` })).toBeVisible({ timeout: 2 * MINUTE })
}

/** times between frames while the mouse moves over the page, ms, ascending */
async function frames(page: Page, move: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const watch = { last: performance.now(), times: [] as number[], on: true }
    const tick = (now: number): void => {
      watch.times.push(now - watch.last)
      watch.last = now
      if (watch.on) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    Object.assign(globalThis, { watch })
  })
  await move()
  const times = await page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: { times: number[]; on: boolean } }
    watch.on = false
    return watch.times.slice(2)
  })
  return times.sort((a, b) => a - b)
}

test('calibrate with targets of neurons, killed and taken up; versions of two chips', async ({ bench }) => {
  test.setTimeout(12 * MINUTE)
  let { page } = bench
  await page.getByLabel('Name').fill('HX-01')
  await page.getByLabel('Seed').fill('1')
  await page.getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()

  await go(page, 'Calibrate')
  await page.getByLabel('Reset potential', { exact: true }).fill('500')
  await expect(page.getByLabel('Reset potential', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Reset potential', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Leak potential, one value a neuron' }).click()
  const values = page.getByRole('textbox', { name: /^512 numbers in LSB/ })
  await values.fill('80, 81')
  await expect(page.getByRole('alert')).toHaveText('2 numbers given; allowed: 512, one a neuron')
  await values.fill(Array.from({ length: 512 }, (_, n) => 78 + (n % 16) / 4).join('\n'))
  await page.getByRole('button', { name: 'Use these' }).click()
  await expect(page.getByRole('button', { name: /^512 values, median/ })).toBeVisible()
  await pictures(bench, 'calibrate')
  await expectAccessible(page)

  await page
    .getByRole('main')
    .getByRole('button', { name: /^Calibrate/ })
    .click()
  const progress = page.getByRole('group', { name: 'Progress by routine' })
  await expect(progress.getByRole('row').filter({ hasText: 'step' })).toBeVisible({ timeout: MINUTE })
  await expect(progress.getByRole('row').filter({ hasText: 'done' }).first()).toBeVisible({ timeout: MINUTE })
  page = await bench.kill()
  await expect(page.getByText('was interrupted').first()).toBeVisible({ timeout: MINUTE })
  await page.getByRole('button', { name: 'Resume' }).first().click()
  await expect(page.getByRole('heading', { name: 'Calibration c-1' })).toBeVisible({ timeout: 4 * MINUTE })
  await expect(page.getByRole('group', { name: 'Failures' }).getByRole('row').nth(1)).toContainText(/bound|range/)

  await page.getByRole('button', { name: 'Open the maps' }).click()
  await expect(page.getByRole('grid', { name: /512 neurons/ })).toBeVisible()
  await page.getByRole('tab', { name: /^Membrane time constant/ }).click()
  await expect(page.getByRole('img', { name: /^Trace of neuron 0/ })).toBeVisible({ timeout: MINUTE })
  const least = page.getByRole('slider', { name: 'Least value picked out' })
  await least.focus()
  for (let k = 0; k < 10; k++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status', { name: 'Picked out' })).toContainText('picked')
  const plot = page.getByRole('group', { name: /before and after, cumulative share/ })
  const box = await plot.boundingBox()
  const grid = await page.getByRole('grid', { name: /512 neurons/ }).boundingBox()
  if (!box || !grid) throw new Error('map and distribution are not there')
  const middle = (times: number[]): number => times[times.length >> 1]
  const inTheMiddle = (move: () => Promise<void>): Promise<number[]> =>
    quietest(
      4,
      (times) => middle(times) < FLUID,
      () => frames(page, move)
    )
  const brushing = await inTheMiddle(async () => {
    await page.mouse.move(box.x + 60, box.y + box.height / 2)
    await page.mouse.down()
    for (let k = 0; k < 60; k++) await page.mouse.move(box.x + 60 + 5 * k, box.y + box.height / 2)
    await page.mouse.up()
  })
  const hovering = await inTheMiddle(async () => {
    for (let k = 0; k < 60; k++) await page.mouse.move(grid.x + 30 + 10 * k, grid.y + 60 + 3 * k)
  })
  console.log(`frames: brush ${middle(brushing).toFixed(1)} ms, hover ${middle(hovering).toFixed(1)} ms in the middle`)
  expect(middle(brushing)).toBeLessThan(FLUID)
  expect(middle(hovering)).toBeLessThan(FLUID)
  const note = page.getByRole('textbox', { name: 'Note on n 0' })
  await note.fill('slow to settle')
  await page.getByRole('gridcell', { name: /^n 5:/ }).locator('rect').first().click()
  await expect(page.getByRole('gridcell', { name: /^n 0: .*, noted$/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('gridcell', { name: /, noted$/ })).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(page.getByRole('gridcell', { name: /^n 0: .*, noted$/ })).toBeVisible()
  await pictures(bench, 'map')
  await expectAccessible(page)

  await open(page, 'Parts')
  await expect(page.getByRole('slider', { name: 'offset of the acausal channels' })).toBeVisible({ timeout: MINUTE })
  await pictures(bench, 'parts')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Drivers' }).click()
  await expect(page.getByRole('slider', { name: /^Plasticity offsets of the drivers/ })).toBeVisible()
  await showState(bench, 'parts-drivers')
  await page.getByRole('button', { name: 'Synapse sensors' }).click()
  await showState(bench, 'parts-sensors')
  await page.getByRole('button', { name: 'Correlation curves' }).click()
  await showState(bench, 'parts-curves')

  await only(page, 'HX-01, hx-1', 'Leak potential', 'c-2')
  await go(page, 'Chips')
  await go(page, 'Chips')
  await page.getByRole('button', { name: 'New chip' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('HX-02')
  await page.getByRole('dialog').getByLabel('Seed').fill('2')
  await page.getByRole('dialog').getByRole('button', { name: 'Create chip' }).click()
  await only(page, 'HX-02, hx-2', 'Leak potential', 'c-3')

  await chipPage(page)
  // what c-2 left out is shown as c-1 measured it
  await open(page, 'Map')
  await expect(page.getByRole('tab', { name: /^Threshold.*, measured in c-1$/ })).toBeVisible()
  await page.getByRole('tab', { name: /^Leak potential/ }).click()
  await open(page, 'Versions')
  await page.getByRole('button', { name: 'Exclusions' }).click()
  await page.getByLabel('Neurons to exclude').fill('41, 300-301')
  await page.getByLabel('Reason').fill('noisy trace')
  await page.getByRole('button', { name: 'Exclude', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Excluded by hand' }).getByRole('row')).toHaveCount(4)
  await expect(page.getByText('c-2 is stale:')).toBeVisible()
  await showState(bench, 'versions-exclusions')
  await page.getByRole('button', { name: 'Drift', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Drift, table' }).getByRole('row')).toHaveCount(3)
  await showState(bench, 'versions-drift')
  await page.getByRole('button', { name: 'Compare', exact: true }).last().click()
  await expect(page.getByRole('group', { name: 'Quantities that differ' }).getByRole('row').nth(1)).toBeVisible()
  await page.getByLabel('B, compared with it').selectOption('c-3')
  await expect(page.getByText('two chips')).toBeVisible()
  await pictures(bench, 'versions')
  await expectAccessible(page)

  // another chip's version: refused from a file, taken on purpose
  await page.getByRole('button', { name: 'More about c-1' }).click()
  await page.getByRole('menuitem', { name: /^Use on another chip/ }).click()
  await page.getByLabel('Write them all the same, and record it').check()
  await page.getByRole('button', { name: 'Use on HX-02' }).click()
  await expect(page.getByText('c-1 is active on HX-02')).toBeVisible()
  const file = path.join(bench.workspace, 'not-a-calibration.json')
  fs.writeFileSync(file, '{"kind": "shopping list"}')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByLabel('A JSON file that was exported').setInputFiles(file)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Not imported; nothing was changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()

  // measured again with the negative control: every check in its group
  await page.getByRole('button', { name: 'More about c-2' }).click()
  await page.getByRole('menuitem', { name: /^Negative control/ }).click()
  await expect(page.getByRole('dialog')).toContainText('Negative control: settings overwritten', {
    timeout: 3 * MINUTE
  })
  await expect(page.getByRole('dialog').getByRole('row').nth(2)).toBeVisible()
  await showState(bench, 'acceptance-control')
})
