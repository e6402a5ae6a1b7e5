/** The form of a training run: what is refused does not start, and several seeds follow one another. */
import { button, go } from './around'
import { expect, test } from './bench'
import { showState } from './looks'
import { invoke } from './small-bench'

test('a refused value does not start; three seeds come one after another', async ({ bench }) => {
  test.setTimeout(120_000)
  const { page } = bench
  await bench.resize(1280, 720)
  await go(page, 'Train')
  const field = (name: string) => page.getByLabel(name, { exact: true })
  await field('Method').selectOption('reference')
  await field('Data set').selectOption('yin-yang')
  await field('Epochs').fill('0')
  await expect(button(page, 'Start training')).toBeDisabled()
  await page.keyboard.press('Control+Enter')
  expect((await invoke(page, 'jobs.list')).jobs).toEqual([])
  await showState(bench, 'train-refused')

  await field('Epochs').fill('2')
  await field('Seeds').fill('3')
  await button(page, 'Start training').click()
  const grid = page.getByRole('grid', { name: 'Runs' })
  await expect(grid.getByRole('row')).toHaveCount(4, { timeout: 60_000 })
  // the list and what it can be narrowed to agree
  const facets = page.getByRole('navigation', { name: 'Narrow the list' })
  await expect(facets.getByRole('button', { name: 'done 3' })).toBeVisible({ timeout: 60_000 })
  await expect(grid.getByText('done')).toHaveCount(3)
})
