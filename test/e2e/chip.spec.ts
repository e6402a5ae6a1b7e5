/**
 * A newcomer meets a chip: reads its layout block by block, traces neurons, sees where events go and what the synapses
 * hold. By keyboard where a keyboard is quicker; every page in both themes, and without a finding of axe.
 */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './bench'
import { expectAccessible, pictures } from './looks'

const MINUTE = 60_000

const open = (page: Page, name: string): Promise<void> =>
  page.getByRole('toolbar', { name: 'Pages of the chip' }).getByRole('button', { name, exact: true }).click()
const inspector = (page: Page): Locator => page.getByRole('complementary')

test('learn a chip: layout, oscilloscope, crossbar, synapses', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  let { page } = bench
  await page.getByLabel('Name').fill('HX-01')
  await page.getByLabel('Seed').fill('1')
  await page.getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()

  await open(page, 'Layout')
  const blocks = page.getByRole('listbox', { name: 'Blocks of the chip' })
  await expect(blocks.getByRole('option')).toHaveCount(22)
  await blocks.focus()
  await page.keyboard.press('Home')
  await expect(inspector(page).getByRole('heading', { name: 'Links to the FPGA' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(inspector(page).getByRole('heading', { name: 'Event crossbar' })).toBeVisible()
  const states = page.getByRole('group', { name: 'State of every block' })
  await states.getByRole('cell', { name: 'Parameter memory, top left' }).click()
  await expect(inspector(page)).toContainText('Leak potential')
  await expect(inspector(page)).toContainText('629')
  await pictures(bench, 'layout')
  await expectAccessible(page)

  await open(page, 'Scope')
  const trace = page.getByRole('img', { name: /^Trace of neuron 0/ })
  await expect(trace).toBeVisible({ timeout: MINUTE })
  await page.getByRole('textbox', { name: /^Neuron number/ }).fill('137')
  await expect(page.getByRole('img', { name: /^Trace of neuron 137/ })).toBeVisible()
  const cursor = page.getByRole('slider', { name: 'Cursor A' })
  await cursor.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(cursor).toHaveAttribute('aria-valuetext', /^1\.00\sµs, \d+\sMADC LSB$/)
  await page.getByRole('slider', { name: 'Neuron in the raster' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('img', { name: /^Trace of neuron 138/ })).toBeVisible()
  await page.getByRole('button', { name: /^Overlay/ }).click()
  await page.getByRole('button', { name: 'Column' }).click()
  await expect(page.getByRole('img', { name: /CADC LSB/ })).toBeVisible()
  await page.getByRole('button', { name: /^Hold/ }).click()
  await page.getByRole('button', { name: 'Fast' }).click()
  await expect(page.getByRole('img', { name: /CADC LSB/ })).toBeVisible()
  await page.getByRole('button', { name: /^Held/ }).click()
  await expect(page.getByRole('img', { name: /MADC LSB/ })).toBeVisible()
  await pictures(bench, 'scope')
  await expectAccessible(page)

  await open(page, 'Crossbar')
  const nodes = page.getByRole('grid', { name: 'Crossbar nodes' })
  await expect(nodes.getByRole('button')).toHaveCount(76)
  const stimulus = nodes.getByRole('button', { name: /^FPGA 0 to top bus 0: passes some/ })
  await stimulus.click()
  await page.keyboard.press('ArrowRight')
  await expect(nodes.getByRole('button', { name: /^FPGA 0 to top bus 1: closed/ })).toBeFocused()
  await expect(nodes.getByRole('row', { name: /^events passed/ })).toContainText('19')
  // a node is written by hand, the trace respects it, undo gives it back
  await inspector(page).getByRole('button', { name: 'Pass all' }).click()
  const opened = nodes.getByRole('button', { name: /^FPGA 0 to top bus 1: passes every event.*written by hand/ })
  await expect(opened).toBeVisible({ timeout: MINUTE })
  await page.keyboard.press('Control+z')
  await expect(nodes.getByRole('button', { name: /^FPGA 0 to top bus 1: closed/ })).toBeVisible({ timeout: MINUTE })
  await expect(opened).toHaveCount(0)
  await inspector(page).getByRole('textbox', { name: 'Mask' }).fill('0x4000')
  await expect(inspector(page)).toContainText('allowed: 0x0000 to 0x3FFF')
  await inspector(page).getByRole('textbox', { name: 'Mask' }).fill('0x0000')
  await pictures(bench, 'crossbar')
  await expectAccessible(page)

  await open(page, 'Synapses')
  const synapse = page.getByRole('slider', { name: 'Synapse' })
  await synapse.focus()
  await page.keyboard.press('ArrowRight')
  await expect(synapse).toHaveAttribute('aria-valuetext', 'row 0, neuron 1, weight 45, label 1')
  await page.keyboard.press('+')
  await expect(page.getByRole('status', { name: 'Zoom' })).toHaveText('2 ×')
  await pictures(bench, 'synapses')
  await expectAccessible(page)

  // the window opens where it was left
  page = await bench.restart()
  await expect(page.getByRole('slider', { name: 'Synapse' })).toBeVisible({ timeout: MINUTE })
})
