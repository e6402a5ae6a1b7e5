/** A run again, to the bit; and a run in one file, out of the window and in again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './bench'
import { showState } from './looks'

const MINUTE = 60_000

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true })

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More about r-1' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a run again and compared; exported, damaged, imported', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  const { page, app } = bench
  await view(page, 'Train').click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: 'ideal dynamics, no chip' })
  await page.getByLabel('Data set').selectOption('yin-yang')
  await page.getByLabel('Epochs').fill('2')
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled({ timeout: 2 * MINUTE })

  await view(page, 'Runs').click()
  await choose(page, 'Run again and compare every bit')
  await expect(page.getByText('✓ the same bits')).toBeVisible({ timeout: 2 * MINUTE })
  await page.getByRole('button', { name: 'More about r-1' }).click()
  await showState(bench, 'run-again')
  await page.keyboard.press('Escape')

  const folder = mkdtempSync(path.join(tmpdir(), 'inloop-bundle-'))
  const file = path.join(folder, 'r-1.zip')
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
  }, file)
  await choose(page, 'Export all of it, to import elsewhere (zip)')
  await expect.poll(() => sizeOf(file), { timeout: MINUTE }).toBeGreaterThan(1000)

  const damaged = path.join(folder, 'damaged.zip')
  const bytes = readFileSync(file)
  bytes[bytes.indexOf('weights/hidden.npy') + 40] ^= 0xff
  writeFileSync(damaged, bytes)
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByLabel('A zip file that was exported here or elsewhere').setInputFiles(damaged)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('weights/hidden.npy is damaged')
  await showState(bench, 'run-import-damaged')

  await page.getByLabel('A zip file that was exported here or elsewhere').setInputFiles(file)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('the same settings and weights are here already: r-1, r-2')).toBeVisible()
  await showState(bench, 'run-import')
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText(/^r-1\.zip \(r-1 on /)).toBeVisible()
  rmSync(folder, { recursive: true, force: true })
})

function sizeOf(file: string): number {
  try {
    return readFileSync(file).length
  } catch {
    return 0
  }
}
