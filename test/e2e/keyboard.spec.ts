/**
 * The main job without a mouse: make a chip, calibrate it, look at who failed and at the map, train twice, find the runs,
 * compare them, save a report. Nothing is clicked, and no script moves the focus.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './bench'
import { showState } from './looks'
import { Keyboard } from './keys-only'

const MINUTE = 60_000

async function train(page: Page, keyboard: Keyboard, seed: number): Promise<void> {
  await keyboard.to('Data set')
  await page.keyboard.type('yin')
  await keyboard.write('Epochs', '2')
  await keyboard.write('Seed', String(seed))
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: `r-${seed}` }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled({ timeout: 2 * MINUTE })
}

test('the main job without a mouse', async ({ bench }) => {
  test.setTimeout(4 * MINUTE)
  const { page, app } = bench
  const keyboard = new Keyboard(page)
  await expect(page.getByRole('heading', { name: 'No chip on this bench yet' })).toBeVisible({ timeout: MINUTE })
  await bench.resize(1280, 720)

  await keyboard.write('Name', 'HX-01')
  await keyboard.write('Seed', '1')
  // twice the spread, so that some neurons fail
  await keyboard.to('Mismatch')
  await keyboard.press('End', 'Control+Enter')
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()

  // the routines are one stop: down to the one, right to "Only"
  await keyboard.press('Alt+2')
  await expect(page.getByText('Routines', { exact: true })).toBeVisible()
  await keyboard.to(/^1 /)
  await keyboard.arrow('ArrowDown', /Membrane time constant/)
  await keyboard.arrow('ArrowRight', 'Only Membrane time constant')
  await keyboard.press('Enter')
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Calibration c-1' })).toBeVisible({ timeout: 2 * MINUTE })

  // so are the failures; the next Tab leaves them
  await keyboard.to(/^n \d+$/)
  const first = await keyboard.where()
  await keyboard.press('ArrowDown')
  const failed = await keyboard.where()
  expect(failed).toMatch(/^n \d+$/)
  expect(failed).not.toBe(first)
  expect(await keyboard.tab()).not.toMatch(/^n \d+$/)
  expect(await keyboard.tab(true)).toBe(failed)
  await keyboard.press('Enter')

  // the map opens at that neuron; its inspector follows the arrows
  const neuron = page.getByRole('complementary').getByRole('heading').first()
  await expect(neuron).toHaveText(failed)
  await keyboard.to(/512 neurons$/)
  await keyboard.press('Control+Home', 'ArrowRight', 'ArrowRight', 'ArrowDown')
  await expect(neuron).toHaveText('n 18')
  await keyboard.press('5')
  await expect(page.getByRole('grid', { name: /residual/ })).toBeVisible()
  await keyboard.dialog('x')
  await keyboard.dialog('Control+k')
  await keyboard.press('F6')
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('aside') !== null)).toBe(true)
  await keyboard.press('Shift+F6')
  await expect.poll(() => keyboard.where()).toMatch(/512 neurons$/)

  await keyboard.press('Alt+3')
  await train(page, keyboard, 1)
  await keyboard.to('New run')
  await keyboard.press('Enter')
  await train(page, keyboard, 2)

  // the history: narrowed by typing, widened again, two runs into the comparison
  await keyboard.press('Alt+4')
  const list = page.getByRole('grid', { name: 'Runs' }).getByRole('row')
  await expect(list).toHaveCount(3)
  await keyboard.press('/')
  await page.keyboard.type('seed=2')
  await expect(list).toHaveCount(2)
  await keyboard.press('Control+a', 'Delete')
  await expect(list).toHaveCount(3)
  await keyboard.to(/^Runs$|^Runs /)
  await keyboard.press('Home', 'c', 'ArrowDown', 'c')
  await expect(page.getByText('2 runs to compare')).toBeVisible()
  await keyboard.to('Compare')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '2 runs' })).toBeVisible()

  // a run by its id, as fast as it is typed, also where a command is about it; and back by the name of the view
  const run = (id: string) => page.getByRole('main').getByRole('heading', { name: id }).first()
  await keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('r-1')
  await keyboard.press('Enter')
  await expect(run('r-1')).toBeVisible()
  await keyboard.press('Control+p')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('r-2')
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(run('r-2')).toBeVisible()
  await keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('compare')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '2 runs' })).toBeVisible()

  const folder = mkdtempSync(path.join(tmpdir(), 'inloop-report-'))
  const report = path.join(folder, 'report.html')
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
  }, report)
  await keyboard.to('Report')
  await keyboard.press('Enter')
  await expect.poll(() => read(report), { timeout: MINUTE }).toContain('r-2')
  rmSync(folder, { recursive: true, force: true })

  expect([...keyboard.wrong], 'places where the focus is not seen').toEqual([])
})

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
test('a chip by its name, the next chip, and a protocol on a function key', async ({ bench }) => {
  test.setTimeout(4 * 60_000)
  const { page } = bench
  await bench.resize(1280, 720)
  await page.getByLabel('Name').fill('HX-01')
  await page.getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Chips' }).click()
  await page.getByRole('button', { name: 'New chip' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('HX-02')
  await page.getByRole('dialog').getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText('HX-02 is not calibrated')).toBeVisible()

  await page.keyboard.press('Control+p')
  await page.getByRole('dialog', { name: 'Open a chip or a run' }).getByRole('combobox').fill('HX-01')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.getByText('HX-02 is not calibrated')).toBeVisible()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()

  await page.keyboard.press('F1')
  await expect(page.getByText('Protocol 1 is free')).toBeVisible()
  await page.keyboard.press('Alt+3')
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: 'ideal dynamics, no chip' })
  await page.getByLabel('Data set').selectOption('yin-yang')
  await page.getByLabel('Epochs').fill('2')
  await page.getByRole('button', { name: 'As protocol' }).click()
  await page.getByRole('menuitem', { name: 'Protocol 1' }).click()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByText('Train surrogate on yin-yang, 2 epochs')).toBeVisible()
  await showState(bench, 'settings-protocols')
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog', { name: 'Protocol 1' })).toContainText('inloop train surrogate')
  await showState(bench, 'protocol')
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('main').getByText('epoch 2/2')).toBeVisible({ timeout: 120_000 })
})
