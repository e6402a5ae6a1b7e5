/** Every view, every page of a chip, and what opens over them at twice the size: nothing is cut and everything can be reached. */
import { button, chipPage, go, MINUTE, open, PAGES, reload, VIEWS } from './around'
import { type Bench, expect, test } from './bench'
import { fill } from './small-bench'

test('at twice the size nothing is cut and everything can be reached', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const { page, app } = bench
  await fill(page)
  await reload(page)
  await bench.resize(1280, 720)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.setZoomFactor(2))
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640)
  const wrong: string[] = []
  for (const name of VIEWS) {
    await go(page, name)
    wrong.push(...(await cut(bench, name)))
  }
  await chipPage(page)
  for (const name of PAGES) {
    await open(page, name)
    wrong.push(...(await cut(bench, name)))
  }
  for (const [view, what] of OPENED) {
    await go(page, view)
    if (view === 'Chips') await go(page, view)
    await button(page, what).click()
    wrong.push(...(await cut(bench, `${view} ${what.replace(/\W/g, '')}`, '.menu, [role=dialog]')))
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('Control+k')
  wrong.push(...(await cut(bench, 'palette', '[role=dialog]')))
  expect(wrong).toEqual([])
})

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
  await bench.windowPicture(`zoom-${name.toLowerCase().replaceAll(' ', '-')}-1280-light`)
  const found = await page.evaluate((within) => {
    const wrong: string[] = []
    const isHidden = (node: Element): boolean => getComputedStyle(node).visibility === 'hidden'
    const roots = [...document.querySelectorAll(within)]
    if (roots.length === 0) wrong.push('nothing opened')
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
        (box.height < innerHeight && box.bottom > innerHeight + 1)
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
  return found.map((one) => `${name}: ${one}`)
}
