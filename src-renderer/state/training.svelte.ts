/** The Train view: the form, the run that is watched, and its live data. */
import type { Client } from '../api/client'
import type { Dashboard, Job, Option, Run, RunDetail, SampleView, Status } from '../api/types'
import type { Events, Input, Output } from '../../src-main/contract'
import { asked } from '../lib/runs/again'
import { isOver, type Bench } from './bench.svelte'
import type { Figures } from './figures.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export type Batch = Events['batch']
export interface Point {
  x: number
  y: number
}

const BATCH_POINTS = 2000

type Config = Output<'train.usual'>['values']
type Method = Input<'train'>['method']

interface Form {
  method: Method
  dataset: string
  chip: string
  calibration: string
  epochs: number
  batch: number
  seed: number
  /** so many runs, with this seed and those after it */
  seeds: number
  /** the first so many samples; undefined: all */
  limitTrain?: number | undefined
  limitTest?: number | undefined
  name: string
  set: Record<string, number | string | boolean | null>
}

const DEFAULTS: Form = {
  method: 'surrogate',
  dataset: 'mnist16',
  chip: 'ideal',
  calibration: 'active',
  epochs: 30,
  batch: 100,
  seed: 1,
  seeds: 1,
  name: '',
  set: {}
}

export class Training {
  readonly detail = new Resource<RunDetail>()
  readonly dashboard = new Resource<Dashboard>()
  /** an ideal run with the same data and seed, to compare with */
  readonly reference = new Resource<RunDetail>()
  /** what the form's settings come to that are left open */
  readonly usual = new Resource<Config>()
  runId = $state<string | null>(null)
  batch = $state.raw<Batch | null>(null)
  /** loss within epochs */
  batchLoss = $state.raw<Point[]>([])
  held = $state(false)
  #heldSample = $state.raw<SampleView | null>(null)

  readonly form = $derived.by<Form>(() => ({ ...DEFAULTS, ...this.preferences.get('train.form', DEFAULTS) }))
  readonly run = $derived.by<Run | null>(() =>
    this.runId === null ? null : (this.bench.run(this.runId) ?? this.detail.value)
  )
  readonly job = $derived.by<Job | null>(() => (this.run ? this.bench.job(this.run.job) : null))
  /** a job on its way knows more than its run: paused, queued */
  readonly status = $derived.by<Status | null>(() =>
    this.job && !isOver(this.job.status) ? this.job.status : (this.run?.status ?? null)
  )
  readonly sample = $derived(this.held ? this.#heldSample : (this.dashboard.value?.sample ?? null))
  readonly input = $derived.by<Input<'train'>>(() => {
    const { name, set, chip, calibration, seeds, limitTrain, limitTest, ...rest } = this.form
    return {
      ...rest,
      ...(seeds > 1 ? { seeds } : {}),
      ...(limitTrain === undefined ? {} : { limitTrain }),
      ...(limitTest === undefined ? {} : { limitTest }),
      chip,
      ...(chip === 'ideal' ? {} : { calibration }),
      ...(Object.keys(set).length > 0 ? { set } : {}),
      ...(name === '' ? {} : { name })
    }
  })

  constructor(
    private readonly client: Client,
    private readonly bench: Bench,
    private readonly preferences: Preferences,
    private readonly figures: Figures
  ) {}

  /** after a start of the window: the running run, else the one that was watched */
  async restore(): Promise<void> {
    const [running] = await this.bench.find('status=running OR status=paused', 1)
    const kept = this.preferences.get('train.run', '')
    if (!running && kept) await this.bench.meet([kept])
    const id = running?.id ?? this.bench.run(kept)?.id
    if (id) void this.watch(id)
  }

  follow(): () => void {
    const ends = [
      this.client.on('epoch', ({ run, epoch }) => {
        const detail = this.detail.value
        if (run !== this.runId || !detail) return
        const history = [...detail.history.filter((other) => other.epoch !== epoch.epoch), epoch]
        this.detail.value = { ...detail, history }
      }),
      this.client.on('batch', (batch) => {
        if (batch.run !== this.runId) return
        this.batch = batch
        this.batchLoss = thin([...this.batchLoss, { x: batch.epoch, y: batch.loss }])
      }),
      this.client.on('dashboard', ({ run, dashboard }) => {
        if (run === this.runId)
          this.dashboard.value = { ...dashboard, confusion: dashboard.confusion ?? this.#confusion() }
      }),
      this.client.on('run', (run) => {
        if (run.id !== this.runId || !isOver(run.status)) return
        void this.#read(run.id)
      })
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  change(change: Partial<Form>): void {
    this.preferences.set('train.form', { ...this.form, ...change })
  }

  /** settings belong to a method; the other methods are at home on Yin-Yang, with many epochs of few samples */
  chooseMethod(method: Method): void {
    const usual = method === 'surrogate' ? { dataset: 'mnist16', epochs: 30 } : { dataset: 'yin-yang', epochs: 100 }
    this.change({ method, set: {}, ...usual })
  }

  /** null goes back to the method's default */
  setOption(key: string, value: number | string | boolean | null): void {
    const set = { ...this.form.set }
    if (value === null) delete set[key]
    else set[key] = value
    this.change({ set })
  }

  async readUsual(settings: readonly Option[]): Promise<void> {
    const { method, dataset, chip, set } = this.form
    if (settings.some((one) => one.default === null))
      await this.usual.load(async () => (await this.client.call('train.usual', { method, dataset, chip, set })).values)
    else this.usual.clear()
  }

  async start(input = this.input): Promise<void> {
    const { subject } = await this.client.call('train', input)
    await this.bench.readRuns()
    if (subject) await this.watch(subject)
  }

  async watch(id: string): Promise<void> {
    if (id !== this.runId) {
      this.runId = id
      this.batch = null
      this.batchLoss = []
      this.held = false
      this.detail.clear()
      this.dashboard.clear()
      this.reference.clear()
    }
    this.preferences.set('train.run', id)
    await this.#read(id)
  }

  /** back to the form */
  close(): void {
    this.runId = null
    this.preferences.set('train.run', '')
  }

  /** fills the form with the settings of a run, ready to start again */
  openAsNew(run: RunDetail): void {
    const { method: name } = run
    const method = this.bench.catalogue.value?.methods.find((entry) => entry.name === name)
    this.preferences.set('train.form', { ...DEFAULTS, ...asked(run, method?.settings ?? []) })
    this.close()
  }

  hold(): void {
    this.#heldSample = this.dashboard.value?.sample ?? null
    this.held = !this.held && this.#heldSample !== null
  }

  #confusion(): Dashboard['confusion'] {
    return this.dashboard.value?.confusion ?? null
  }

  async #read(id: string): Promise<void> {
    const [detail] = await Promise.all([
      this.detail.load(async () => (await this.client.call('runs.show', { run: id })).run),
      this.dashboard.load(async () => (await this.client.call('runs.dashboard', { run: id })).dashboard)
    ])
    if (!detail) return
    void this.figures.read(detail)
    if (detail.chip === 'ideal') return
    const same = `chip=ideal status=done dataset=${detail.dataset} method=${detail.method} seed=${detail.seed}`
    const [like] = await this.bench.find(same, 1)
    if (like) await this.reference.load(async () => (await this.client.call('runs.show', { run: like.id })).run)
  }
}

/** keeps every second point once there are too many */
function thin(points: Point[]): Point[] {
  return points.length > BATCH_POINTS ? points.filter((_, k) => k % 2 === 0) : points
}
