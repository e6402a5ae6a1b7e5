/** What a person does to runs in their list, and takes back. */
import type { Locator, Page } from '@playwright/test'
import { button, reload } from './around'
import { expect } from './bench'

/** many runs to the trash, a tag and a name: each taken back with the keys; what was done again outlives the page */
export async function editRuns(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Runs' })
  const filter = page.getByRole('searchbox', { name: 'Filter runs' })
  const runs = (n: number): Promise<void> => expect(grid.getByRole('row')).toHaveCount(1 + n)
  await filter.fill('seed=1')
  await runs(2)
  await button(page, 'Many…').click()
  await button(page, 'Move to trash').click()
  await expect(page.getByText('No run matches')).toBeVisible()
  await expect(button(page, 'Trash, 2')).toBeVisible()
  await page.keyboard.press('Control+z')
  await runs(2)

  await button(page, 'Many…').click()
  await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('first')
  await page.getByRole('dialog').getByRole('button', { name: 'Tag', exact: true }).click()
  await filter.fill('tag=first')
  await runs(2)
  await button(page, 'Facets').focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('No run matches')).toBeVisible()
  await filter.fill('')
  await runs(3)

  // what took its place is looked at next, so that the key can be pressed again
  const row = (run: string): Locator => grid.getByRole('row').filter({ hasText: run })
  await row('r-2').click()
  await grid.focus()
  await page.keyboard.press('x')
  await expect(row('r-2')).toHaveCount(0)
  await expect(row('r-1')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+z')
  await runs(3)

  const name = page.getByRole('textbox', { name: 'Name of the run' })
  await grid.getByRole('row').filter({ hasText: 'r-2' }).click()
  await expect(name).toBeVisible()
  const was = await name.inputValue()
  await name.fill('the other seed')
  await name.press('Enter')
  const named = grid.getByText('the other seed')
  await expect(named).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(named).toBeHidden()
  await expect(name).toHaveValue(was)
  await page.keyboard.press('Control+Shift+z')
  await expect(named).toBeVisible()
  await reload(page)
  await expect(named).toBeVisible()
}
