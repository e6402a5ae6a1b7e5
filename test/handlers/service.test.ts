/** The service over a real database, with a compute process that answers what the test says. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Events } from '../../src-main/contract/events'
import { openService, type Service } from '../../src-main/handlers/service'
import type { Questions, ToCompute } from '../../src-main/compute/protocol'
import { SCHEMA_VERSION } from '../../src-main/store/database'
import { FakeCompute } from '../jobs/fake-compute'
import { temporaryFolder } from '../store/fixtures'

const HASH = 'b'.repeat(64)
const TARGETS = { leak: 80, reset: 80, threshold: 150 }

const answers: { [Q in keyof Questions]: (input: never) => Questions[Q]['answer'] } = {
  catalogue: () => ({
    routines: [],
    presets: [],
    targets: [],
    methods: [{ name: 'surrogate', label: '', mapped: true, settings: [], preset: 'spiking2', targets: { leak: 80 } }],
    datasets: ['mnist16'],
    benchmarks: [{ name: 'emulate.mnist16', unit: 'images/s', help: '' }],
    core: 'feed'
  }),
  health: () => ({ temperature: 30, rails: [], milliwatts: 150 }),
  identify: () => ({ serial: 'HX-0001', neurons: 512 }),
  datasets: () => [],
  prepare: () => ({ sha256: HASH, train: 60_000, test: 10_000 }),
  usual: () => ({}),
  configure: ({ set }: Questions['configure']['input']) => ({ config: { hidden: 246, ...set } }),
  fits: () => null,
  experiments: () => [],
  judge: () => ({ checks: [], plots: [] }),
  scope: () => never('scope'),
  written: () => null,
  evidence: () => never('evidence'),
  converters: () => never('converters'),
  settings: () => never('settings'),
  synapses: () => never('synapses'),
  whatIf: () => never('whatIf'),
  preset: ({ name }: Questions['preset']['input']) => ({
    name,
    label: '',
    help: '',
    routines: ['leak', 'reset'],
    targets: (name === 'other' ? { leak: 100 } : {}) as { [name: string]: number },
    onTop: name === 'other'
  }),
  addDataSet: () => never('addDataSet'),
  removeDataSet: () => never('removeDataSet'),
  aim: ({ targets, routines }: Questions['aim']['input']) => ({
    routines,
    targets: { ...TARGETS, ...(targets as { [name: string]: number }) },
    lists: {},
    warnings: []
  })
}

function never(question: string): never {
  throw new Error(`${question} is not asked here`)
}

class Answering extends FakeCompute {
  override post(message: unknown): void {
    super.post(message)
    const said = message as ToCompute
    if (said.type !== 'ask') return
    const answer = answers[said.question](said.input as never)
    queueMicrotask(() => this.say({ type: 'answer', id: said.id, answer }))
  }
}

let service: Service
let compute: Answering
let heard: { event: string; payload: unknown }[]
const options = (workspace: string) => ({
  workspace,
  launchCompute: () => (compute = new Answering()),
  launchReader: () => new FakeCompute(),
  kernels: 'k',
  resources: 'r',
  version: '0.1.0',
  runtime: 'test',
  threads: 1
})

beforeEach(async () => {
  service = await openService(options(temporaryFolder()))
  heard = []
  service.subscribe((event, payload) => heard.push({ event, payload }))
  onTestFinished(async () => {
    const closed = service.close()
    for (const { task } of compute?.of('start') ?? []) compute.end(task, { how: 'stopped' })
    await closed
  })
})

const ask = <T>(name: string, input: unknown): Promise<T> => service.invoke(name, input) as Promise<T>
const events = <K extends keyof Events>(name: K): Events[K][] =>
  heard.filter(({ event }) => event === name).map(({ payload }) => payload as Events[K])

describe('input', () => {
  it.each([
    ['chip.new', { mismatch: -1 }, 'mismatch: -1 given; allowed: at least 0'],
    ['chip.new', { model: 'loihi' }, 'model: "loihi" given; allowed: hicann-x'],
    ['chip.new', { seed: 1.5 }, 'seed: 1.5 given; expected a whole number'],
    ['chip.new', { recipe: 'C' }, 'recipe: "C" given; allowed: A, B'],
    ['chip.age', { chip: 'hx-1', days: -1 }, 'days: -1 given; allowed: at least 0'],
    ['chip.age', { chip: 'hx-1', days: 1, temperature: 90 }, 'temperature: 90 given; allowed: at most 45'],
    ['chip.show', {}, 'chip: nothing given; expected string'],
    ['exclude', { chip: 'a', neurons: [], reason: 'x' }, 'neurons: [] given; allowed: at least 1 items'],
    ['exclude', { chip: 'a', neurons: [1, 65_536], reason: 'x' }, 'neurons.1: 65536 given; allowed: at most 65535'],
    ['train', { method: 'surrogate', epochs: 0 }, 'epochs: 0 given; allowed: at least 1'],
    ['nonsense', {}, 'there is no endpoint "nonsense"']
  ])('of %s is refused in one line: %j', async (name, input, line) => {
    await expect(ask(name, input)).rejects.toMatchObject({ code: 'bad-input', message: line })
  })
})

describe('a chip that ages', () => {
  it('has one history, and what is made on it records how old it was', async () => {
    await ask('chip.new', { seed: 1, recipe: 'B', quirks: true })
    await ask('chip.age', { chip: 'hx-1', days: 3, temperature: 35 })
    const { chip } = await ask<{ chip: Record<string, unknown> }>('chip.age', { chip: 'hx-1', days: 3.5 })
    expect(chip).toMatchObject({
      ageDays: 6.5,
      temperature: 35,
      recipe: 'B',
      ageing: {
        coefficients: 'assumed',
        history: [
          { days: 3, temperature: 35 },
          { days: 3.5, temperature: 35 }
        ]
      }
    })
    await expect(ask('chip.age', { chip: 'hx-1', days: 0 })).rejects.toThrow('days: 0 given')
    await expect(ask('chip.age', { chip: 'hx-1', days: 9999 })).rejects.toThrow('allowed: at most 9993.5')

    const now = { recipe: 'B', quirks: true, ageDays: 6.5, temperature: 35 }
    const silicon = { seed: 1, mismatch: 1, ...now }
    await ask('train', { method: 'surrogate', chip: 'hx-1', calibration: 'none' })
    await ask('calibrate', { chip: 'hx-1' })
    // older by the time that they run: they are made on the chip as it was when they were recorded
    await ask('chip.age', { chip: 'hx-1', days: 10, temperature: 20 })
    await ask('chip.quirks', { chip: 'hx-1', quirks: 'off' })
    const { run } = await ask<{ run: Record<string, unknown> }>('runs.show', { run: 'r-1' })
    expect(run).toMatchObject({ config: now, provenance: { recipe: 'B', chipAgeDays: 6.5, temperature: 35 } })
    expect(compute.of('start')[0]).toMatchObject({ input: { chip: silicon } })
    compute.end('j-1', { how: 'stopped' })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(compute.of('start')[1]).toMatchObject({ kind: 'calibrate', input: { chip: silicon } })
    expect(await ask('calibration.list', {})).toMatchObject({
      calibrations: [{ id: 'c-1', ageDays: 6.5, temperature: 35 }]
    })
    expect(await ask('chip.show', { chip: 'hx-1' })).toMatchObject({
      chip: { ageDays: 16.5, temperature: 20, quirks: false }
    })
  })
})

describe('a job', () => {
  it('is recorded with all it is made of before the compute process hears of it', async () => {
    const { job, subject } = await ask<{ job: string; subject: string }>('train', {
      method: 'surrogate',
      set: { hidden: 10 }
    })
    expect({ job, subject }).toEqual({ job: 'j-1', subject: 'r-1' })
    const { run } = await ask<{ run: Record<string, unknown> }>('runs.show', { run: subject })
    expect(run).toMatchObject({
      status: 'running',
      chip: 'ideal',
      config: { method: 'surrogate', hidden: 10, seed: 1, datasetSha256: HASH, chip: 'ideal' },
      provenance: { app: '0.1.0', core: 'feed', schema: SCHEMA_VERSION, runtime: 'test', 'seed run': 1 }
    })
    expect(compute.of('start')[0]).toMatchObject({
      task: 'j-1',
      kind: 'train',
      input: { chip: { kind: 'ideal' }, config: { hidden: 10 } }
    })
  })

  it('tells its epochs as events, and its end', async () => {
    const { job } = await ask<{ job: string }>('train', { method: 'surrogate' })
    const epoch = {
      epoch: 1,
      loss: 1,
      trainAccuracy: 0.5,
      testAccuracy: 0.6,
      hiddenSpikesPerSample: 30,
      samplesPerSecond: 100,
      seconds: 2
    }
    compute.report(job, { kind: 'progress', share: 0.5, text: 'epoch 1/30' })
    compute.report(job, { kind: 'epoch', epoch, testSamples: 10, checkpoint: { epoch: 1, arrays: {}, numbers: {} } })
    compute.end(job, { how: 'done', result: { epochs: 1 } })
    expect(events('epoch')).toEqual([{ run: 'r-1', epoch }])
    expect(
      events('job')
        .map((j) => j.status)
        .filter((now, k, all) => now !== all[k - 1])
    ).toEqual(['queued', 'running', 'done'])
    expect(events('job').some((j) => j.progress?.text === 'epoch 1/30')).toBe(true)
    expect(events('run').pop()).toMatchObject({ id: 'r-1', status: 'done', metrics: { testAccuracy: 0.6 } })
  })

  it('on a chip without a calibration is refused, unless it shall do without', async () => {
    await ask('chip.new', { seed: 1 })
    const onChip = { method: 'surrogate', chip: 'hx-1' }
    await expect(ask('train', onChip)).rejects.toThrow('inloop calibrate hx-1')
    await ask('train', { ...onChip, calibration: 'none' })
    expect(compute.of('start')[0].input).toMatchObject({
      chip: { kind: 'chip', seed: 1, settings: null, median: false }
    })
  })

  it('that is interrupted by closing is there when the workspace is opened again, and resumes', async () => {
    const workspace = temporaryFolder()
    const first = await openService(options(workspace))
    await first.invoke('train', { method: 'surrogate' })
    const closed = first.close()
    compute.end('j-1', { how: 'stopped' })
    await closed
    const second = await openService(options(workspace))
    const { jobs } = (await second.invoke('jobs.list', {})) as { jobs: unknown[] }
    expect(jobs).toMatchObject([{ id: 'j-1', status: 'interrupted', resumable: true }])
    expect(await second.invoke('resume', { job: 'j-1' })).toEqual({ job: 'j-1', subject: 'r-1' })
    compute.end('j-1', { how: 'done', result: { epochs: 30 } })
    await second.close()
  })
})

describe('chips', () => {
  it('cannot be deleted while a job works on them', async () => {
    await ask('chip.new', { seed: 1, name: 'left' })
    await ask('calibrate', { chip: 'left' })
    await expect(ask('chip.delete', { chip: 'left' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('j-1') as string
    })
  })

  it('are calibrated by preset: its routines, its targets under those given, on top of what it keeps', async () => {
    await ask('chip.new', { seed: 1, name: 'left' })
    await ask('calibrate', { chip: 'left', preset: 'other', targets: { reset: 70 } })
    const [{ input }] = compute.of('start') as unknown as { input: { targets: object; routines: string[] } }[]
    expect(input.routines).toEqual(['leak', 'reset'])
    expect(input.targets).toEqual({ leak: 100, reset: 70, threshold: 150 })
    expect(input).toMatchObject({ from: null })
  })

  it('get a seed of their own when none is given', async () => {
    const a = await ask<{ chip: { seed: number } }>('chip.new', {})
    const b = await ask<{ chip: { seed: number } }>('chip.new', {})
    expect(a.chip.seed).not.toBe(b.chip.seed)
  })
})

it('two services on one workspace do not take each other’s jobs', async () => {
  const workspace = temporaryFolder()
  const first = await openService(options(workspace))
  const firstCompute = (): Answering => compute
  await first.invoke('train', { method: 'surrogate' })
  const working = firstCompute()
  const second = await openService(options(workspace))
  expect(await second.invoke('jobs.list', {})).toMatchObject({ jobs: [{ id: 'j-1', status: 'running' }] })
  await second.invoke('jobs.cancel', { job: 'j-1' })
  await second.close()
  const closed = first.close()
  working.end('j-1', { how: 'stopped' })
  await closed
})
