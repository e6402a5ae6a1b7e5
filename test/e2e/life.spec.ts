/** Room to live in: work that goes on without the window, a word when it ends, data, questions, reports, workspaces. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { type Bench, expect, test } from './bench'
import { expectAccessible, pictures, showState } from './looks'

const MINUTE = 60_000
const KEEP_RUNNING = 2

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true })

async function train(page: Page, epochs: number): Promise<void> {
  await view(page, 'Train').click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: 'ideal dynamics, no chip' })
  await page.getByLabel('Data set').selectOption('yin-yang')
  await page.getByLabel('Epochs').fill(String(epochs))
  await page.getByRole('button', { name: 'Start training' }).click()
}

const isVisible = ({ app }: Bench): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].isVisible())

test('closed while work goes on, the window waits in the tray, and a notification says when it is done', async ({
  bench
}) => {
  test.setTimeout(5 * MINUTE)
  const { page, app } = bench
  await app.evaluate(({ Notification }) => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    Notification.isSupported = () => true
    Notification.prototype.show = function (this: { title: string; body: string }) {
      told.push(`${this.title}: ${this.body}`)
    }
  })
  // long enough to be still at work when the window closes, on a fast machine too
  await train(page, 300)
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await bench.closeWindow(KEEP_RUNNING)
  await expect.poll(() => isVisible(bench)).toBe(false)
  const told = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  await expect.poll(told, { timeout: 3 * MINUTE }).toHaveLength(1)
  expect((await told())[0]).toMatch(/is done: r-1: \d+\.\d\d % of \d+ test samples right/)
  // starting the program again brings the window back
  await app.evaluate(({ app }) => void app.emit('second-instance'))
  await expect.poll(() => isVisible(bench)).toBe(true)
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled()
})

test('work is stopped by force after a question, and goes on from what it had saved', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  const { page } = bench
  await bench.resize(1280, 720)
  await train(page, 300)
  await expect(
    page
      .getByRole('main')
      .getByText(/epoch [1-9]\d*\/300/)
      .first()
  ).toBeVisible({ timeout: MINUTE })
  const question = page.getByRole('dialog', { name: /at once\?$/ })
  await page.keyboard.press('Control+Shift+Backspace')
  await expect(question).toContainText('What was done since the last whole epoch is lost')
  await showState(bench, 'force-stop')
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  await page.keyboard.press('Control+Shift+Backspace')
  await question.getByRole('button', { name: 'Force stop' }).click()
  await expect(page.getByText('r-1 stopped')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  // the same from the list of all work
  await page.keyboard.press('Control+Shift+j')
  await showState(bench, 'work-running')
  await page.getByRole('dialog', { name: 'Work' }).getByRole('button', { name: 'Force stop' }).click()
  await question.getByRole('button', { name: 'Force stop' }).click()
  await expect(page.getByRole('main').getByRole('button', { name: 'Resume' })).toBeVisible()
})

test('data sets, questions, a report, and another workspace', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  const { page, app } = bench
  await train(page, 2)
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled({ timeout: 2 * MINUTE })

  await view(page, 'Data').click()
  await expect(page.getByRole('row', { name: /mnist16/ })).toContainText('70 000')
  await page.getByRole('button', { name: 'Add a data set' }).click()
  await page.getByRole('textbox', { name: 'Where' }).fill(bench.workspace)
  await page.getByRole('textbox', { name: 'Name' }).fill('mine')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('holds neither')
  await page.keyboard.press('Escape')
  await pictures(bench, 'data')
  await expectAccessible(page)

  await view(page, 'SQL').click()
  const question = page.getByRole('textbox', { name: 'Question in SQL' })
  await question.fill('select id, dataset, epochs_done from runs')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('grid', { name: 'Answer' }).getByRole('row').nth(1)).toContainText('yin-yang')
  await pictures(bench, 'sql')
  await expectAccessible(page)
  await question.fill('delete from run')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText('allowed: one statement that reads')

  await view(page, 'Runs').click()
  const folder = mkdtempSync(path.join(tmpdir(), 'inloop-other-'))
  const report = path.join(folder, 'r-1.html')
  await app.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
  }, report)
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await expect.poll(() => read(report), { timeout: MINUTE }).toContain('Run r-1')

  await view(page, 'Settings').click()
  await expect(page.getByText('prepared data sets')).toBeVisible()
  await pictures(bench, 'settings')
  await expectAccessible(page)
  const other = path.join(folder, 'workspace')
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, other)
  await page.getByRole('button', { name: 'Open or make another workspace' }).click()
  await expect(page.getByRole('heading', { name: 'No chip on this bench yet' })).toBeVisible({ timeout: MINUTE })
  // said by the page that came after the one that asked
  await expect(page.getByText('Workspace opened')).toBeVisible()
  await view(page, 'Settings').click()
  await page.getByRole('button', { name: `Open ${bench.workspace}` }).click()
  await expect(page.getByRole('main', { name: 'Settings' })).toBeVisible({ timeout: MINUTE })
  await view(page, 'Runs').click()
  await expect(page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: 'r-1' })).toBeVisible()
  rmSync(folder, { recursive: true, force: true })
})

test('a workspace that a newer Inloop wrote is looked at, and not changed', async ({ bench }) => {
  test.setTimeout(2 * MINUTE)
  let { page } = bench
  await page.getByLabel('Name').fill('HX-01')
  await page.getByRole('button', { name: 'Create chip' }).click()
  await expect(page.getByText('HX-01 is not calibrated')).toBeVisible()
  await bench.close()
  const file = path.join(bench.workspace, 'inloop.db')
  const bytes = readFileSync(file)
  // the schema's version in the header of SQLite's files
  bytes.writeUInt32BE(99_999, 60)
  writeFileSync(file, bytes)

  page = await bench.open()
  await bench.resize(1280, 720)
  await expect(page.getByText('This workspace was written by a newer version')).toBeVisible()
  await expect(page.getByText('HX-01').first()).toBeVisible()
  await showState(bench, 'read-only')
  await view(page, 'Chips').click()
  await expect(page.getByRole('button', { name: 'New chip' })).toBeDisabled()
  await view(page, 'Train').click()
  await page.getByRole('button', { name: /^Start training/ }).click()
  await expect(page.getByText(/which is open read-only/)).toBeVisible()
  await bench.close()
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
