/**
 * What the window costs and how it feels while the machine computes: frames and answers to input while two jobs train on
 * all cores, the start beside that of an empty window, and memory over an hour of live training, sent quicker than it
 * would come. The figures are printed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { type Bench, expect, test } from './bench'
import { quietest } from './quietest'

const MINUTE = 60_000
const ROOT = path.resolve(import.meta.dirname, '../..')

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true })

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]
const p95 = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)]

function trainInTerminal(workspace: string): ChildProcess {
  const args = ['train', 'surrogate', '--chip', 'ideal', '--epochs', '400', '--seed', '2', '--quiet']
  return spawn(process.execPath, [path.join(ROOT, 'build/inloop.mjs'), ...args], {
    env: { ...process.env, INLOOP_WORKSPACE: workspace },
    stdio: 'ignore'
  })
}

interface Watch {
  frames: number[]
  answers: number[]
  stop: boolean
}

/** times between frames, and from each key or press until what it did was drawn */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watch: Watch = { frames: [], answers: [], stop: false }
    let last = performance.now()
    const frame = (now: number): void => {
      watch.frames.push(now - last)
      last = now
      if (!watch.stop) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    const answered = ({ timeStamp }: Event): void => {
      if (watch.stop) return
      requestAnimationFrame(() => setTimeout(() => watch.answers.push(performance.now() - timeStamp)))
    }
    for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, answered, true)
    Object.assign(globalThis, { watch })
  })
}

function watched(page: Page): Promise<Watch> {
  return page.evaluate(() => {
    const { watch } = globalThis as unknown as { watch: Watch }
    watch.stop = true
    return watch
  })
}

/** what a person does while they wait */
async function walk(page: Page): Promise<void> {
  for (let round = 0; round < 3; round++) {
    for (const name of ['Runs', 'Compare', 'Data', 'Settings', 'Chips', 'Calibrate', 'Train', 'Runs']) {
      await view(page, name).click()
      await page.waitForTimeout(150)
    }
    await page.keyboard.press('/')
    await page.keyboard.type('surrogate', { delay: 60 })
    for (let k = 0; k < 9; k++) await page.keyboard.press('Backspace')
    await page.getByRole('grid', { name: 'Runs' }).focus()
    for (const key of ['ArrowDown', 'ArrowUp', 'End', 'Home', 's', 's']) await page.keyboard.press(key)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('train', { delay: 60 })
    await page.keyboard.press('Escape')
    await view(page, 'Train').click()
    await page.waitForTimeout(500)
  }
}

test('stays fluid while two jobs train on all cores', async ({ bench }) => {
  test.setTimeout(10 * MINUTE)
  const { page } = bench
  await view(page, 'Train').click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: 'ideal dynamics, no chip' })
  await page.getByLabel('Epochs').fill('400')
  await page.getByRole('button', { name: 'Start training' }).click()
  const terminal = trainInTerminal(bench.workspace)
  await expect(page.getByText(/epoch 1\/400/).first()).toBeVisible({ timeout: 3 * MINUTE })
  const fluid = ({ frames, answers }: Watch): boolean =>
    p95(frames) <= 100 && Math.max(...frames) <= 500 && median(answers) <= 100
  const { frames, answers } = await quietest(3, fluid, async () => {
    await watch(page)
    await walk(page)
    const { frames, answers } = await watched(page)
    console.log(
      `frames: ${frames.length}, p95 ${p95(frames).toFixed(0)} ms, longest ${Math.max(...frames).toFixed(0)} ms; ` +
        `answers to input: ${answers.length}, median ${median(answers).toFixed(0)} ms, p95 ${p95(answers).toFixed(0)} ms`
    )
    return { frames, answers, stop: true }
  })
  await expect(page.getByText(/epoch \d+\/400/).first(), 'still training').toBeVisible()
  terminal.kill('SIGINT')
  expect(p95(frames)).toBeLessThanOrEqual(100)
  expect(Math.max(...frames)).toBeLessThanOrEqual(500)
  expect(answers.length).toBeGreaterThan(60)
  expect(median(answers)).toBeLessThanOrEqual(100)
})

/** ms from the launch until a button of that name is drawn and can be pressed */
async function startOf(app: string, name: string, env = {}): Promise<number> {
  const executablePath = String(process.env['ELECTRON_EXEC_PATH'])
  const start = performance.now()
  const electron = await _electron.launch({
    executablePath,
    args: [app],
    env: { ...process.env, ...env } as Record<string, string>
  })
  const page = await electron.firstWindow()
  // looked for at every frame: the driver's own search for a button pauses for up to half a second between two looks
  await page.evaluate(async (name) => {
    const isThere = (): boolean =>
      [...document.querySelectorAll('button')].some((one) => one.textContent?.trim().startsWith(name))
    while (!isThere()) await new Promise(requestAnimationFrame)
  }, name)
  await page.getByRole('button', { name }).click({ trial: true })
  const ms = performance.now() - start
  await electron.close()
  return ms
}

test('starts within twice the time of an empty window', async () => {
  test.setTimeout(5 * MINUTE)
  const folder = mkdtempSync(path.join(tmpdir(), 'inloop-empty-'))
  writeFileSync(path.join(folder, 'package.json'), '{"name": "empty", "main": "main.js"}')
  writeFileSync(
    path.join(folder, 'main.js'),
    `const { app, BrowserWindow } = require('electron')
     app.setPath('userData', __dirname + '/window')
     app.whenReady().then(() => {
       const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
       window.once('ready-to-show', () => window.show())
       window.loadURL('data:text/html,<title>empty</title><button>ready</button>')
     })`
  )
  const workspace = path.join(folder, 'workspace')
  const start = async (): Promise<[number, number]> => [
    await startOf(folder, 'ready'),
    await startOf(ROOT, 'Create chip', { INLOOP_WORKSPACE: workspace })
  ]
  // the first start of each reads its files from the disk
  await start()
  const pairs = [await start(), await start()]
  // by turns; what counts of each is its quickest start
  const least = (which: 0 | 1): number => Math.min(...pairs.map((pair) => pair[which]))
  const times = await quietest(
    14,
    (found) => found <= 2,
    async () => {
      pairs.push(await start())
      return least(1) / least(0)
    }
  )
  rmSync(folder, { recursive: true, force: true })
  console.log(
    `start to interactive: ${least(1).toFixed(0)} ms, empty window ${least(0).toFixed(0)} ms, ` +
      `${times.toFixed(2)} times; of ${pairs.length} starts each`
  )
  expect(times).toBeLessThanOrEqual(2)
})

/** bytes that no other process shares, of the page's process */
async function privateBytes({ app }: Bench): Promise<number> {
  const { pid, memory } = await app.evaluate(({ app }) => {
    const tab = app.getAppMetrics().find(({ type }) => type === 'Tab')
    if (!tab) throw new Error('there is no page')
    return { pid: tab.pid, memory: tab.memory }
  })
  // app metrics know private bytes on Windows alone
  if (process.platform !== 'linux') return 1024 * (memory.privateBytes ?? memory.workingSetSize)
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kB]) => sum + 1024 * Number(kB), 0)
}

/** updates of live training, from main and in the shape in which they come: ten batches a second, an epoch every 5 s */
function sendLive({ app }: Bench, fromEpoch: number, epochs: number): Promise<void> {
  return app.evaluate(
    async ({ BrowserWindow }, { fromEpoch, epochs }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]
      const say = (event: string, payload: object): void => webContents.send('inloop:event', event, payload)
      const run = 'r-1'
      for (let k = fromEpoch; k < fromEpoch + epochs; k++) {
        for (let b = 0; b < 50; b++) {
          const epoch = k + b / 50
          say('batch', {
            run,
            epoch,
            loss: 1 / (1 + epoch),
            accuracy: 0.9,
            hiddenSpikesPerSample: 40,
            samplesPerSecond: 2e4
          })
        }
        const values = { loss: 1 / (1 + k), trainAccuracy: 0.95, testAccuracy: 0.94, validationAccuracy: null }
        say('epoch', {
          run,
          epoch: { epoch: k, ...values, hiddenSpikesPerSample: 40, samplesPerSecond: 2e4, seconds: 5 }
        })
        const spikes = { bin: new Float32Array(900).fill(k % 50), unit: new Uint16Array(900).fill(k % 246) }
        say('dashboard', {
          run,
          dashboard: {
            confusion: new Float64Array(100).fill(k),
            classes: 10,
            weights: {
              counts: new Float64Array(127).fill(k),
              edges: Float64Array.from({ length: 128 }, (_, e) => e - 63),
              clippedShare: 0.01,
              fields: new Float32Array(16 * 256).fill(0.1),
              units: 16,
              side: 16
            },
            sample: {
              index: 1,
              label: 7,
              read: 7,
              image: new Uint8Array(256).fill(k % 255),
              side: 16,
              binUs: 1.7,
              bins: 58,
              inputSpikes: spikes,
              hiddenSpikes: spikes,
              shown: [1, 2, 3],
              measured: new Float32Array(3 * 58).fill(0.5),
              modelled: new Float32Array(3 * 58).fill(0.5),
              readout: new Float32Array(580).fill(0.1),
              probabilities: new Array<number>(10).fill(0.1)
            }
          }
        })
        await new Promise((next) => setTimeout(next, 16))
      }
    },
    { fromEpoch, epochs }
  )
}

test('an hour of live training leaves memory where it was', async ({ bench }) => {
  test.setTimeout(5 * MINUTE)
  const { page } = bench
  await view(page, 'Train').click()
  await page.getByLabel('Chip', { exact: true }).selectOption({ label: 'ideal dynamics, no chip' })
  await page.getByLabel('Data set').selectOption('yin-yang')
  await page.getByLabel('Epochs').fill('1')
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByRole('button', { name: 'Open as new' })).toBeEnabled({ timeout: 2 * MINUTE })
  const session = await page.context().newCDPSession(page)
  const settled = async (): Promise<number> => {
    await page.waitForTimeout(300)
    for (let k = 0; k < 2; k++) await session.send('HeapProfiler.collectGarbage')
    return privateBytes(bench)
  }
  const [parts, hour] = [8, 720]
  const found = [await settled()]
  for (let q = 0; q < parts; q++) {
    await sendLive(bench, 1 + (q * hour) / parts, hour / parts)
    found.push(await settled())
  }
  console.log(`page's private memory over an hour: ${found.map((bytes) => (bytes / 1e6).toFixed(0)).join(', ')} MB`)
  expect(Math.max(...found)).toBeLessThan(300e6)
  // single readings differ by a tenth; the middle one of the last three against that of the first three
  const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[1]
  // five eighths of an hour apart: at most a tenth in three quarters of one
  expect(middle(found.slice(-3)) / middle(found.slice(1, 4))).toBeLessThan(1.08)
})
