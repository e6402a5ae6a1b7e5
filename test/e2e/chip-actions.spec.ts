/**
 * What is done to a chip and what one meets on the way: words that follow an action, dialogs, menus of figures, verdicts,
 * refusals, a calibration that runs, is cut off and fails. A picture and axe in both themes each.
 */
import fs from 'node:fs'
import path from 'node:path'
import { openDatabase } from '../../src-main/store/database'
import { button, go, MINUTE, open } from './around'
import { expect, test } from './bench'
import { fault } from './faults'
import { showState } from './looks'
import { withChip } from './small-bench'

test('a neuron excluded, a figure taken along, a version measured again, a file refused', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  const page = await withChip(bench, 'calibrated')
  await page.getByRole('grid', { name: /512 neurons/ }).focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'x']) await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('noisy trace')
  await showState(bench, 'exclude')
  await dialog.getByRole('button', { name: 'Exclude', exact: true }).click()
  const said = page.getByText('n 2 excluded', { exact: true })
  await said.hover()
  await showState(bench, 'said-excluded', true)
  await page.mouse.move(0, 0)
  await expect(page.getByText('c-1 is stale:')).toBeVisible()
  await showState(bench, 'map-stale')

  const figure = page.getByRole('button', { name: /^Figure: HX-01 c-1, / })
  await figure.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Save as SVG' })).toBeVisible()
  await showState(bench, 'figure-menu')
  await page.getByRole('menuitem', { name: 'Show the data' }).click()
  await expect(dialog.getByRole('row').nth(3)).toBeVisible()
  await showState(bench, 'figure-data')
  await page.keyboard.press('Escape')

  await button(page, 'Measure again').click()
  await expect(dialog.getByRole('row').nth(2)).toBeVisible({ timeout: 2 * MINUTE })
  await showState(bench, 'acceptance')
  await dialog.getByRole('button', { name: 'Close' }).first().click()

  await open(page, 'Versions')
  await button(page, 'Import…').click()
  const file = path.join(bench.workspace, 'shopping.json')
  fs.writeFileSync(file, '{"kind": "shopping list"}')
  await dialog.getByLabel('A JSON file that was exported').setInputFiles(file)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await showState(bench, 'versions-import-refused')
  await page.keyboard.press('Escape')
})

test('a calibration that runs, is cut off, and fails', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  let page = await withChip(bench, 'blank')
  await go(page, 'Calibrate')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Calibrate/ })
    .click()
  const progress = page.getByRole('group', { name: 'Progress by routine' })
  await expect(progress.getByRole('row').filter({ hasText: 'done' }).first()).toBeVisible({ timeout: MINUTE })
  await showState(bench, 'calibrate-running')
  page = await bench.kill()
  await expect(page.getByText('was interrupted').first()).toBeVisible({ timeout: MINUTE })
  await showState(bench, 'calibrate-interrupted')
  await go(page, 'Chips')
  await expect(button(page, 'Leave')).toBeVisible()
  await showState(bench, 'interrupted')

  // the workspace refuses the next step, as a disk does that is full
  const db = openDatabase(path.join(bench.workspace, 'inloop.db'))
  const refusal = `begin select raise(abort, 'database or disk is full'); end`
  db.exec(`create trigger no_room before insert on calibration_unit ${refusal}`)
  db.close()
  await button(page, 'Resume').click()
  await go(page, 'Calibrate')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('database or disk is full', {
    timeout: 2 * MINUTE
  })
  await showState(bench, 'calibrate-failed')
})

test('a data set while it is read, and one that is refused', async ({ bench }) => {
  test.setTimeout(2 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  const unanswered = await fault(bench, ['dataset.list'], null)
  await go(page, 'Data')
  await expect(page.getByText('Reading the data sets')).toBeVisible()
  await showState(bench, 'data-loading')
  await unanswered()
  await go(page, 'Help')
  await go(page, 'Data')
  await button(page, 'Add a data set…').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Where' }).fill('/data/letters')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('letters')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await showState(bench, 'data-refused')
  const working = await fault(bench, ['dataset.add'], null)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Reading …' })).toBeVisible()
  await showState(bench, 'data-adding')
  await working()
})
