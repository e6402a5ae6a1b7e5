/**
 * Drives the built application in the real Electron, on a workspace of its own. Whatever a page writes to its console
 * as an error fails the test, unless the test said that it provokes it.
 *
 * Run by `npm test` (build/test.mjs), which builds first and names the runtime in ELECTRON_EXEC_PATH.
 */
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'

const ROOT = path.resolve(import.meta.dirname, '../..')

export class Bench {
  /** errors that the test provokes */
  readonly provoked: RegExp[] = []
  readonly #errors: string[] = []
  #app: ElectronApplication | undefined
  #page: Page | undefined

  constructor(readonly workspace: string) {}

  get app(): ElectronApplication {
    if (!this.#app) throw new Error('the application is not open')
    return this.#app
  }

  get page(): Page {
    if (!this.#page) throw new Error('the application is not open')
    return this.#page
  }

  async open(): Promise<Page> {
    const executablePath = process.env['ELECTRON_EXEC_PATH']
    if (!executablePath) throw new Error('run the tests of the window with `npm test` or `node build/test.mjs e2e`')
    const env = { ...process.env, INLOOP_WORKSPACE: this.workspace } as Record<string, string>
    this.#app = await _electron.launch({ executablePath, args: [ROOT], env })
    this.#page = await this.#app.firstWindow()
    this.#page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text())
    })
    this.#page.on('pageerror', (error) => this.#errors.push(error.message))
    return this.#page
  }

  /** also when work goes on: the question is answered with yes */
  async close(): Promise<void> {
    const app = this.#app
    if (!app) return
    this.#app = undefined
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
    })
    await app.close()
  }

  /** the person closes the window and answers the question, if there is one, with the button of that number */
  async closeWindow(answer: number): Promise<void> {
    await this.app.evaluate(({ dialog, BrowserWindow }, response) => {
      dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false })
      BrowserWindow.getAllWindows()[0].close()
    }, answer)
  }

  /** waits until the application has ended by itself */
  async ended(): Promise<void> {
    const child = this.app.process()
    if (child.exitCode === null) await once(child, 'exit')
    this.#app = undefined
  }

  /** as a power cut ends it; and opened again */
  async kill(): Promise<Page> {
    this.app.process().kill('SIGKILL')
    await this.ended()
    return this.open()
  }

  async restart(): Promise<Page> {
    await this.close()
    return this.open()
  }

  /** the size of the page itself, whatever the screen is */
  async resize(width: number, height: number): Promise<void> {
    const size = (): Promise<number[]> => this.page.evaluate(() => [innerWidth, innerHeight])
    if ((await size()).join() === `${width},${height}`) return
    await this.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0].setContentSize(...size), [
      width,
      height
    ] as [number, number])
    // a window that has just opened, on a machine whose cores are all at work, takes its time
    await expect.poll(size, { timeout: 30_000 }).toEqual([width, height])
  }

  /**
   * a picture for people: into GALLERY when that is set (`GALLERY=dir node build/test.mjs e2e`), else with the results.
   * The word that follows an action passes, and is not part of a state: without `words` it is left out.
   */
  async picture(name: string, words = false): Promise<void> {
    const folder = process.env['GALLERY'] ?? test.info().outputDir
    const style = words ? '' : '[data-sonner-toaster] { display: none }'
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), style })
  }

  /** the same of the window as it is on the screen: the page's own picture knows no zoom */
  async windowPicture(name: string): Promise<void> {
    const folder = process.env['GALLERY'] ?? test.info().outputDir
    const png = await this.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0].webContents.capturePage()
      return image.toPNG().toString('base64')
    })
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `${name}.png`), Buffer.from(png, 'base64'))
  }

  unexpectedErrors(): string[] {
    return this.#errors.filter((text) => !this.provoked.some((pattern) => pattern.test(text)))
  }
}

export const test = base.extend<{ bench: Bench }>({
  bench: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inloop-e2e-'))
    const bench = new Bench(folder)
    await bench.open()
    await use(bench)
    await bench.close()
    rmSync(folder, { recursive: true, force: true })
    expect(bench.unexpectedErrors(), 'errors on the console').toEqual([])
  }
})

export { expect } from '@playwright/test'
