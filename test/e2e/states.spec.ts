/**
 * Every view in every state it can be in: empty, loading, error, partial, full; dialogs, menus and palette. A picture and
 * axe in both themes each. What a long job shows is in walk, calibration and chip.
 */
import path from 'node:path'
import { button, chipPage, go, MINUTE, open, reload } from './around'
import { type Bench, expect, test } from './bench'
import { editRuns } from './edit-runs'
import { settingsAndNotes } from './settings-and-notes'
import { fault } from './faults'
import { showState } from './looks'
import { quietest } from './quietest'
import { answerOf } from './slider-answer'
import { fill } from './small-bench'

/** one state after another; what is wrong with one does not hide the next */
class States {
  readonly wrong: string[] = []
  constructor(readonly bench: Bench) {}

  async show(name: string, reach: () => Promise<unknown>, leave?: () => Promise<unknown>): Promise<void> {
    try {
      await reach()
      await showState(this.bench, name)
    } catch (error) {
      this.wrong.push(`${name}: ${String(error)}`)
    }
    await leave?.().catch((error: unknown) => this.wrong.push(`${name}, left: ${String(error)}`))
  }
}

test('an empty bench says what comes next, in every view', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  const states = new States(bench)
  const empty = async (view: string, text: string): Promise<void> => {
    await go(page, view)
    await expect(page.getByText(text).first()).toBeVisible()
  }
  await states.show('calibrate-empty', () => empty('Calibrate', 'No chip to calibrate'))
  await states.show('train-form', () => empty('Train', 'Settings of the method'))
  await states.show('runs-empty', () => empty('Runs', 'No run yet'))
  await states.show('compare-empty', () => empty('Compare', 'No runs chosen'))
  await states.show('sql-empty', () => empty('SQL', 'Nothing asked yet'))
  await states.show('help', () => empty('Help', 'First steps'))
  await states.show('keys', () => empty('Keys', 'Everywhere'))
  await states.show('keys-changing', () => button(page, 'Change the key of “Open the help”').click())
  await states.show('keys-conflict', async () => {
    // what opens the palette cannot open the help as well
    await page.keyboard.press('Control+k')
    await expect(page.getByText('Ctrl K means “Search or run a command” already')).toBeVisible()
  })
  await page.keyboard.press('Escape')
  await states.show('keys-none', () => page.getByRole('searchbox', { name: 'Search keys' }).fill('coffee'))
  const again = async (): Promise<void> => reload(page)
  await states.show('loading', async () => {
    await fault(bench, ['chip.list'], null)
    await again()
    await expect(page.getByText('Opening the workspace')).toBeVisible()
  })
  await states.show('error', async () => {
    await fault(bench, ['preferences.get'], 'the database is locked by another program')
    await again()
    await expect(page.getByText('The workspace did not answer')).toBeVisible()
  })
  expect(states.wrong).toEqual([])
})

test('views, dialogs and menus of a bench in use', async ({ bench }) => {
  test.setTimeout(10 * MINUTE)
  const { page } = bench
  await fill(page)
  await reload(page)
  await bench.resize(1280, 720)
  const states = new States(bench)
  const escape = (): Promise<void> => page.keyboard.press('Escape')

  await states.show('chips', () => go(page, 'Chips'))
  await states.show('chips-side', async () => {
    await button(page, 'Side by side').click()
    for (const of of ['before', 'after'])
      await expect(page.getByRole('slider', { name: `HX-02, Leak potential, ${of}` })).toBeVisible()
  })
  await states.show(
    'chips-side-residual',
    async () => {
      await button(page, 'Residual').click()
      await expect(page.getByRole('slider', { name: /^HX-0[12], Leak potential, residual/ })).toHaveCount(2)
    },
    () => button(page, 'List').click()
  )
  await states.show('chip-new', () => button(page, 'New chip').click(), escape)
  await states.show('palette', () => page.keyboard.press('Control+k'), escape)
  await states.show('work', () => page.keyboard.press('Control+Shift+j'), escape)

  await states.show('settings-backup', async () => {
    await bench.app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      },
      path.join(bench.workspace, 'copy.db')
    )
    await go(page, 'Settings')
    await button(page, 'Back up…').click()
    await expect(page.getByText(/^Copied to .*copy\.db, \d/)).toBeVisible()
  })

  await chipPage(page)
  await states.show('map-partial', () => open(page, 'Map'))
  await open(page, 'Versions')
  await states.show('versions-table', () => expect(page.getByText('c-1').first()).toBeVisible())
  await states.show('versions-menu', () => button(page, 'More about c-1').click())
  await states.show(
    'versions-apply',
    async () => {
      await page.getByRole('menuitem', { name: /^Use on another chip/ }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    escape
  )
  await states.show('versions-import', () => button(page, 'Import…').click(), escape)

  await go(page, 'Calibrate')
  await states.show('calibrate-form', () => expect(page.getByText('Routines', { exact: true })).toBeVisible())
  await states.show('targets', () => button(page, 'Leak potential, one value a neuron').click(), escape)

  await go(page, 'Runs')
  const grid = page.getByRole('grid', { name: 'Runs' })
  await states.show('runs-list', () => grid.getByRole('row').nth(3).waitFor())
  await states.show('runs-many', () => button(page, 'Many…').click(), escape)
  await states.show('runs-columns', () => button(page, 'Columns').click(), escape)
  const groupBy = page.getByLabel('Group by')
  await states.show('runs-groups', async () => {
    await groupBy.selectOption('seed')
    await expect(page.getByRole('group', { name: 'Runs by seed' }).getByRole('row')).toHaveCount(3)
    await page.getByRole('checkbox', { name: 'Compare seed 1' }).focus()
    for (const key of ['ArrowRight', 'ArrowDown']) await page.keyboard.press(key)
    await expect(page.getByRole('button', { name: '2', exact: true })).toBeFocused()
  })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('searchbox', { name: 'Filter runs' })).toHaveValue('seed=2')
  await expect(grid).toBeFocused()
  await expect(grid.getByRole('row')).toHaveCount(2)
  const ungrouped = await fault(bench, ['runs.groups'], 'the database is locked by another program')
  await states.show(
    'runs-groups-error',
    async () => {
      await groupBy.selectOption('chip')
      await expect(page.getByRole('alert')).toContainText('the database is locked')
    },
    ungrouped
  )
  await groupBy.selectOption('none')
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('')
  await settingsAndNotes(bench, states)
  await states.show('evaluate', () => button(page, 'Evaluate…').click(), escape)
  const filter = page.getByRole('searchbox', { name: 'Filter runs' })
  await states.show('runs-none', async () => {
    await filter.fill('dataset=mnist16')
    await expect(page.getByText('No run matches')).toBeVisible()
  })
  await states.show(
    'runs-refused',
    async () => {
      await filter.fill('accuracy>>1')
      await expect(page.getByRole('alert')).toBeVisible()
    },
    () => filter.fill('')
  )
  await states.show(
    'runs-trash',
    () => button(page, /^Trash/).click(),
    () => button(page, 'Back to runs').click()
  )
  await states.show(
    'runs-trash-full',
    async () => {
      await grid.focus()
      await page.keyboard.press('x')
      await button(page, 'Trash, 1').click()
      await expect(button(page, 'Restore')).toBeVisible()
    },
    async () => {
      await button(page, 'Restore').click()
      await button(page, 'Back to runs').click()
    }
  )
  await editRuns(page)

  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('c')
  await states.show(
    'compare-one',
    () => go(page, 'Compare'),
    () => go(page, 'Runs')
  )
  await grid.focus()
  for (const key of ['ArrowDown', 'c', 'ArrowDown', 'c']) await page.keyboard.press(key)
  await states.show('runs-tray', () => expect(page.getByText('3 runs to compare')).toBeVisible())
  await states.show('compare', async () => {
    await go(page, 'Compare')
    await expect(page.getByRole('heading', { name: '3 runs' })).toBeVisible()
  })
  // one run as the reference of the workspace: the others are read against it
  await states.show(
    'compare-golden',
    async () => {
      await button(page, 'r-1 is the reference of this workspace').click()
      await expect(page.getByRole('columnheader', { name: 'r-1, base' })).toBeVisible()
    },
    () => button(page, 'r-1 is the reference of this workspace').click()
  )
  await states.show('compare-groups', () => page.getByLabel('Group by').selectOption('seed'))
  await states.show('compare-confusion', () => button(page, 'Confusion').click())
  for (const [name, how] of [['compare-error', 'the database is locked by another program']] as const) {
    const end = await fault(bench, ['runs.show'], how)
    await states.show(
      name,
      async () => {
        await reload(page)
        await expect(page.getByText(how)).toBeVisible()
      },
      end
    )
  }
  await reload(page)

  await go(page, 'Runs')
  await grid.getByRole('row').filter({ hasText: 'r-1' }).dblclick()
  await states.show('trained', () => button(page, 'Open as new').waitFor())
  await states.show('what-if', async () => {
    await button(page, 'What if').click()
    const dead = page.getByRole('slider', { name: 'Dead hidden units' })
    await dead.focus()
    for (let k = 0; k < 12; k++) await page.keyboard.press('ArrowRight')
    await expect(page.locator('[data-took]')).toBeVisible({ timeout: MINUTE })
    await expect(page.locator('dl dd').first()).toContainText('%')
  })
  const followed = await quietest(
    4,
    (ms) => ms <= 200,
    () => answerOf(page)
  )
  console.log(`what if: the accuracy follows a slider within ${followed.toFixed(0)} ms`)
  expect(followed).toBeLessThanOrEqual(200)

  await states.show(
    'data-form',
    async () => {
      await go(page, 'Data')
      await button(page, 'Add a data set…').click()
    },
    escape
  )
  const unread = await fault(bench, ['dataset.list'], 'the disk does not answer')
  await states.show(
    'data-error',
    async () => {
      await go(page, 'Help')
      await go(page, 'Data')
      await expect(page.getByText('the disk does not answer')).toBeVisible()
    },
    unread
  )
  await go(page, 'SQL')
  const question = page.getByRole('textbox', { name: 'Question in SQL' })
  const ask = async (text: string): Promise<void> => {
    await question.fill(text)
    await page.keyboard.press('Control+Enter')
  }
  await states.show('sql-error', async () => {
    await ask('delete from run')
    await expect(page.getByRole('alert')).toBeVisible()
  })
  await states.show('sql-stopped', async () => {
    // rows come, then one that SQLite counts at for minutes
    const counted =
      '(with recursive c(x) as (select 1 union all select x + 1 from c where x < 1e10) select count(*) from c)'
    const hours = `with recursive n(k) as (select 1 union all select k + 1 from n where k < 500000)`
    await ask(`${hours} select k, case when k < 400000 then k else ${counted} end as counted from n where k % 1000 = 0`)
    await expect(page.getByRole('button', { name: /^Stop/ })).toBeVisible()
    await page.waitForTimeout(1200)
    await page.keyboard.press('Control+Backspace')
    await expect(page.getByRole('main').getByRole('status').first()).toContainText(
      /stopped after \d+\.\d s, with the \d+ rows/
    )
    await expect(question, 'the key took no letter').toHaveValue(/n where k % 1000 = 0$/)
  })
  await states.show('sql-none', async () => {
    await ask("select id from runs where id = 'r-99'")
    await expect(page.getByText('No row')).toBeVisible()
  })
  expect(states.wrong).toEqual([])
})
