/**
 * The first day at the bench, as a person walks it: make a chip, calibrate it, train on it, close, open again, and
 * find everything there. Selectors are what a person (or a screen reader) perceives: roles and names.
 */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './bench'
import { expectAccessible, pictures } from './looks'
import { quietest } from './quietest'

const MINUTE = 60_000
/** ms: far less than what a person calls frozen, with room for a machine whose cores are all at work */
const NEVER_FREEZES = 1000

const view = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })

async function makeChip(page: Page, name: string, seed: number): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Seed').fill(String(seed))
  await page.getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText(`${name} is not calibrated`)).toBeVisible()
}

async function calibrate(page: Page, version: string): Promise<void> {
  await view(page, 'Calibrate').click()
  const again = page.getByRole('button', { name: 'Calibrate again' })
  if (await again.isVisible()) await again.click()
  await page
    .getByRole('button', { name: /^Calibrate/ })
    .last()
    .click()
  await expect(page.getByRole('heading', { name: `Calibration ${version}` })).toBeVisible({ timeout: 3 * MINUTE })
}

async function startTraining(page: Page, chip: string, epochs: number): Promise<void> {
  await view(page, 'Train').click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: chip })
  await page.getByLabel('Epochs').fill(String(epochs))
  await page.getByRole('button', { name: 'Start training' }).click()
}

async function trained(page: Page, epochs: number): Promise<void> {
  await expect(page.getByText(`epoch ${epochs}/${epochs}`)).toBeVisible({ timeout: 3 * MINUTE })
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled({ timeout: MINUTE })
}

/** how long, at most, the page could not react while something went on, in ms */
async function longestFreeze(page: Page, what: string, during: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const watch = { last: performance.now(), longest: 0, timer: 0 }
    watch.timer = window.setInterval(() => {
      const now = performance.now()
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
    }, 20)
    Object.assign(globalThis, { watch })
  })
  await during()
  const longest = await page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: { longest: number; timer: number } }
    clearInterval(watch.timer)
    return watch.longest
  })
  console.log(`longest pause of the page while ${what}: ${longest.toFixed(0)} ms`)
  return longest
}

const isFluid = (longest: number): boolean => longest < NEVER_FREEZES

test('make a chip, calibrate it, train on it, and find it all after a restart', async ({ bench }) => {
  test.setTimeout(8 * MINUTE)
  let { page } = bench
  await expect(page.getByRole('heading', { name: 'No chip on this bench yet' })).toBeVisible()
  await pictures(bench, 'first-run')
  await expectAccessible(page)
  await makeChip(page, 'HX-01', 1)

  let version = 0
  const freeze = await quietest(3, isFluid, () =>
    longestFreeze(page, 'calibrating', () => calibrate(page, `c-${++version}`))
  )
  expect(freeze).toBeLessThan(NEVER_FREEZES)
  await pictures(bench, 'calibration')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Open the maps' }).click()
  await expect(page.getByRole('grid', { name: /512 neurons/ })).toBeVisible()
  await pictures(bench, 'chip')
  await expectAccessible(page)

  const training = async (): Promise<void> => {
    await startTraining(page, 'HX-01, hx-1', 1)
    await trained(page, 1)
  }
  expect(await quietest(3, isFluid, () => longestFreeze(page, 'training', training))).toBeLessThan(NEVER_FREEZES)
  const tile = page.locator('dl > div').filter({ hasText: 'Test accuracy, chip in the loop' })
  const accuracy = await tile.locator('dd').innerText()
  expect(Number.parseFloat(accuracy)).toBeGreaterThan(50) // chance is 10 %
  await pictures(bench, 'training')
  await expectAccessible(page)

  await view(page, 'Runs').click()
  const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'r-1' })
  await expect(run).toContainText('HX-01')
  await pictures(bench, 'runs')
  await expectAccessible(page)

  page = await bench.restart()
  // the window opens where it was left
  await expect(page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'r-1' })).toContainText(
    'HX-01'
  )
  await view(page, 'Chips').click()
  await expect(page.getByText('HX-01').first()).toBeVisible()
})

test('closing the window while work goes on asks first, and what was stopped can be resumed', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  let { page } = bench
  await startTraining(page, 'ideal dynamics, no chip', 6)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('main').getByText('paused').first()).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  const [stopAndQuit, cancel] = [0, 1]
  await bench.closeWindow(cancel)
  await page.waitForTimeout(500)
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await bench.closeWindow(stopAndQuit)
  await bench.ended()

  page = await bench.open()
  await view(page, 'Runs').click()
  const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'r-1' })
  await expect(run).toContainText('interrupted')
  await run.dblclick()
  await page.getByRole('main').getByRole('button', { name: 'Resume' }).click()
  await trained(page, 6)
})
