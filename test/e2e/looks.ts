/** Pictures for people and checks for those who do not see them, the same for every view. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Bench, expect } from './bench'
import { invoke } from './small-bench'

/** who only wants to know whether all is well does not wait for a hundred and fifty pictures twice */
const PICTURES = process.env['GALLERY'] !== undefined

/** in light and dark, at the smallest complete layout and, for a gallery, at a larger one */
export async function pictures(bench: Bench, name: string): Promise<void> {
  const sizes = [
    [1280, 720],
    [1600, 1000]
  ]
  for (const [width, height] of PICTURES ? sizes : sizes.slice(0, 1)) {
    await bench.resize(width, height)
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(bench.page, theme)
      await drawn(bench.page)
      await bench.picture(`${name}-${width}-${theme}`)
    }
  }
}

/** that of the system; a walk that chose one by hand goes back to it */
async function inTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  const html = page.locator('html')
  await expect(html)
    .toHaveAttribute('data-theme', theme, { timeout: 1000 })
    .catch(() => invoke(page, 'preferences.set', { key: 'theme', value: 'system' }))
  await expect(html).toHaveAttribute('data-theme', theme)
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
}

/**
 * What is waited for is there, and drawn: charts are drawn anew after a change of size or theme, and fade. Where
 * `waits`, the waiting itself is what is shown.
 */
async function drawn(page: Page, waits = false): Promise<void> {
  const busy = page.locator('[aria-busy="true"]')
  if (!waits) await expect(busy, 'what is still waited for').toHaveCount(0, { timeout: 20_000 })
  // a picture waits for what fades in; who only looks for findings has seen the words that he waited for
  await page.waitForTimeout(waits && PICTURES ? 700 : 250)
}

/**
 * One state of a view, dialog or menu: a picture at 1280 x 720 and no finding of axe, in the themes of the system. A name
 * that ends in `loading` shows what is seen while main has not answered.
 */
export async function showState(bench: Bench, name: string, words = false): Promise<void> {
  const { page } = bench
  await bench.resize(1280, 720)
  for (const theme of ['dark', 'light'] as const) {
    await inTheme(page, theme)
    if (PICTURES || theme === 'dark') await drawn(page, name.endsWith('loading'))
    if (PICTURES) await bench.picture(`${name}-1280-${theme}`, words)
    expect(await violations(page), `${name}, ${theme}`).toEqual([])
  }
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}
