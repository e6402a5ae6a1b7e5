/**
 * The comparison as it is when there is much of it: ten runs, groups of several, a reference that was not chosen. A picture
 * and axe in both themes each; that nothing stands on anything else is measured.
 */
import type { Page } from '@playwright/test'
import { button, go, MINUTE, reload } from './around'
import { expect, test } from './bench'
import { showState } from './looks'
import { done, invoke } from './small-bench'

const EACH = 5

/** as many runs of two seconds without a chip as on one that is not calibrated, of one epoch and of more */
async function train(page: Page): Promise<void> {
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-01' })
  for (let seed = 1; seed <= EACH; seed++) {
    for (const chip of ['ideal', 'HX-01']) {
      const where = chip === 'ideal' ? { chip } : { chip, calibration: 'none' }
      const epochs = 6 + 2 * (seed % 3)
      await invoke(page, 'train', {
        method: 'surrogate',
        dataset: 'yin-yang',
        ...where,
        epochs,
        seed,
        set: { hidden: 30 }
      })
    }
  }
  await done(page)
}

/** what can be pressed in the bar and the strip of the comparison lies beside each other, in the window */
async function nothingOverprints(page: Page): Promise<void> {
  const boxes = await page
    .locator('main > header :is(button, select), main [aria-label="What is compared"] > *')
    .evaluateAll((list) => list.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))
  expect(boxes.length).toBeGreaterThan(5)
  for (const [k, a] of boxes.entries()) {
    expect(a.right).toBeLessThanOrEqual(1280)
    for (const b of boxes.slice(k + 1)) {
      const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top || b.bottom <= a.top
      expect(apart, JSON.stringify([a, b])).toBe(true)
    }
  }
}

test('ten runs, groups of several, a reference that was not chosen', async ({ bench }) => {
  test.setTimeout(10 * MINUTE)
  const { page } = bench
  await train(page)
  await reload(page)
  await bench.resize(1280, 720)

  await go(page, 'Runs')
  for (let run = 1; run <= 2 * EACH; run++)
    await page.getByRole('checkbox', { name: `Compare r-${run}`, exact: true }).check()
  await go(page, 'Compare')
  await expect(page.getByRole('heading', { name: '10 runs' })).toBeVisible()
  await expect(page.locator('main thead th.num')).toHaveCount(10)
  await nothingOverprints(page)
  await showState(bench, 'compare-ten')

  // the last column is reached, and the base stays in sight
  const table = page.locator('main .scroll', { has: page.locator('thead') })
  await table.evaluate((pane) => pane.scrollTo({ left: pane.scrollWidth }))
  for (const name of ['r-1, base', 'r-10'])
    await expect(table.getByRole('columnheader', { name })).toBeInViewport({ ratio: 0.99 })
  await table.evaluate((pane) => pane.scrollTo({ left: 0 }))

  // four stand side by side at once
  for (let run = 5; run <= 2 * EACH; run++)
    await page.getByRole('button', { name: new RegExp(`^Take r-${run}\\b`) }).click()
  for (let run = 1; run <= 4; run++)
    await expect(table.getByRole('columnheader', { name: new RegExp(`^r-${run}\\b`) })).toBeInViewport({ ratio: 0.99 })
  await showState(bench, 'compare-four')

  // the reference is what all are read against, also when it is taken out
  await button(page, 'r-4 is the reference of this workspace').click()
  await page.getByRole('button', { name: /^Take r-4\b/ }).click()
  await expect(page.getByRole('heading', { name: '3 runs' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'r-4, base' })).toContainText('reference')
  await expect(page.locator('main tbody tr').filter({ hasText: 'Δ base' }).locator('td.num')).toHaveCount(4)
  await showState(bench, 'compare-reference')
  await button(page, 'r-4 is the reference of this workspace').click()

  // two chips of five runs each: a column a chip
  await go(page, 'Runs')
  await page.getByLabel('Group by').selectOption('chip')
  for (const chip of ['ideal', 'HX-01']) {
    const box = page.getByRole('checkbox', { name: `Compare chip ${chip}` })
    await box.check()
  }
  await go(page, 'Compare')
  await expect(page.getByRole('heading', { name: `2 groups of ${2 * EACH} runs` })).toBeVisible()
  await expect(page.locator('main thead th.num')).toHaveCount(2)
  await expect(page.locator('main tbody tr').filter({ hasText: 'runs with a test' })).toContainText(
    `${EACH} of ${EACH}`
  )
  await nothingOverprints(page)
  await showState(bench, 'compare-two-groups')
  await button(page, 'Confusion').click()
  await expect(page.getByText(/the sum of 5 against the sum of 5 runs/)).toBeVisible()
  await showState(bench, 'compare-groups-confusion')
})
