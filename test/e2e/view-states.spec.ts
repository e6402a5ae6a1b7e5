/**
 * The views over runs while main does not answer, and when it refuses: each says what is missing and how one goes on,
 * and goes on. A picture and axe in both themes each.
 */
import type { Page } from '@playwright/test'
import { button, go, MINUTE, reload } from './around'
import { type Bench, expect, test } from './bench'
import { fault } from './faults'
import { showState } from './looks'
import { done, invoke } from './small-bench'

const REFUSAL = 'the database is locked by another program'

interface Case {
  /** of the pictures */
  name: string
  view: string
  asks: string[]
  /** said while it waits; none where the rest of the page is there */
  waits?: string
  refused: string | RegExp
  again?: string
  /** it is read when the window opens */
  atStart?: boolean
}

const CASES: readonly Case[] = [
  {
    ...{ name: 'runs', view: 'Runs', asks: ['runs.list'] },
    ...{ waits: 'Reading the runs', refused: 'The runs could not be read', again: 'Try again' }
  },
  {
    ...{ name: 'compare', view: 'Compare', asks: ['runs.show'] },
    ...{ waits: 'Reading the runs', refused: 'The runs could not be read', again: 'Try again' }
  },
  { name: 'train-run', view: 'Train', asks: ['runs.show'], refused: 'r-1 could not be read', atStart: true },
  { name: 'settings', view: 'Settings', asks: ['doctor', 'workspace.size'], refused: 'The examination failed' }
]

async function two(bench: Bench): Promise<Page> {
  const { page } = bench
  await bench.resize(1280, 720)
  for (const seed of [1, 2]) {
    const set = { hidden: 60 }
    await invoke(page, 'train', { method: 'surrogate', dataset: 'yin-yang', chip: 'ideal', epochs: 4, seed, set })
  }
  await done(page)
  await reload(page)
  await go(page, 'Runs')
  for (const run of ['r-1', 'r-2']) await page.getByRole('checkbox', { name: `Compare ${run}`, exact: true }).check()
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'r-1' }).first().dblclick()
  await button(page, 'Open as new').waitFor()
  return page
}

test('views over runs that wait, are refused, and go on', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const page = await two(bench)
  const main = page.getByRole('main')
  for (const { name, view, asks, waits, refused, again, atStart } of CASES) {
    const anew = async (): Promise<void> => {
      // a view that reads none of it
      await go(page, 'SQL')
      await reload(page)
    }
    if (waits) {
      await anew()
      const answersNot = await fault(bench, asks, null)
      await go(page, view)
      await expect(main.getByText(waits).first()).toBeVisible()
      await showState(bench, `${name}-loading`)
      await answersNot()
    }
    await anew()
    const refuses = await fault(bench, asks, REFUSAL)
    await go(page, view)
    if (atStart) await reload(page)
    await expect(main.getByText(refused).first()).toBeVisible()
    await expect(main.getByText(REFUSAL).first()).toBeVisible()
    await showState(bench, `${name}-refused`)
    await refuses()
    if (again) await button(page, again).click()
    else await reload(page)
    await expect(main.getByText(REFUSAL), `${name} after another try`).toHaveCount(0, { timeout: MINUTE })
  }

  await go(page, 'Train')
  await page.getByRole('navigation', { name: 'Figures' }).getByText('What if', { exact: true }).click()
  await expect(main.getByRole('slider', { name: /^Dead/ })).toBeVisible()
  const refuses = await fault(bench, ['runs.whatIf'], REFUSAL)
  await main.getByRole('slider', { name: /^Dead/ }).press('ArrowRight')
  await expect(main.getByText('The network could not be read')).toBeVisible()
  await showState(bench, 'what-if-refused')
  await refuses()
  await button(page, 'Reset and read again').click()
  await expect(main.getByText(REFUSAL)).toHaveCount(0, { timeout: MINUTE })
})

test('menus and questions of runs, chips and the workspace', async ({ bench }) => {
  test.setTimeout(4 * MINUTE)
  const page = await two(bench)
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-01' })
  await reload(page)
  await go(page, 'Runs')
  await button(page, /^Colour of/).click()
  await showState(bench, 'runs-colour')
  await page.keyboard.press('Escape')
  await button(page, /^More about/).click()
  await showState(bench, 'runs-more')
  await page.keyboard.press('Escape')
  await go(page, 'Chips')
  await button(page, 'HX-01').click()
  await page.getByRole('main').getByRole('button', { name: /^More/ }).click()
  await showState(bench, 'chip-menu')
  await page.getByRole('menuitem', { name: /^Delete/ }).click()
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible()
  await showState(bench, 'chip-delete')
  await page.keyboard.press('Escape')
  await invoke(page, 'runs.delete', { run: 'r-2' })
  await go(page, 'Settings')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(Prune|Empty|Free)/ })
    .first()
    .click()
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible()
  await showState(bench, 'settings-prune')
})
