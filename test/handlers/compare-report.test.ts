/** The report of a comparison has the window's figures, says what each run was made of, and fits a page. */
import path from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Service } from '../../src-main/handlers/service'
import { band as bandOfReport } from '../../src-main/interchange/compare-columns'
import { linearTicks, logLimits, logTicks } from '../../src-main/interchange/report/axis'
import { openStore } from '../../src-main/store/index'
import { logLimits as limitsOfWindow, ticks } from '../../src-renderer/lib/plot/scale'
import { confusionDifference } from '../../src-renderer/lib/runs/confusion'
import { band } from '../../src-renderer/lib/runs/groups'
import { idealRun, temporaryFolder } from '../store/fixtures'
import { openOn } from './opened'

const HASHES = { data: 'd'.repeat(64), config: 'c'.repeat(64), calibration: 'a1'.repeat(32) }
/** test images of each of two classes, read as each: unlike many, so that counts and shares differ */
const CONFUSIONS = [
  [90, 10, 100, 300],
  [60, 40, 80, 320],
  [45, 5, 10, 190],
  [30, 20, 25, 25]
]
let service: Service

beforeEach(async () => {
  const workspace = temporaryFolder()
  const store = openStore(path.join(workspace, 'inloop.db'))
  for (let k = 0; k < 24; k++) {
    const job = store.jobs.create({
      kind: 'train',
      title: 'train',
      chip: null,
      input: { method: 'surrogate', dataset: 'mnist16', seed: k },
      owner: 'nobody',
      resumable: false,
      createdAt: '2026-01-01T00:00:00.000Z'
    })
    const id = store.runs.create({
      ...idealRun(job),
      seed: k % 2,
      configHash: HASHES.config,
      datasetSha256: HASHES.data,
      versions: { app: '0.1.0', core: 'f4b97d53', schema: 121 },
      host: 'bench (linux x64)',
      config: { seed: k % 2, slope: 25 + (k % 2), calibrationHash: HASHES.calibration.replace('a', String(k % 10)) }
    })
    // 100 of seed 0: 0.80 to 0.91; of seed 1: 0.601 to 0.821
    const testAccuracy = k % 2 ? 0.601 + k / 100 : 0.8 + k / 200
    const epoch = { loss: 1, trainAccuracy: 0.9, hiddenSpikesPerSample: k, samplesPerSecond: 1, seconds: 2 }
    for (const at of [1, 2])
      store.runs.append(id, { ...epoch, epoch: at, testAccuracy: testAccuracy - (2 - at) / 10 }, 1000)
    const confusion = Float64Array.from(CONFUSIONS[k % 4])
    store.runArrays.saveDashboard(id, { confusion, classes: 2, weights: null, sample: null })
  }
  store.close()
  service = await openOn(workspace)
  onTestFinished(() => service.close())
})

const report = async (subjects: string[], more = {}): Promise<{ name: string; text: string }> =>
  (await service.invoke('report.document', { subjects, ...more })) as { name: string; text: string }
const all = Array.from({ length: 24 }, (_, k) => `r-${k + 1}`)
/** the digits of each picture, and the cells of the row that begins with a name */
const matrices = (html: string): string[][] =>
  [...html.matchAll(/<figure style.*?<\/figure>/gs)].map(([figure]) =>
    [...figure.matchAll(/class="digit".*?>([^<]*)</g)].map(([, digits]) => digits)
  )
const row = (html: string, name: string): string[] =>
  [...(html.match(new RegExp(`<tr><td>${name}</td>(.*?)</tr>`))?.[1] ?? '').matchAll(/>([^<>]+)</g)].map(
    ([, cell]) => cell
  )

it('draws the difference of confusion as the window does: images of 1000 of a class', async () => {
  const { text } = await report(['r-1', 'r-2'])
  const [base, other] = CONFUSIONS.slice(0, 2).map((counts) => Float64Array.from(counts))
  const window = [...confusionDifference(base, other, 2)].map(Math.round)
  expect(window).toEqual([-300, 300, -50, 50])
  expect(matrices(text)).toEqual([['−300', '+300', '−50', '+50']])
})

it('says of every run what it was made of, and of each short hash the whole', async () => {
  const { text } = await report(['r-1', 'r-2', 'r-3'])
  for (const word of [
    'f4b97d53',
    '0.1.0',
    'bench (linux x64)',
    '2026-01-01 00:00:00',
    ...Object.values(HASHES).slice(0, 2)
  ])
    expect(text).toContain(word)
  // no cell is as long as a hash: the whole stands in its title and at the end
  for (const [, cell] of text.matchAll(/<td[^>]*>(?:<abbr[^>]*>)?([^<]*)</g)) expect(cell.length).toBeLessThan(40)
  const appendix = text.slice(text.indexOf('Values in full'))
  for (const k of [0, 1, 2]) expect(appendix).toContain(HASHES.calibration.replace('a', String(k)))
})

it('reads all against the base: the first, the one asked for, or the reference of the workspace', async () => {
  expect(row((await report(['r-1', 'r-3'])).text, 'r-3')).toContain('= (+1.00)')
  expect(row((await report(['r-1', 'r-3'], { base: 'r-3' })).text, 'r-1')).toContain('= (−1.00)')
  await service.invoke('preferences.set', { key: 'golden', value: 'r-23' })
  const { text } = await report(['r-1', 'r-2'])
  expect(text).toContain('r-23, which is the reference of the workspace')
  // 0.80 and 0.61 against 0.91: more than two standard errors, (0.80 · 0.20 + 0.91 · 0.09) / 1000 under the root
  expect(row(text, 'r-1')).toContain('−11.00')
  expect(matrices(text)).toHaveLength(2)
  await expect(report(['r-1', 'r-2'], { base: 'r-99' })).rejects.toThrow('run "r-99" does not exist')
  expect(row((await report(['r-1', 'r-2'], { tolerance: 12 })).text, 'r-1')).toContain('= (−11.00)')
})

it('compares groups: how many, median, lowest and highest, one matrix a group', async () => {
  const { name, text } = await report(all, { by: 'seed' })
  expect(name).toBe('r-1-and-23-more-by-seed.html')
  expect(text).toContain('Comparison of 2 groups of 24 runs, by seed')
  // even k: 0.80 + k / 200 for k = 0, 2 … 22; odd: 0.601 + k / 100 for 1, 3 … 23
  expect(row(text, 'seed 0').slice(0, 6)).toEqual(['12', '85.50', '80.00', '91.00', '12', 'base'])
  expect(row(text, 'seed 1').slice(0, 6)).toEqual(['12', '72.10', '61.10', '83.10', '12', '−13.40'])
  const sum = (k: number, l: number): Float64Array =>
    Float64Array.from(CONFUSIONS[k], (n, at) => 6 * (n + CONFUSIONS[l][at]))
  const window = [...confusionDifference(sum(0, 2), sum(1, 3), 2)].map(Math.round)
  expect(matrices(text)[0].map((digits) => Number(digits.replace('−', '-')))).toEqual(window)
  for (const run of all) expect(text).toContain(`<td>${run}</td>`)
  const settings = await report(all, { by: 'config' })
  expect(settings.text).toMatch(/Comparison of 2 groups[^]*slope=25 #[0-9a-f]{8}/)
})

it('refuses more columns than a page takes in, and says what is allowed', async () => {
  await expect(report(all)).rejects.toThrow('24 runs given; allowed: at most 20, or groups of them (by)')
})

it('has the median and quartiles of the window, in pieces of as many members', () => {
  const curves = [3, 2, 3, 1].map((epochs, k) =>
    Array.from({ length: epochs }, (_, x) => ({ x: x + 1, y: (k + 1) * 10 - x * x }))
  )
  const window = band(curves)
  const pieces = bandOfReport(curves.map((points) => ({ points })))
  expect(pieces.map(({ points }) => points.length)).toEqual([1, 1, 1])
  expect(pieces.flatMap(({ points }) => points)).toEqual(window.map(({ x, middle }) => ({ x, y: middle })))
  expect(pieces.flatMap((piece) => piece.band)).toEqual(window.map(({ x, low, high }) => ({ x, low, high })))
})

it('has round ticks, as the window has', () => {
  expect(logTicks(logLimits([39.2, 65.2]))).toEqual([20, 50, 100])
  for (const values of [
    [3.1, 3.4],
    [0.02, 70],
    [1, 1]
  ])
    expect(logLimits(values)).toEqual(limitsOfWindow(values, [1, 2]))
  expect(logTicks([0.001, 1000])).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000])
  for (const limits of [
    [0, 30],
    [-0.13, 0.42],
    [0, 1]
  ] as const)
    expect(linearTicks(limits, 4)).toEqual(ticks(limits, 4))
})
