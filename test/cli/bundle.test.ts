/** A run in one file, from one workspace to another: looked at, compared, reported and evaluated there with the same bits. */
import fs from 'node:fs'
import path from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

interface Run {
  id: string
  chip: string
  calibration: string | null
  status: string
  configHash: string
  metrics: object
  history: object[]
  conversion: object
  provenance: { [key: string]: unknown }
}
interface Imported {
  sha256: string
  run: Run
  chip: string | null
  calibration: string | null
  notes: string[]
}
interface Evaluation {
  evaluation: { testAccuracy: number; hiddenSpikesPerSample: number; n: number; calibration: string | null }
}

let home: Bench
let away: Bench
const file = (name: string): string => path.join(home.workspace, name)
const parts = (name: string): { [part: string]: Uint8Array } => unzipSync(fs.readFileSync(file(name)))
const SMALL = ['--epochs', '1', '--limit-train', '300', '--limit-test', '100']
const train = async (...args: string[]): Promise<Run> => (await home.json<{ run: Run }>('train', ...args, ...SMALL)).run

beforeAll(async () => {
  ensureBuilt()
  home = newBench()
  away = newBench()
  await home.json('chip', 'new', '--seed', '7', '--name', 'lab')
  await home.json('chip', 'age', 'hx-1', '--days', '3')
  await home.json('exclude', 'hx-1', '5', '--reason', 'noisy')
  await home.json(
    ...['calibrate', 'hx-1', '--routine', 'converter_channels', '--routine', 'leak', '--routine', 'reset']
  )
  await train('surrogate', '--dataset', 'mnist16', '--chip', 'hx-1', '--set', 'hidden=32')
  await train('delgrad', '--dataset', 'yin-yang')
  for (const run of ['r-1', 'r-2']) await home.json('export', run, file(`${run}.zip`))
}, 300_000)
afterAll(() => {
  home.remove()
  away.remove()
})

describe('a run in a file', { timeout: 180_000 }, () => {
  it('is the same file each time, with its parts named', async () => {
    const again = await home.json<{ sha256: string; bytes: number; parts: string[] }>(
      'export',
      'r-1',
      file('again.zip')
    )
    expect(fs.readFileSync(file('again.zip')).equals(fs.readFileSync(file('r-1.zip')))).toBe(true)
    expect(fs.statSync(file('again.zip')).size).toBe(again.bytes)
    expect(again.parts).toEqual(
      expect.arrayContaining(['run.json', 'epochs.csv', 'weights/hidden.npy', 'calibration.json'])
    )
  })

  it('comes to a workspace that knows nothing of it, with its chip and its calibration', async () => {
    const { run } = await home.json<{ run: Run }>('runs', 'show', 'r-1')
    const made = await away.json<Imported>('import', file('r-1.zip'))
    expect(made).toMatchObject({ status: 0, chip: 'hx-1', calibration: 'c-1' })
    expect(made.notes.join('\n')).toMatch(/chip hx-1 was made from its seed.*\n.*calibration c-1 .* came with the file/)
    for (const key of ['status', 'configHash', 'metrics', 'history', 'conversion'] as const)
      expect(made.run[key], key).toEqual(run[key])
    expect(made.run.provenance).toMatchObject({
      weightsSha256: run.provenance['weightsSha256'],
      datasetSha256: run.provenance['datasetSha256'],
      host: run.provenance['host'],
      importedSha256: made.sha256
    })
    expect(made.run.provenance['importedFrom']).toMatch(/^r-1\.zip \(r-1 on /)
    const { chip } = await away.json<{ chip: object }>('chip', 'show', 'lab')
    expect(chip).toMatchObject({ seed: 7, ageDays: 3, active: 'c-1', exclusions: [{ neuron: 5, reason: 'noisy' }] })
  })

  it('evaluates to the same bits, on its chip and on ideal dynamics', async () => {
    for (const chip of ['hx-1', 'ideal']) {
      const [one, other] = await Promise.all(
        [home, away].map(
          async (bench) =>
            (await bench.json<Evaluation>('evaluate', 'r-1', '--limit-test', '500', '--chip', chip)).evaluation
        )
      )
      expect(other, chip).toEqual(one)
      expect(one.n).toBeGreaterThan(0)
    }
  })

  it('brings delays and a data set that is drawn', async () => {
    const { run, notes, chip } = await away.json<Imported>('import', file('r-2.zip'))
    expect({ chip, notes }).toEqual({ chip: null, notes: [] })
    const weights = (await home.json<{ run: Run }>('runs', 'show', 'r-2')).run.provenance['weightsSha256']
    expect(run.provenance['weightsSha256']).toBe(weights)
    const [one, other] = await Promise.all(
      [home, away].map(async (bench) => (await bench.json<Evaluation>('evaluate', 'r-2')).evaluation)
    )
    expect(other).toEqual(one)
  })

  it('goes on to a third place with the same arrays, and says where it has been', async () => {
    await away.json('export', 'r-1', file('onward.zip'))
    const [first, second] = ['r-1.zip', 'onward.zip'].map(parts)
    for (const name of Object.keys(first).filter((each) => /npy|csv|dashboard/.test(each)))
      expect(Buffer.from(second[name]).equals(first[name]), name).toBe(true)
    const { origin } = JSON.parse(Buffer.from(second['run.json']).toString()) as { origin: object }
    expect(origin).toMatchObject({ kind: 'imported', file: 'r-1.zip', run: 'r-1', before: null })
  })

  it('overwrites nothing: a second import is a second run, on what is here already', async () => {
    const { run, notes, calibration } = await away.json<Imported>('import', file('r-1.zip'))
    expect([run.id, calibration]).toEqual(['r-3', 'c-1'])
    expect(notes).toEqual([
      'the same settings and weights are here already: r-1',
      'calibration c-1 of chip hx-1 is the one of the file'
    ])
    expect(await away.json('chip', 'list')).toMatchObject({ chips: [{ id: 'hx-1' }] })
    expect(await away.json('compare', 'r-1', 'r-3', '--fail-on-difference')).toMatchObject({ status: 0 })
    const { file: report } = await away.json<{ file: string }>('report', 'r-3', '--file', file('r-3.html'))
    expect(fs.readFileSync(report, 'utf8')).toMatch(/imported.*r-1\.zip/is)
  })

  it('tells what has become of the chip, and does not take the imported for what was made here', async () => {
    await away.json('chip', 'age', 'hx-1', '--days', '10')
    const { notes } = await away.json<Imported>('import', file('r-1.zip'))
    expect(notes.join()).toMatch(/chip hx-1 is of another age or temperature now/)
    const plan = file('plan.json')
    const yinYang = { method: 'delgrad', dataset: 'yin-yang', epochs: 1, limitTrain: 300, limitTest: 100 }
    fs.writeFileSync(plan, JSON.stringify({ ...yinYang, vary: { seed: [1] } }))
    const { sweep } = await away.json<{ sweep: { runs: { run: string }[] } }>('sweep', plan)
    expect(sweep.runs[0].run).not.toBe('r-2')
  })

  it('is refused in one line that names the damaged part, and changes nothing', async () => {
    const before = (await away.run(['runs', 'list', '--json'])).stdout
    const damaged = parts('r-1.zip')
    damaged['weights/hidden.npy'][200] ^= 1
    fs.writeFileSync(file('damaged.zip'), zipSync(damaged))
    fs.writeFileSync(file('none.json'), '{}')
    for (const [name, complaint] of [
      ['damaged.zip', /damaged\.zip: weights\/hidden\.npy is damaged \(its SHA-256 does not fit\)/],
      ['none.json', /not a calibration that Inloop exported/],
      ['absent.zip', /absent\.zip does not exist; allowed: one that `inloop export` made/]
    ] as const) {
      const { status, stderr } = await away.run(['import', file(name)])
      expect(status, stderr).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(complaint)
    }
    expect((await away.run(['runs', 'list', '--json'])).stdout).toBe(before)
  })

  it('can be a calibration, too', async () => {
    await home.json('export', 'c-1', file('c.json'))
    const { status, ...made } = await home.json<Imported>('import', file('c.json'))
    expect([status, made.run, made.calibration]).toEqual([0, null, 'c-2'])
  })
})
