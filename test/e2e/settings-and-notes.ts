/** Runs grouped by their settings and found by them; a note that main refuses stays with its run. */
import { type Bench, expect } from './bench'
import { fault } from './faults'

/** reaches a state, takes its picture, leaves it */
interface States {
  show: (name: string, reach: () => Promise<unknown>, leave?: () => Promise<unknown>) => Promise<void>
}

/** in the list of runs, every one in sight */
export async function settingsAndNotes(bench: Bench, states: States): Promise<void> {
  const { page } = bench
  const groupBy = page.getByLabel('Group by')
  const grid = page.getByRole('grid', { name: 'Runs' })
  await states.show('runs-groups-settings', async () => {
    await groupBy.selectOption('config')
    await page.getByRole('group', { name: 'Runs by settings' }).getByRole('row').nth(1).waitFor()
  })
  const settings = page.getByRole('group', { name: 'Runs by settings' }).getByRole('row').nth(1)
  const members = Number(await settings.locator('td.num').first().textContent())
  await settings.getByRole('button').first().click()
  await expect(page.getByRole('searchbox', { name: 'Filter runs' })).toHaveValue(/^config=#[0-9a-f]{8}$/)
  await expect(grid.getByRole('row')).toHaveCount(1 + members)
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('')

  // what main refuses stays with its run
  const note = page.getByRole('textbox', { name: 'Note', exact: true })
  const locked = await fault(bench, ['runs.note'], 'the database is locked by another program')
  await states.show(
    'runs-note-refused',
    async () => {
      await grid.getByRole('row').nth(1).click()
      await note.fill('the threshold drifted here')
      await grid.getByRole('row').nth(2).click()
      await expect(note).toHaveValue('')
      await grid.getByRole('row').nth(1).click()
      await expect(note).toHaveValue('the threshold drifted here')
      await expect(page.getByText('not kept: the database is locked')).toBeVisible()
    },
    locked
  )
  await note.focus()
  await grid.focus()
  await expect(page.getByText('not kept:')).toBeHidden()
  await expect(note).toHaveValue('the threshold drifted here')
}
