/** The Calibrate view: what is asked for, the job that does it, and its result. */
import type { Client } from '../api/client'
import type { Calibration, Job } from '../api/types'
import type { Input } from '../../src-main/contract'
import { isOver, type Bench } from './bench.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export class Calibrating {
  readonly result = new Resource<Calibration>()
  #job = $state<string | null>(null)
  #dismissed = $state<string | null>(null)

  readonly #kept = $derived.by(() =>
    this.preferences.get('calibrate.form', {
      chip: '',
      seed: 1,
      preset: '',
      skipped: [] as readonly string[],
      targets: {} as Record<string, number>
    })
  )
  readonly chip = $derived.by(() => this.bench.chip(this.#kept.chip) ?? this.bench.chips.value?.[0] ?? null)
  readonly seed = $derived(this.#kept.seed)
  /** overrides only; the rest is the preset */
  readonly targets = $derived(this.#kept.targets)
  readonly presets = $derived.by(() => this.bench.catalogue.value?.presets ?? [])
  /** the first is the default */
  readonly preset = $derived.by(
    () => this.presets.find(({ name }) => name === this.#kept.preset) ?? this.presets[0] ?? null
  )
  readonly routines = $derived.by(() => {
    const known = this.bench.catalogue.value?.routines ?? []
    return known
      .filter(({ name }) => this.preset?.routines.includes(name))
      .map((routine) => ({ ...routine, chosen: !this.#kept.skipped.includes(routine.name) }))
  })
  readonly job = $derived.by<Job | null>(() => {
    const job =
      this.bench.job(this.#job) ??
      this.bench.jobs.find((other) => other.kind === 'calibrate' && !isOver(other.status)) ??
      null
    return job && job.id !== this.#dismissed ? job : null
  })
  readonly input = $derived.by<Input<'calibrate'> | null>(() => {
    if (!this.chip) return null
    const chosen = this.routines.filter((routine) => routine.chosen)
    const all = chosen.length === this.routines.length
    return {
      chip: this.chip.id,
      ...(this.preset && this.preset !== this.presets[0] ? { preset: this.preset.name } : {}),
      ...(all ? {} : { routines: chosen.map((routine) => routine.name) }),
      ...(Object.keys(this.targets).length > 0 ? { targets: this.targets } : {}),
      seed: this.seed
    }
  })

  constructor(
    private readonly client: Client,
    private readonly bench: Bench,
    private readonly preferences: Preferences
  ) {}

  follow(): () => void {
    return this.client.on('job', (job) => {
      if (job.kind === 'calibrate' && isOver(job.status) && (this.#job === null || job.id === this.#job))
        void this.#finish(job)
    })
  }

  chooseChip(chip: string): void {
    this.#keep({ chip })
  }

  /** another preset has its own routines and targets */
  choosePreset(preset: string): void {
    this.#keep({ preset, skipped: [], targets: {} })
  }

  setSeed(seed: number): void {
    this.#keep({ seed })
  }

  setRoutine(name: string, chosen: boolean): void {
    const others = this.#kept.skipped.filter((other) => other !== name)
    this.#keep({ skipped: chosen ? others : [...others, name] })
  }

  /** null goes back to the preset */
  setTarget(name: string, value: number | null): void {
    const rest = { ...this.targets }
    if (value === null) delete rest[name]
    else rest[name] = value
    this.#keep({ targets: rest })
  }

  async start(): Promise<void> {
    if (!this.input) return
    this.result.clear()
    this.#dismissed = null
    this.#job = (await this.client.call('calibrate', this.input)).job
  }

  async stop(): Promise<void> {
    if (this.job) await this.client.call('jobs.cancel', { job: this.job.id })
  }

  /** back to the form */
  dismiss(): void {
    this.#dismissed = this.job?.id ?? null
    this.#job = null
    this.result.clear()
  }

  #keep(change: Record<string, unknown>): void {
    this.preferences.set('calibrate.form', { ...this.#kept, ...change })
  }

  async #finish(job: Job): Promise<void> {
    this.#job = job.id
    const calibration = job.subject
    if (calibration && job.status === 'done') {
      await this.result.load(async () => (await this.client.call('calibration.show', { calibration })).calibration)
    }
  }
}
