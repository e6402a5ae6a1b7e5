/** Ways through the window that several walks take. */
import type { Locator, Page } from '@playwright/test'

export const MINUTE = 60_000
export const VIEWS = ['Chips', 'Calibrate', 'Train', 'Runs', 'Compare', 'Data', 'SQL', 'Help', 'Keys', 'Settings']
export const PAGES = ['Map', 'Parts', 'Versions', 'Layout', 'Scope', 'Crossbar', 'Synapses']

export const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true }).click()
export const open = (page: Page, name: string): Promise<void> =>
  page.getByRole('toolbar', { name: 'Pages of the chip' }).getByRole('button', { name, exact: true }).click()
export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true }).first()

export async function reload(page: Page): Promise<void> {
  // where the window is, is kept a moment after it changed
  await page.waitForTimeout(400)
  await page.reload()
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
}

export async function chipPage(page: Page): Promise<void> {
  await go(page, 'Chips')
  await go(page, 'Chips')
  await button(page, 'HX-01').click()
}
