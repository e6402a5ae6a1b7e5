/** What a person types stays: while a job works, when another run is looked at, when the window closes. */
import { button, go } from './around'
import { expect, test } from './bench'
import { done, invoke } from './small-bench'

test('what is typed is kept, and its own undo is the field’s', async ({ bench }) => {
  test.setTimeout(3 * 60_000)
  let { page } = bench
  const small = { method: 'reference', dataset: 'yin-yang', chip: 'ideal' }
  await invoke(page, 'train', { ...small, epochs: 1, name: 'first' })
  await done(page)
  await go(page, 'Runs')
  const note = (): ReturnType<typeof page.getByLabel> => page.getByLabel('Note', { exact: true })
  const grid = page.getByRole('grid', { name: 'Runs' })
  await button(page, 'Star r-1').click()
  await expect(page.getByText('r-1 starred')).toBeVisible()

  // another run works meanwhile, and every epoch of it is news for the list
  await invoke(page, 'train', { ...small, epochs: 400, name: 'works' })
  await grid.getByRole('row').filter({ hasText: 'works' }).click()
  await note().pressSequentially('typed while it works', { delay: 120 })
  await expect(note()).toHaveValue('typed while it works')
  // the field's own undo, and not the star of before
  await note().press('Control+z')
  await expect(note()).not.toHaveValue('typed while it works')
  await expect(button(page, 'Star r-1')).toHaveAttribute('aria-pressed', 'true')
  await note().fill('typed while it works')
  await grid.getByRole('row').filter({ hasText: 'first' }).click()
  await expect(note()).toHaveValue('')
  await note().fill('typed last')
  // closed with the words in the field, and a preference just changed
  await page.getByRole('searchbox', { name: 'Filter runs' }).evaluate((field: HTMLInputElement) => {
    field.value = 'name:first'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  page = await bench.restart()
  const notes = await page.evaluate(async () => {
    type Answer = { value: { runs: { name: string; note: string }[] } }
    const bridge = (globalThis as unknown as { inloop: { invoke(name: string, input: unknown): Promise<Answer> } })
      .inloop
    return (await bridge.invoke('runs.list', {})).value.runs.map((run) => [run.name, run.note])
  })
  expect(notes).toEqual([
    ['works', 'typed while it works'],
    ['first', 'typed last']
  ])
  await expect(page.getByRole('searchbox', { name: 'Filter runs' })).toHaveValue('name:first')
})
