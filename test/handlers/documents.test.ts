/** Reports in one file: whole, of what was asked for, and safe to open. */
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Service } from '../../src-main/handlers/service'
import { openStore } from '../../src-main/store/index'
import { idealRun, newChip, newJob, record, temporaryFolder } from '../store/fixtures'
import { openOn } from './opened'

let service: Service
let workspace: string

const epoch = (k: number, testAccuracy: number) => ({
  epoch: k,
  loss: 1 / k,
  trainAccuracy: testAccuracy,
  testAccuracy,
  hiddenSpikesPerSample: 40,
  samplesPerSecond: 20_000,
  seconds: 3
})

beforeEach(async () => {
  workspace = temporaryFolder()
  const store = openStore(path.join(workspace, 'inloop.db'))
  const job = (kind: string, input: object): string =>
    store.jobs.create({ kind, title: kind, chip: null, input, owner: 'nobody', resumable: false, createdAt: NOW })
  newChip(store, 'HX <7>')
  for (const seed of [1, 2]) {
    const input = { method: 'surrogate', dataset: 'mnist16', epochs: 3, seed, set: { learningRate: 0.002 } }
    const train = job('train', input)
    const id = store.runs.create({
      ...idealRun(train),
      seed,
      config: { seed, hidden: 246, learningRate: null, tauMemUs: 6 }
    })
    for (let k = 1; k <= 3; k++) store.runs.append(id, epoch(k, 0.9 + 0.02 * k), 1000)
    const confusion = new Float64Array(100).fill(seed)
    store.runArrays.saveDashboard(id, { confusion, classes: 10, weights, sample, delays })
    store.runArrays.savePlane(id, 3, { side: 2, read: Int8Array.of(0, 1, 2, -2), times: null })
    store.jobs.end(train, 'done', NOW, false)
    store.runs.setConversion(id, { learningRate: 0.002, weightPerUnit: 1 })
  }
  store.runs.note('r-1', 'first <script>alert(1)</script>')
  const experiment = job('experiment', { name: 'yin-yang', quick: true })
  store.jobs.saveResult(experiment, {
    experiment: {
      name: 'yin-yang',
      title: 'Yin-Yang',
      paper: 'Kriener et al. 2022',
      quick: true,
      seeds: 2,
      checks: [{ name: 'accuracy', value: 0.95, paper: 0.959, band: [0.93, null], passed: true }],
      passed: true,
      runs: [1, 2].map((seed) => ({ key: 'ideal', seed, run: `r-${seed}`, testAccuracy: 0.96 }))
    }
  })
  store.jobs.end(experiment, 'done', NOW, false)
  store.close()
  service = await openOn(workspace)
  onTestFinished(() => service.close())
})

const weights = {
  counts: Float64Array.of(3, 5),
  edges: Float64Array.of(-1, 0, 1),
  clippedShare: 0,
  fields: Float32Array.from({ length: 16 }, (_, k) => k - 8),
  units: 1,
  side: 4
}
const delays = [{ name: 'hidden', n: 4, counts: Float64Array.of(1, 3), edges: Float64Array.of(12, 16, 20), median: 17 }]
/** four bins of 1.7 µs; the readout that is read is largest in the third */
const sample = {
  index: 7,
  label: 3,
  read: 1,
  image: Uint8Array.of(0, 255, 128, 0),
  side: 2,
  binUs: 1.7,
  bins: 4,
  inputSpikes: { bin: Float32Array.of(0, 1), unit: Uint16Array.of(0, 3) },
  hiddenSpikes: { bin: Float32Array.of(2), unit: Uint16Array.of(17) },
  shown: [17],
  measured: Float32Array.of(0, 0.5, 1.1, 0.2),
  modelled: Float32Array.of(0, 0.4, 1, 0.3),
  readout: Float32Array.of(0, 0, 0.1, 0, 0, 0.2, 0.9, 0.4),
  probabilities: [0.25, 0.75]
}
const NOW = '2026-01-01T00:00:00.000Z'

const text = async (...subjects: string[]): Promise<string> =>
  ((await service.invoke('report.document', { subjects })) as { text: string }).text

/** no request, no script, and every element closed */
function expectWhole(html: string): void {
  expect(html).not.toMatch(/https?:|<script|@import|url\(|undefined|NaN/)
  for (const name of ['section', 'svg', 'table', 'figure', 'dl', 'details', 'span']) {
    const count = (pattern: string): number => html.split(new RegExp(pattern)).length
    expect(count(`<${name}[ >]`), name).toBe(count(`</${name}>`))
  }
}

describe('a report', () => {
  it('of a run has its curves, its confusion, its settings and the command', async () => {
    const html = await text('r-1')
    expectWhole(html)
    expect(html).toContain('96.00 % of 1000 test samples right (95 % interval 94.60 % to 97.05 %)')
    expect(html).toContain('inloop train surrogate --dataset mnist16 --epochs 3 --seed 1 --set learningRate=0.002')
    expect(html).toContain('first &lt;script&gt;')
    // error, loss, the sample, the disc, confusion, weights, fields, delays, hidden spikes
    expect(html.match(/<figure/g)).toHaveLength(9)
    for (const said of [
      'Test sample 7: label 3, read 1',
      '4.25',
      'Learnt delays, hidden: 4, median 17.00 µs',
      '75.0 %'
    ])
      expect(html).toContain(said)
    // cells in the middle of the quadrants: lower left is yang and read as yin, lower right is read as yang and is yin
    expect(html).toContain('<td class="n">3</td><td>0.0 %</td>')
    expect(html).toContain('r-2')
    expect(html.length).toBeLessThan(2_000_000)
  })

  it('has the unit of every weight and setting', async () => {
    const html = await text('r-1')
    expect(html).not.toContain('chip units')
    expect(html).toContain('1 model units</text>')
    expect(html).toMatch(/<td>learningRate<\/td><td>0.002<\/td><td><\/td><td>by the method<\/td>/)
    expect(html).toMatch(/<td>tauMemUs<\/td><td>6<\/td><td>µs<\/td>/)
    expect(html).toContain('<h2>Resolved settings</h2>')
  })

  it('of several runs says where they differ', async () => {
    const html = await text('r-1', 'r-2')
    expectWhole(html)
    expect(html).toContain('Comparison of 2 runs')
    expect(html).toMatch(/<td>seed<\/td><td>1<\/td><td>2<\/td>/)
    expect(html).toContain('r-2 minus r-1')
  })

  it('of a chip that was never calibrated, and of an experiment by name and by job', async () => {
    const chip = await text('HX <7>')
    expectWhole(chip)
    expect(chip).toContain('HX &lt;7&gt;')
    expect(chip).toContain('not calibrated')
    const experiment = await text('yin-yang')
    expectWhole(experiment)
    expect(experiment).toContain('1 of 1 checks passed')
    expect(await text('j-3')).toBe(experiment)
    for (const said of ['inloop experiment yin-yang --quick', '<td>seed</td>', 'settings, SHA-256', '# r-2'])
      expect(experiment).toContain(said)
  })

  it('goes into a file whose checksum is told; what cannot be made leaves nothing', async () => {
    const file = path.join(workspace, 'out.html')
    const made = (await service.invoke('report', { subjects: ['r-1'], file })) as { bytes: number }
    expect(fs.statSync(file).size).toBe(made.bytes)
    const refused = (subjects: string[]) => expect(service.invoke('report', { subjects, file: `${file}2` })).rejects
    await refused(['r-9']).toThrow('run "r-9" does not exist')
    await refused(['r-1', 'HX <7>']).toThrow('allowed: several runs')
    await refused(['j-1']).toThrow('is no experiment')
    await refused(['nothing']).toThrow('chip "nothing" does not exist')
    expect(fs.existsSync(`${file}2`)).toBe(false)
  })
})

describe('a report of several chips or calibrations', () => {
  /** neuron 5 of the second is 3 LSB above the first, which no reading noise explains */
  async function twoChips(): Promise<Service> {
    const folder = temporaryFolder()
    const store = openStore(path.join(folder, 'inloop.db'))
    for (const k of [0, 1]) {
      const chip = newChip(store, `HX-${k}`)
      const more = { chip, targets: { leak: 80 }, seed: 1, chipSerial: `S-${k}`, chipSeed: k, ageDays: 0 }
      const made = { ...record, ...more, job: newJob(store, 'calibrate'), temperature: 30, excluded: [], neurons: 512 }
      const id = store.calibrations.create(made)
      const routine = {
        ...{ name: 'leak', label: 'Leak potential', symbol: 'V_leak', quantity: 'leak', unit: 'LSB', target: 80 },
        ...{ limit: 0.3, spreadRatio: 0.1, reads: 4, before: null, after: null, passed: true, failed: [], seconds: 1 }
      }
      const of = (value: (n: number) => number) => Float64Array.from({ length: 512 }, (_, n) => value(n))
      const map = {
        ...{ before: of((n) => 80 + (n % 3)), after: of((n) => (n === 5 ? 80 + 3 * k : 80)), sigma: of(() => 0.2) },
        ...{ setting: of(() => 600 + k), failed: new Uint8Array(512) }
      }
      const arrays = { usable: new Uint8Array(512).fill(1), 'leak/map': map }
      store.calibrations.finish(id, {
        ...{ complete: true, usable: 512, seconds: 9, hardwareMs: 90, targets: { leak: 80 } },
        ...{ routines: [routine], arrays }
      })
      store.chips.activate(chip, id)
    }
    newChip(store, 'raw')
    store.close()
    const opened = await openOn(folder)
    onTestFinished(() => opened.close())
    return opened
  }

  it('has them side by side, with what differs, where, and of what each was made', async () => {
    const opened = await twoChips()
    const of = async (...subjects: string[]) =>
      ((await opened.invoke('report.document', { subjects })) as { text: string }).text
    const html = await of('HX-0', 'HX-1')
    expectWhole(html)
    expect(html).toContain('Comparison of 2 calibrations of 2 chips')
    // median and MAD before (80, 81, 82 in turn) and after
    const row = ['Leak potential', 'c-1 of HX-0', 'LSB', '80', '81', '1', '80', '0'].join('.*')
    expect(html).toMatch(new RegExp(row))
    expect(html).toContain('1 of 512')
    expect(html).toMatch(/<td class="n">5<\/td><td class="n">80<\/td><td class="n">83<\/td><td class="n">3<\/td>/)
    expect(html.match(/<figure/g)).toHaveLength(1)
    const body = (text: string): string => text.replace(/Written [^<]*/, '')
    expect(body(await of('c-1', 'c-2'))).toBe(body(html))
    await expect(of('HX-0', 'raw')).rejects.toThrow('raw has no active calibration')
    await expect(of('HX-0', 'r-1')).rejects.toThrow('several chips or calibrations')
  })
})
