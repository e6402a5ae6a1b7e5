/** The form of a training run: what is refused does not start, and several seeds follow one another. */
import { button, go } from './around'
import { expect, test } from './bench'
import { showState } from './looks'
import { invoke } from './small-bench'

test('what is left open shows the paper’s value for the task, and stays open', async ({ bench }) => {
  test.setTimeout(180_000)
  const { page } = bench
  await bench.resize(1280, 720)
  await go(page, 'Train')
  const field = (name: string) => page.getByLabel(name, { exact: true })
  await field('Method').selectOption('first-spike')
  const rate = field('learningRate')
  await expect(rate).toHaveValue('')
  await expect(rate).toHaveAttribute('placeholder', '0.005, the paper’s')
  await expect(field('biasTime')).toHaveAttribute('placeholder', '0.9, the paper’s')
  await expect(page.getByText('default null')).toHaveCount(0)
  await showState(bench, 'train-first-spike')

  const kept = async () => (await invoke(page, 'preferences.get')).preferences['train.form'] as { set: object }
  await rate.fill('0')
  await expect(button(page, 'Start training')).toBeDisabled()
  await rate.fill('1')
  await expect.poll(async () => (await kept()).set).toEqual({ learningRate: 1 })
  await rate.fill('')
  await expect.poll(async () => (await kept()).set).toEqual({})

  await field('Epochs').fill('2')
  await field('Learn from').fill('300')
  await field('copies').fill('2')
  await button(page, 'Start training').click()
  await button(page, 'Open as new').click({ timeout: 90_000 })
  await expect(field('copies')).toHaveValue('2')
  await expect(rate).toHaveValue('')
  await expect(rate).toHaveAttribute('placeholder', '0.005, the paper’s')
})

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
