/**
 * Chips of 1, 4 and 1024 neurons in the real window: every view of the map, every neuron by keyboard, what is read of it, the
 * versions. The store holds them as it holds any chip; no calibration is run on them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { openStore } from '../../src-main/store/index'
import { sizedChip } from '../store/sized'
import { go, MINUTE, open } from './around'
import { Bench, expect, test as base } from './bench'
import { showState } from './looks'

const SIZES = [1, 4, 1024] as const
const nameOf = (neurons: number): string => `N-${neurons}`
const VIEWS = ['Before', 'After', 'Setting', 'Target', 'Residual']

const test = base.extend<{ sized: Bench }>({
  sized: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inloop-sizes-e2e-'))
    const store = openStore(path.join(folder, 'inloop.db'))
    for (const neurons of SIZES) sizedChip(store, neurons, nameOf(neurons))
    store.close()
    const bench = new Bench(folder)
    await bench.open()
    await use(bench)
    await bench.close()
    rmSync(folder, { recursive: true, force: true })
    expect(bench.unexpectedErrors(), 'errors on the console').toEqual([])
  }
})

async function chipPage(page: Page, name: string): Promise<void> {
  await go(page, 'Chips')
  if ((await page.getByRole('button', { name, exact: true }).count()) === 0) await go(page, 'Chips')
  await page.getByRole('button', { name, exact: true }).first().click()
  await open(page, 'Map')
}

/** presses keys on the map; every neuron that was then the one with the cursor */
async function reached(page: Page, key: string, times: number): Promise<Set<number>> {
  const list = await page.evaluate(
    async ([key, times]) => {
      const grid = document.querySelector('main [role="grid"]')
      if (!grid) throw new Error('there is no map')
      const at = (): number => Number(grid.getAttribute('aria-activedescendant')?.replace('neuron-', ''))
      const list = [at()]
      for (let k = 0; k < times; k++) {
        grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
        await new Promise((drawn) => setTimeout(drawn))
        list.push(at())
      }
      return list
    },
    [key, times] as const
  )
  return new Set(list)
}

for (const neurons of SIZES) {
  test(`a chip of ${neurons} is read neuron by neuron, by keyboard`, async ({ sized: bench }) => {
    test.setTimeout(2 * MINUTE)
    const { page } = bench
    await bench.resize(1280, 720)
    await chipPage(page, nameOf(neurons))
    const metric = page.getByRole('tab', { name: /^Leak potential/ })
    await metric.click()
    const map = page.getByRole('grid', { name: new RegExp(`, ${neurons} neurons$`) })
    const readout = page.getByRole('main').getByRole('status', { name: 'Selected neuron' })
    const last = neurons - 1
    for (const [k, view] of VIEWS.entries()) {
      await map.focus()
      await page.keyboard.press(String(k + 1))
      await expect(map, view).toHaveAccessibleName(`Leak potential, ${view.toLowerCase()}, ${neurons} neurons`)
      await expect(map.getByRole('gridcell'), view).toHaveCount(neurons)
      await page.keyboard.press('Control+Home')
      // value, unit and target of what is seen; the spread of the reads where something was measured
      await expect(readout, view).toContainText(/^n 0\b/)
      await expect(readout, view).toContainText(view === 'Setting' ? /\d+\sLSB/ : /[−+]?\d+\.\d+( ± \d+\.\d+)?\sLSB/)
      await expect(readout, view).toContainText(/target 80(\.\d+)?\sLSB/)
      if (view === 'After' || view === 'Residual') await expect(readout, view).toContainText(/± \d+\.\d+\sLSB.*n = 10/)
      await page.keyboard.press('Control+End')
      await expect(readout, view).toContainText(new RegExp(`^n ${last}\\b`))
    }
    // a neuron that failed says so, in words
    await page.keyboard.press('2')
    if (neurons > 2) {
      await page.keyboard.press('Control+Home')
      for (let k = 0; k < 2; k++) await page.keyboard.press('ArrowRight')
      await expect(readout).toContainText(/^n 2\b.*failed/)
    }
    // another time: the unit of the map, of its legend and of what is read change together, and back
    await page.getByRole('tab', { name: /^Membrane time constant/ }).click()
    const inTime = async (base: string, unit: string): Promise<void> => {
      await expect(page.getByRole('button', { name: `Time base: ${base}, ${unit}`, exact: true })).toBeVisible()
      await expect(
        page.getByRole('button', { name: new RegExp(`^Figure: .*Membrane time constant, .*, ${unit}$`) })
      ).toBeVisible()
      await expect(
        page
          .getByRole('main')
          .locator('text', { hasText: new RegExp(`^${unit}$`) })
          .first()
      ).toBeVisible()
      await expect(readout).toContainText(new RegExp(`target 6(\\.\\d+)?\\s${unit}`))
    }
    const switchTime = (): Promise<void> => page.getByRole('button', { name: /^Time base/ }).click()
    await inTime('hardware', 'µs')
    await switchTime()
    await inTime('biological', 'ms')
    await switchTime()
    await inTime('hardware', 'µs')
    await metric.click()
    await map.focus()
    // to the right, every neuron of the chip; and back
    const all = Array.from({ length: neurons }, (_, n) => n)
    await page.keyboard.press('Control+Home')
    await expect(readout).toContainText(/^n 0\b/)
    expect([...(await reached(page, 'ArrowRight', neurons + 1))]).toEqual(all)
    expect([...(await reached(page, 'ArrowLeft', 3))], 'back').toEqual(all.slice(-4).reverse())
    await page.keyboard.press('Control+Home')
    await map.focus()
    await page.keyboard.press('End')
    await expect(readout).toContainText(new RegExp(`^n ${Math.min(15, last)}\\b`))
    await page.keyboard.press('Home')
    await expect(readout).toContainText(/^n 0\b/)
    // down the lines and quadrants, and up again
    const lines = neurons > 128 ? 16 : 1
    expect((await reached(page, 'ArrowDown', lines)).size, 'lines').toBe(lines)
    expect([...(await reached(page, 'ArrowUp', lines))].at(-1), 'up again').toBe(0)

    // the last neuron: its search and its history are those of this chip
    await map.focus()
    await page.keyboard.press('Control+End')
    const inspector = page.getByRole('complementary', { name: 'Neuron' })
    await expect(inspector).toContainText(`n ${last}`)
    await expect(inspector).toContainText('9 steps')
    await expect(inspector).toContainText('Over versions')
    await showState(bench, `chip-${neurons}-${neurons === 1 ? 'neuron' : 'neurons'}`)

    await page.getByRole('textbox', { name: `Note on n ${last}` }).fill('the last one')
    await map.focus()
    await expect(page.getByRole('gridcell', { name: new RegExp(`^n ${last}: .*noted$`) })).toHaveCount(1)

    await open(page, 'Versions')
    await expect(page.getByRole('group', { name: 'Quantities that differ' }).getByRole('row').nth(1)).toBeVisible()
    await showState(bench, `chip-${neurons}-versions`)
  })
}
