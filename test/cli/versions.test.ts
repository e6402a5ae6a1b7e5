import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

/** quick ones: what is tested is what becomes of results, not the results */
const QUICK = ['--routine', 'converter_channels', '--routine', 'leak', '--routine', 'reset']

interface Calibration {
  id: string
  chip: string
  active: boolean
  sha256: string
  usable: number
  stale: string[]
}
interface Diff {
  sameChip: boolean
  equal: boolean
  record: { key: string; a: unknown; b: unknown }[]
  quantities: { metric: string; differing: number; compared: number; neurons: { neuron: number; delta: number }[] }[]
}

let bench: Bench
let other: Bench
const calibrate = async (...args: string[]): Promise<Calibration> =>
  (await bench.json<{ calibration: Calibration }>('calibrate', ...args, ...QUICK, '--no-activate')).calibration
const shown = async (id: string): Promise<Calibration> =>
  (await bench.json<{ calibration: Calibration }>('calibration', 'show', id)).calibration

beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  other = newBench()
  await bench.json('chip', 'new', '--seed', '1')
  await bench.json('chip', 'new', '--seed', '2')
  await calibrate('hx-1')
  await calibrate('hx-1')
  await calibrate('hx-1', '--seed', '2', '--target', 'leak=90')
  await calibrate('hx-2')
  await bench.json('calibration', 'activate', 'c-1')
}, 300_000)
afterAll(() => {
  bench.remove()
  other.remove()
})

const diff = async (...args: string[]): Promise<Diff & { status: number | null }> => {
  const { diff: found, status } = await bench.json<{ diff: Diff }>('calibration', 'diff', ...args)
  return { ...found, status }
}

describe('calibration diff', () => {
  it('finds two made alike to be the same to the last bit', async () => {
    expect((await shown('c-1')).sha256).toBe((await shown('c-2')).sha256)
    const same = await diff('c-1', 'c-2', '--fail-on-difference')
    expect(same).toMatchObject({ equal: true, sameChip: true, record: [], status: 0 })
  })

  it('names quantity, neurons and record where two differ', async () => {
    const found = await diff('c-1', 'c-3', '--fail-on-difference')
    expect(found).toMatchObject({ equal: false, sameChip: true, status: 1 })
    expect(found.record).toContainEqual({ key: 'target leak', a: 80, b: 90 })
    expect(found.record).toContainEqual({ key: 'seed', a: 1, b: 2 })
    const leak = found.quantities.find(({ metric }) => metric === 'leak')!
    // ten LSB higher, everywhere where the converter responds
    expect(leak.differing).toBe(leak.compared)
    expect(leak.neurons.every(({ delta }) => delta > 5 && delta < 15)).toBe(true)
    // what was not aimed elsewhere is found with other noise: a code more or less here and there
    const channels = found.quantities.find(({ metric }) => metric === 'converter_channels')!
    expect(channels.differing).toBeLessThan(leak.differing / 4)
  })

  it('allows what it is told to allow', async () => {
    const { quantities } = await diff('c-1', 'c-3', '--tolerance', 'leak=20', '--tolerance', 'reset=5')
    for (const name of ['leak', 'reset']) expect(quantities.find(({ metric }) => metric === name)?.differing).toBe(0)
    const { status, stderr } = await bench.run(['calibration', 'diff', 'c-1', 'c-3', '--tolerance', 'leek=20'])
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/tolerance: "leek" given; allowed: .*leak/)
  })

  it('compares two chips, and says that they are two', async () => {
    expect(await diff('c-1', 'c-4')).toMatchObject({ sameChip: false })
    const { stdout } = await bench.run(['calibration', 'diff', 'c-1', 'c-4'])
    expect(stdout).toMatch(/Leak potential +LSB/)
  })
})

describe('a calibration of another chip', () => {
  const TRAIN = [
    'train',
    'surrogate',
    '--dataset',
    'mnist16',
    '--chip',
    'hx-2',
    '--epochs',
    '1',
    '--limit-train',
    '100'
  ]

  it('is refused in one line unless it is asked for', async () => {
    for (const args of [
      [...TRAIN, '--calibration', 'c-1'],
      ['accept', 'c-1', '--chip', 'hx-2']
    ]) {
      const { status, stderr } = await bench.run(args)
      expect(status, stderr).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(/calibration: c-1 of hx-1 was made on serial .*--allow-other-chip/)
    }
  })

  it('is taken if asked for, and stands in the record of the run', async () => {
    const { run } = await bench.json<{ run: { config: { [key: string]: unknown }; warnings: string[] } }>(
      ...TRAIN,
      '--limit-test',
      '100',
      '--calibration',
      'c-1',
      '--allow-other-chip'
    )
    const { chip } = await bench.json<{ chip: { serial: string } }>('chip', 'show', 'hx-1')
    expect(run.config['calibrationChip']).toBe(chip.serial)
    expect(run.warnings.join()).toMatch(/c-1 was made on another chip/)
  })

  it('is accepted or not as that chip is measured', async () => {
    const { passed } = await bench.json<{ passed: boolean }>('accept', 'c-1', '--chip', 'hx-2', '--allow-other-chip')
    expect(passed).toBe(false)
  })
})

describe('export and import', () => {
  const file = (name: string): string => path.join(bench.workspace, name)

  it('bring a calibration to another workspace with every bit', async () => {
    const { sha256, bytes } = await bench.json<{ sha256: string; bytes: number }>(
      'calibration',
      'export',
      'c-1',
      file('c.json')
    )
    expect(sha256).toHaveLength(64)
    expect(fs.statSync(file('c.json')).size).toBe(bytes)
    const { status, stderr } = await other.run(['calibration', 'import', file('c.json')])
    expect(status).toBe(2)
    expect(stderr).toMatch(/was made on serial .* which is not here; `inloop chip new --seed 1 --mismatch 1`/)
    await other.json('chip', 'new', '--seed', '1')
    const made = await other.json<{ calibration: Calibration }>('calibration', 'import', file('c.json'), '--activate')
    expect(made.calibration).toMatchObject({
      chip: 'hx-1',
      active: true,
      stale: [],
      sha256: (await shown('c-1')).sha256
    })
    const again = path.join(other.workspace, 'again.json')
    await other.json('calibration', 'export', made.calibration.id, again)
    const arrays = (name: string): unknown => (JSON.parse(fs.readFileSync(name, 'utf8')) as { arrays: unknown }).arrays
    expect(arrays(again)).toEqual(arrays(file('c.json')))
  })

  it('take a calibration to another chip only on purpose', async () => {
    const refused = await bench.run(['calibration', 'import', file('c.json'), '--chip', 'hx-2'])
    expect(refused.status).toBe(2)
    const made = await bench.json<{ calibration: Calibration }>(
      ...['calibration', 'import', file('c.json'), '--chip', 'hx-2', '--allow-other-chip']
    )
    expect(made.calibration.stale.join()).toMatch(/made on another chip/)
  })

  it('refuse a file that is not whole or not ours in one line, and change nothing', async () => {
    const content = fs.readFileSync(file('c.json'), 'utf8')
    const whole = JSON.parse(content) as {
      schema: number
      calibration: { neurons: unknown; targets: object; config: object }
      arrays: object
    }
    const codes = /("leak":\{"\$array":\{"dtype":"u16","length":512,"base64":")..../
    expect(content).toMatch(codes)
    const before = await bench.run(['calibration', 'list', '--json'])
    const cases: [string, RegExp][] = [
      ['', /not JSON/],
      [content.slice(0, 5000), /not JSON/],
      ['{"format":"something else"}', /not a calibration that Inloop exported/],
      [JSON.stringify({ ...whole, schema: 99 }), /schema 99 given; this version reads schema 1/],
      [JSON.stringify({ ...whole, calibration: { ...whole.calibration, neurons: 'many' } }), /calibration\.neurons/],
      [JSON.stringify({ ...whole, calibration: { ...whole.calibration, targets: { leek: 80 } } }), /targets/],
      [JSON.stringify({ ...whole, calibration: { ...whole.calibration, config: { seed: 7 } } }), /configHash/],
      [JSON.stringify({ ...whole, arrays: {} }), /SHA-256/],
      [content.replace(codes, '$1AAAA'), /SHA-256/]
    ]
    for (const [text, complaint] of cases) {
      fs.writeFileSync(file('bad.json'), text)
      const { status, stderr } = await bench.run(['calibration', 'import', file('bad.json')])
      expect(status, stderr).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(complaint)
    }
    expect((await bench.run(['calibration', 'list', '--json'])).stdout).toBe(before.stdout)
  })

  it('write one row a neuron, with units', async () => {
    await bench.json('calibration', 'export', 'c-1', file('c.csv'))
    const [head, ...rows] = fs.readFileSync(file('c.csv'), 'utf8').trim().split('\r\n')
    expect(head).toContain('leak after [LSB]')
    expect(rows).toHaveLength(512)
    expect(rows[300].split(',').slice(0, 4)).toEqual(['300', '1', '44', '2'])
    expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1)
  })

  it('write a report that needs nothing else', async () => {
    await bench.json('calibration', 'export', 'c-1', file('c.html'))
    const html = fs.readFileSync(file('c.html'), 'utf8')
    expect(html).toContain('Leak potential')
    expect(html.match(/<svg/g)?.length).toBe(12)
    expect(html).not.toMatch(/https?:|<script|@import|url\(/)
  })

  it('refuse a name that tells no format', async () => {
    const { status, stderr } = await bench.run(['calibration', 'export', 'c-1', file('c.pdf')])
    expect(status).toBe(2)
    expect(stderr).toMatch(/allowed: a name that ends in \.json, \.csv, \.html/)
  })
})

describe('a stale calibration', () => {
  it('says why: excluded neurons, an older chip, another temperature', async () => {
    expect((await shown('c-1')).stale).toEqual([])
    await bench.json('exclude', 'hx-1', '7', '8', '--reason', 'noisy')
    expect((await shown('c-1')).stale).toEqual(['excluded since: neuron 7, 8'])
    await bench.json('include', 'hx-1', '7', '8')
    expect((await shown('c-1')).stale).toEqual([])
    await bench.json('chip', 'age', 'hx-1', '--days', '30', '--temperature', '40')
    expect((await shown('c-1')).stale).toEqual([
      'the chip has aged by 30 days since',
      'made at 30 °C, the chip is at 40 °C'
    ])
    const { stdout } = await bench.run(['calibration', 'list'])
    expect(stdout).toMatch(/c-1 .*the chip has aged by 30 days since/)
    expect((await shown('c-4')).stale).toEqual([])
  })

  it('is seen to drift when the chip is measured again', async () => {
    const { passed } = await bench.json<{ passed: boolean; readings?: unknown }>('accept', 'c-1')
    expect(passed).toBe(false)
    interface Point {
      kind: string
      calibration: string
      ageDays: number
      passed: boolean
      metrics: { metric: string; median: number; sd: number; value: number; sigma: number }[]
    }
    const { timeline } = await bench.json<{ timeline: { points: Point[] } }>(
      ...['chip', 'timeline', 'hx-1', '--neuron', '5']
    )
    const again = timeline.points.filter(({ kind }) => kind === 'measurement')
    expect(again).toMatchObject([{ calibration: 'c-1', ageDays: 30, passed: false }])
    const made = timeline.points.find(({ kind, calibration }) => kind === 'calibration' && calibration === 'c-1')!
    const leak = ({ metrics }: Point) => metrics.find(({ metric }) => metric === 'leak')!
    // thirty days and ten degrees pull the neurons apart again; each has its own drift
    expect(leak(again[0]).sd).toBeGreaterThan(1.5 * leak(made).sd)
    expect(Math.abs(leak(again[0]).value - leak(made).value)).toBeGreaterThan(0)
    const { stdout } = await bench.run(['chip', 'timeline', 'hx-1', '--neuron', '5'])
    expect(stdout).toMatch(/c-1 again +30 +40 +Leak potential/)
  })
})
