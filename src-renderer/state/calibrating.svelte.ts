/** The Calibrate view: what is asked for, the job that does it, and its result. */
import type { Client } from '../api/client'
import type { Calibration, Job } from '../api/types'
import type { Input } from '../../src-main/contract'
import { reportedBy } from '../lib/chip/calibration-progress'
import { isOver, type Bench } from './bench.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'
import { Undo } from './undo.svelte'

export class Calibrating {
  readonly result = new Resource<Calibration>()
  #job = $state<string | null>(null)
  #dismissed = $state.raw<readonly string[]>([])

  readonly #kept = $derived.by(() =>
    this.preferences.get('calibrate.form', {
      chip: '',
      seed: 1,
      preset: '',
      skipped: [] as readonly string[],
      extra: [] as readonly string[],
      targets: {} as Record<string, number | number[]>
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
  /** routines outside the preset: they run when they are named */
  readonly extra = $derived.by(() => {
    const known = this.bench.catalogue.value?.routines ?? []
    return known
      .filter(({ name }) => this.preset && !this.preset.routines.includes(name))
      .map((routine) => ({ ...routine, chosen: this.#kept.extra.includes(routine.name) }))
  })
  readonly chosen = $derived([...this.routines, ...this.extra].filter((routine) => routine.chosen))
  /** what the job that is followed works on, as far as is known here */
  #started = $state.raw<readonly { name: string; label: string }[] | null>(null)
  readonly running = $derived(this.#started ?? this.chosen)
  /** labels whose search was seen to begin */
  searched = $state.raw<ReadonlySet<string>>(new Set())
  readonly job = $derived.by<Job | null>(() => {
    const job =
      this.bench.job(this.#job) ??
      this.bench.jobs.find((other) => other.kind === 'calibrate' && !isOver(other.status)) ??
      this.bench.interrupted.find((other) => other.kind === 'calibrate') ??
      null
    return job && !this.#dismissed.includes(job.id) ? job : null
  })
  readonly input = $derived.by<Input<'calibrate'> | null>(() => {
    if (!this.chip) return null
    const { chosen } = this
    const all = this.routines.every((routine) => routine.chosen) && chosen.length === this.routines.length
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
    private readonly preferences: Preferences,
    private readonly undo = new Undo()
  ) {}

  follow(): () => void {
    return this.client.on('job', (job) => {
      const now = job.kind === 'calibrate' ? reportedBy(job.progress?.text ?? '') : null
      if (now?.phase === 'search' && !this.searched.has(now.label))
        this.searched = new Set([...this.searched, now.label])
      if (job.kind === 'calibrate' && isOver(job.status) && (this.#job === null || job.id === this.#job))
        void this.#finish(job)
    })
  }

  chooseChip(chip: string): void {
    this.#keep({ chip })
  }

  /** another preset has its own routines and targets */
  choosePreset(preset: string): void {
    this.#edit('preset', { preset, skipped: [], extra: [], targets: {} })
  }

  setSeed(seed: number): void {
    this.#keep({ seed })
  }

  /** this one alone, of the preset or beyond it */
  only(name: string): void {
    this.#edit('routines', {
      skipped: this.routines.map((routine) => routine.name).filter((other) => other !== name),
      extra: this.extra.some((routine) => routine.name === name) ? [name] : []
    })
  }

  everyRoutine(chosen: boolean): void {
    this.#edit('routines', { skipped: chosen ? [] : this.routines.map(({ name }) => name), extra: [] })
  }

  setRoutine(name: string, chosen: boolean): void {
    if (this.extra.some((routine) => routine.name === name)) {
      const rest = this.#kept.extra.filter((other) => other !== name)
      return this.#edit('routines', { extra: chosen ? [...rest, name] : rest })
    }
    const others = this.#kept.skipped.filter((other) => other !== name)
    this.#edit('routines', { skipped: chosen ? others : [...others, name] })
  }

  /** null goes back to the preset */
  setTarget(name: string, value: number | number[] | null): void {
    const rest = { ...this.targets }
    if (value === null) delete rest[name]
    else rest[name] = value
    this.#edit(`target ${name}`, { targets: rest })
  }

  async start(input = this.input): Promise<void> {
    if (!input) return
    const started = input === this.input ? this.chosen : this.#routinesOf(input)
    this.result.clear()
    this.searched = new Set()
    this.#started = started
    this.#job = (await this.client.call('calibrate', input)).job
  }

  #routinesOf({ routines, preset }: Input<'calibrate'>): readonly { name: string; label: string }[] {
    const usual = this.presets.find(({ name }) => name === preset) ?? this.presets[0]
    const names = routines ?? usual?.routines ?? []
    return (this.bench.catalogue.value?.routines ?? []).filter(({ name }) => names.includes(name))
  }

  /** back to the form */
  dismiss(): void {
    if (this.job) this.#dismissed = [...this.#dismissed, this.job.id]
    this.#job = null
    this.result.clear()
  }

  /** kept, and taken back by Undo */
  #edit(what: string, change: Record<string, unknown>): void {
    const [before, after] = [this.#kept, { ...this.#kept, ...change }]
    const set = (form: unknown) => async () => this.preferences.set('calibrate.form', form)
    this.undo.typed(`${what} of the calibration`, set(before), set(after))
    this.#keep(change)
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
