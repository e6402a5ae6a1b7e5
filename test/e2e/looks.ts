/** Pictures for people and checks for those who do not see them, the same for every view. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Bench, expect } from './bench'

/** in light and dark, at the smallest complete layout and at a larger one */
export async function pictures(bench: Bench, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 720],
    [1600, 1000]
  ]) {
    await bench.resize(width, height)
    await bench.picture(`${name}-${width}-light`)
    await bench.page.getByRole('button', { name: 'Switch to dark' }).click()
    await bench.picture(`${name}-${width}-dark`)
    await bench.page.getByRole('button', { name: 'Switch to light' }).click()
  }
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  ).toEqual([])
}
