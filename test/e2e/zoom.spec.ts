/**
 * Every view, every page of a chip, the dashboard of a run and what opens over them at twice the size, in both themes:
 * nothing is cut, everything can be reached, and every picture is tall enough to read and overprints nothing. And what is
 * chosen is seen where a person's system has few colours of its own.
 */
import type { Page } from '@playwright/test'
import { button, chipPage, go, MINUTE, open, PAGES, reload, VIEWS } from './around'
import { type Bench, expect, test } from './bench'
import { done, fill, invoke } from './small-bench'
import { chosenColours, figureFaults, rowsInSight } from './zoom-faults'

test('at twice the size nothing is cut and everything can be reached', async ({ bench }) => {
  test.setTimeout(15 * MINUTE)
  const { page, app } = bench
  await fill(page)
  await trained(page)
  await reload(page)
  await bench.resize(1280, 720)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.setZoomFactor(2))
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640)
  const wrong: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    if (theme === 'dark') await button(page, 'Switch to dark').click()
    const see = async (name: string, within?: string): Promise<void> => {
      wrong.push(...(await cut(bench, `${name}-1280-${theme}`, within)))
    }
    for (const name of VIEWS) {
      await go(page, name)
      await see(name)
    }
    await chipPage(page)
    for (const name of PAGES) {
      await open(page, name)
      await see(name)
    }
    await versions(page, see)
    await chips(page, see)
    await runs(page, see, wrong)
    await dashboards(page, see)
    for (const [view, what] of OPENED) {
      await go(page, view)
      if (view === 'Chips') await go(page, view)
      if (view === 'Train' && (await button(page, 'New run').isVisible())) await button(page, 'New run').click()
      await button(page, what).click()
      await see(`${view} ${what.replace(/\W/g, '')}`, '.menu, [role=dialog]')
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('Control+k')
    await see('palette', '[role=dialog]')
    await page.keyboard.press('Escape')
  }
  expect(wrong).toEqual([])
})

test('under forced colours what is chosen has the system’s own colour', async ({ bench }) => {
  test.setTimeout(4 * MINUTE)
  const { page } = bench
  await fill(page)
  await reload(page)
  await bench.resize(1280, 720)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: theme, reducedMotion: 'reduce' })
    await go(page, 'Runs')
    await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).click()
    await page.waitForTimeout(300)
    await bench.picture(`forced-runs-1280-${theme}`)
    expect(
      await chosenColours(page, ['nav [aria-current]', '.run[aria-selected=true]', 'button[aria-pressed=true]']),
      `runs, ${theme}`
    ).toEqual([])
    await chipPage(page)
    await open(page, 'Map')
    await page.waitForTimeout(500)
    await bench.picture(`forced-map-1280-${theme}`)
    expect(
      await chosenColours(page, [
        'nav [aria-current]',
        'main button[aria-pressed=true]',
        '[role=tab][aria-selected=true]'
      ]),
      `map, ${theme}`
    ).toEqual([])
  }
})

type See = (name: string, within?: string) => Promise<void>

/** a run for each figure of a dashboard: the disc, and one on a chip beside the same one without */
async function trained(page: Page): Promise<void> {
  const points = { dataset: 'yin-yang', epochs: 2, limitTrain: 500, limitTest: 500 }
  await invoke(page, 'train', { ...points, method: 'first-spike', chip: 'ideal', name: 'times' })
  // a chip as it was made: a calibration of the leak alone leaves no neuron that fires
  await invoke(page, 'chip.new', { seed: 1, name: 'HX-03' })
  for (const chip of ['ideal', 'HX-03'])
    await invoke(page, 'train', {
      ...points,
      method: 'surrogate',
      chip,
      ...(chip === 'ideal' ? {} : { calibration: 'none' }),
      set: { hidden: 60 },
      name: `on ${chip}`
    })
  await done(page)
}

/** two versions against one another with their map, and the other parts below the list */
async function versions(page: Page, see: See): Promise<void> {
  const below = page.getByRole('toolbar', { name: 'Below the versions' })
  await open(page, 'Versions')
  await page.getByRole('combobox', { name: 'A, the base' }).selectOption('c-2')
  await expect(page.getByRole('button', { name: 'Made how' })).toBeVisible()
  await see('versions compare')
  await button(page, 'Made how').click()
  await see('versions made how')
  for (const name of ['Drift', 'Exclusions']) {
    await below.getByRole('button', { name }).click()
    await see(`versions ${name}`)
  }
  await below.getByRole('button', { name: 'Compare' }).click()
}

async function chips(page: Page, see: See): Promise<void> {
  await go(page, 'Chips')
  if (!(await button(page, 'Side by side').isVisible())) await go(page, 'Chips')
  await button(page, 'Side by side').click()
  await see('chips side by side')
  await button(page, 'List').click()
}

/** the list with something to compare keeps its rows, which can be pressed; then what was chosen side by side */
async function runs(page: Page, see: See, wrong: string[]): Promise<void> {
  await go(page, 'Runs')
  for (const id of ['r-1', 'r-2', 'r-3'])
    await page.getByRole('checkbox', { name: `Compare ${id}`, exact: true }).check()
  await see('runs tray')
  const rows = await rowsInSight(page)
  if (rows < 3) wrong.push(`runs with the tray: ${rows} rows in sight`)
  const tray = page.getByRole('group', { name: 'Comparison' })
  await tray.getByRole('button', { name: 'Compare' }).click()
  for (const name of ['Curves', 'Confusion']) {
    await button(page, name).click()
    await see(`compare ${name}`)
  }
  await button(page, 'Curves').click()
  await go(page, 'Runs')
  await tray.getByRole('button', { name: 'Clear' }).click()
}

/** a run opened by a double press on its row, and every figure it offers */
async function dashboards(page: Page, see: See): Promise<void> {
  for (const name of ['times', 'on HX-03']) {
    await go(page, 'Runs')
    await page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: name }).first().dblclick()
    await expect(page.getByRole('main').getByRole('heading', { name }).first()).toBeVisible()
    const figures = page.getByRole('navigation', { name: 'Figures' }).getByRole('button')
    await expect(figures).toHaveCount(name === 'times' ? 4 : 5)
    for (const figure of await figures.allInnerTexts()) {
      await page.getByRole('navigation', { name: 'Figures' }).getByRole('button', { name: figure, exact: true }).click()
      await see(`run ${name} ${figure}`)
    }
  }
  await button(page, 'New run').click()
}

/** menus and dialogs, by the view and the button they open from */
const OPENED = [
  ['Runs', 'Columns'],
  ['Runs', 'Many…'],
  ['Runs', 'Import…'],
  ['Chips', 'New chip'],
  ['Data', 'Add a data set…'],
  ['Calibrate', 'As protocol'],
  ['Train', 'As protocol']
] as const

/** what the page cannot bring into view: it scrolls sideways, or something to press lies where nothing scrolls to it */
async function cut(bench: Bench, name: string, within = 'body'): Promise<string[]> {
  const { page } = bench
  await page.waitForTimeout(500)
  await bench.windowPicture(`zoom-${name.toLowerCase().replaceAll(' ', '-')}`)
  const faults = within === 'body' ? await figureFaults(page) : []
  const found = await page.evaluate((within) => {
    const wrong: string[] = []
    const isHidden = (node: Element): boolean => getComputedStyle(node).visibility === 'hidden'
    const roots = [...document.querySelectorAll(within)]
    if (roots.length === 0) wrong.push('nothing opened')
    // what is taller than the room between top and foot is seen in parts
    const room = document.querySelector('.page')?.clientHeight ?? innerHeight
    const pressed = 'button, input, select, textarea, [tabindex="0"], [role^=menuitem], [role=option]'
    for (const node of roots.flatMap((root) => [...root.querySelectorAll(pressed)])) {
      const { width, height } = node.getBoundingClientRect()
      if (
        node.getAttribute('role') === 'separator' ||
        width < 2 ||
        height < 2 ||
        isHidden(node) ||
        node.closest('[aria-hidden=true], [inert], .hidden')
      )
        continue
      node.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const box = node.getBoundingClientRect()
      const says = node.getAttribute('aria-label') ?? node.textContent?.trim().slice(0, 40) ?? node.tagName
      if (
        box.left < -1 ||
        box.right > innerWidth + 1 ||
        box.top < -1 ||
        (box.height < room && box.bottom > innerHeight + 1)
      ) {
        wrong.push(`out of the window: ${says}`)
        continue
      }
      // a parent that does not scroll for a person must not have been scrolled to it
      for (let up = node.parentElement; up; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up)
        if ((overflowX === 'hidden' && up.scrollLeft > 1) || (overflowY === 'hidden' && up.scrollTop > 1)) {
          up.scrollTo(0, 0)
          wrong.push(`cut by ${up.tagName.toLowerCase()}: ${says}`)
          break
        }
      }
    }
    return wrong
  }, within)
  return [...faults, ...found].map((one) => `${name}: ${one}`)
}
