/** What the window shows and keeps, from the terminal: maps of one chip and of several, preferences, the reference, workspaces. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src-main/store/index'
import { idealRun, newJob } from '../store/fixtures'
import { ensureBuilt, newBench, type Bench } from './inloop'

interface Shown {
  calibration: string
  view: string
  unit: string
  target: number
  used: number
  median: number
  mad: number
  inBand: number | null
  values: (number | null)[]
  states: string[]
}

let bench: Bench
const refused = async (...args: string[]): Promise<string> => {
  const { status, stderr } = await bench.run(args)
  expect(status, stderr).toBe(2)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return stderr
}

beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  for (const seed of ['1', '2']) await bench.json('chip', 'new', '--seed', seed, '--name', `HX "${seed}"`)
  for (const chip of ['hx-1', 'hx-2']) await bench.json('calibrate', chip, '--routine', 'leak')
  await bench.json('calibrate', 'hx-1', '--routine', 'reset')
  await bench.json('exclude', 'hx-1', '7', '--reason', 'noisy')
  const store = openStore(path.join(bench.workspace, 'inloop.db'))
  store.runs.create(idealRun(newJob(store)))
  store.runs.trash(store.runs.create(idealRun(newJob(store))), true)
  store.close()
}, 300_000)
afterAll(() => bench.remove())

const maps = async (...args: string[]): Promise<{ maps: Shown[]; without: string[] }> =>
  bench.json('calibration', 'maps', ...args)

describe('calibration maps', () => {
  it('says what the values of the neurons say, by hand', async () => {
    const { maps: shown } = await maps('c-1', '--metric', 'leak')
    expect(shown.map(({ view }) => view)).toEqual(['before', 'after'])
    for (const { values, states, used, median, mad, inBand, target } of shown) {
      expect(states[7]).toBe('excluded')
      const counted = values.flatMap((value, n) => (states[n] === 'value' ? [value as number] : []))
      expect(counted).toHaveLength(used)
      const middle = (list: number[]): number => {
        const rising = [...list].sort((a, b) => a - b)
        return (rising[(rising.length - 1) >> 1] + rising[rising.length >> 1]) / 2
      }
      expect(median).toBeCloseTo(middle(counted), 9)
      expect(mad).toBeCloseTo(middle(counted.map((x) => Math.abs(x - middle(counted)))), 9)
      expect(inBand).toBe(counted.filter((x) => Math.abs(x - target) <= 5).length)
    }
    const [, after] = shown
    const { maps: residual } = await maps('c-1', '--metric', 'leak', '--view', 'residual')
    expect(residual[0].median).toBeCloseTo(after.median - after.target, 9)
    expect(residual[0].inBand).toBeNull()
    expect((await maps('c-1', '--metric', 'leak', '--view', 'setting')).maps[0].unit).toBe('LSB')
  })

  it('sets several chips side by side, and names those without the quantity', async () => {
    const both = await maps('c-3', 'c-2', '--metric', 'reset', '--view', 'after')
    expect([both.maps.map(({ calibration }) => calibration), both.without]).toEqual([['c-3'], ['c-2']])
    // what a calibration kept of the one it was made on belongs to its maps
    const { stdout } = await bench.run(['calibration', 'maps', 'c-3', 'c-2', '--metric', 'leak', '--neuron', '7'])
    expect(stdout).toMatch(/HX "1" +c-3 \(c-1\) +Leak potential +after .* excluded\n/)
    expect(stdout).toMatch(/HX "2" +c-2 +Leak potential +after /)
  })

  it('refuses quantities and views that there are not', async () => {
    expect(await refused('calibration', 'maps', 'c-1', '--metric', 'leek')).toMatch(
      /metric: "leek" given; allowed: .*leak/
    )
    expect(await refused('calibration', 'maps', 'c-1', '--view', 'later')).toMatch(/allowed: before, after, setting/)
    expect(await refused('calibration', 'maps', 'c-1', '--neuron', '512')).toMatch(/512/)
  })

  it('has instances, curves and searches beside it', async () => {
    expect(await bench.json('calibration', 'instances', 'c-1', '--per', 'driver')).toMatchObject({ maps: [] })
    expect(await bench.json('calibration', 'curves', 'c-1')).toMatchObject({ curves: [] })
    const { traces } = await bench.json<{ traces: { metric: string; chosen: number }[] }>(
      ...(['calibration', 'search', 'c-1', '5'] as const)
    )
    expect(traces).toMatchObject([{ metric: 'leak', chosen: expect.any(Number) }])
    expect((await bench.run(['calibration', 'search', 'c-1', '5'])).stdout).toMatch(/leak +80 +LSB/)
  })
})

describe('preferences', () => {
  const set = (key: string, value: string): ReturnType<Bench['run']> => bench.run(['preferences', 'set', key, value])

  it('are kept as words or JSON, and go back to what they came with', async () => {
    for (const [key, value] of [
      ['theme', 'dark'],
      ['notify', 'off'],
      ['keys', '{"jobs":["$mod+j"]}'],
      ['closing', 'stop']
    ])
      expect((await set(key, value)).status).toBe(0)
    expect(await bench.json('preferences', 'list')).toMatchObject({
      preferences: { theme: 'dark', notify: false, keys: { jobs: ['$mod+j'] }, closing: 'stop' }
    })
    await set('closing', 'null')
    const { preferences } = await bench.json<{ preferences: object }>('preferences', 'list')
    expect(preferences).not.toHaveProperty('closing')
  })

  it.each([
    ['theme', 'blue', /theme: "blue" given; allowed: system, light, dark/],
    ['notify', 'maybe', /allowed: on, off/],
    ['them', 'dark', /key: "them" given; allowed: theme, density/],
    ['keys', '{"pallete":["$mod+j"]}', /keys\.pallete: .* allowed: keys of palette/],
    ['keys', '{"jobs":["$mod+j"],"undo":["$mod+j"]}', /another key/],
    ['protocols', '{"7":{"kind":"train","input":{"method":"surrogate"}}}', /unknown: 7/],
    ['protocols', '{"1":{"kind":"train","input":{"method":"surr"}}}', /protocols\.1\.input\.method: "surr" given/],
    ['golden', 'r-9', /"r-9" does not exist/]
  ])('refuse %s %s', async (key, value, complaint) => {
    expect(await refused('preferences', 'set', key, value)).toMatch(complaint)
  })
})

describe('runs reference', () => {
  it('is made, said and taken back; a run that is gone or in the trash is refused', async () => {
    expect(await bench.json('runs', 'reference')).toMatchObject({ reference: null })
    expect(await bench.json('runs', 'reference', 'r-1')).toMatchObject({ reference: 'r-1' })
    expect((await bench.run(['runs', 'reference'])).stdout).toBe('r-1\n')
    expect(await refused('runs', 'reference', 'r-2')).toMatch(/r-2 is in the trash; allowed/)
    expect(await refused('runs', 'reference', 'r-3')).toMatch(/does not exist/)
    expect(await bench.json('runs', 'reference', 'none')).toMatchObject({ reference: null })
  })

  it('stands beside a dashboard, and jobs come to what they printed', async () => {
    expect(await bench.json('runs', 'dashboard', 'r-1')).toMatchObject({ status: 0, dashboard: { confusion: null } })
    expect(await bench.json('jobs', 'result', 'j-1')).toMatchObject({ result: { calibration: { id: 'c-1' } } })
  })
})

it('workspace open makes another one the current one, and refuses a folder of other things', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-home-'))
  const env = { INLOOP_WORKSPACE: '', XDG_CONFIG_HOME: home, APPDATA: home, HOME: home }
  const to = path.join(home, "o'hara", 'bench')
  expect(await bench.run(['workspace', 'open', to], env)).toMatchObject({ status: 0 })
  const { stdout } = await bench.run(['workspace', 'list', '--json'], env)
  expect(JSON.parse(stdout)).toMatchObject({ workspaces: [{ path: to, present: true, current: true }, {}] })
  const strange = await bench.run(['workspace', 'open', home], env)
  expect(strange).toMatchObject({ status: 2, stderr: expect.stringContaining('allowed: a folder with an inloop.db') })
  fs.rmSync(home, { recursive: true })
}, 60_000)
