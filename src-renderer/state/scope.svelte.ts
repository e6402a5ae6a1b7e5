/** The oscilloscope: what it is set to, the newest trace, the traces laid over it, and its cursors. */
import type { Input } from '../../src-main/contract'
import type { Client } from '../api/client'
import type { ScopeTrace } from '../api/types'
import { clamp, type Limits } from '../lib/plot/scale'
import { endOf, fitLimits } from '../lib/scope/trace-model'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

const SCOPE_DEFAULTS = {
  converter: 'fast',
  source: 'membrane',
  durationUs: 200,
  stimulus: 'regular',
  rateKHz: 100,
  events: 5,
  weight: 45,
  sign: 'exc',
  rows: 2,
  reach: 'all',
  offsetCurrent: 0,
  leakShift: 0,
  address: 0,
  seed: 1,
  /** the median code for all neurons instead of each neuron's own */
  median: false
}
type ScopeSettings = typeof SCOPE_DEFAULTS
export type Cursor = 'a' | 'b'

/** traces laid over the newest */
const MOST_KEPT = 6

export class Scope {
  readonly trace = new Resource<ScopeTrace>()
  kept = $state.raw<ScopeTrace[]>([])
  /** true: settings may change, what is shown stays until Run is pressed */
  frozen = $state(false)
  cursors = $state({ a: 40, b: 80 })
  /** shown part of the time axis; null: all of it */
  window = $state.raw<Limits | null>(null)
  /** ms from asking to having the newest trace */
  tookMs = $state(0)
  #limits = $state.raw<{ key: string; limits: Limits } | null>(null)
  #asked = ''

  readonly settings = $derived.by<ScopeSettings>(() => this.preferences.get('scope', SCOPE_DEFAULTS))
  readonly span = $derived.by<Limits>(() => {
    const trace = this.trace.value
    return this.window ?? (trace ? [trace.startUs, endOf(trace)] : [-8, this.settings.durationUs])
  })
  readonly limits = $derived<Limits>(this.#limits?.limits ?? [0, 255])

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  /** the command that gives the trace; a line can be traced by the fast converter only */
  input(chip: string, neuron: number, calibration: string | null): Input<'chip.scope'> {
    const { median, ...settings } = this.settings
    return {
      ...(settings as Omit<Input<'chip.scope'>, 'chip'>),
      chip,
      neuron,
      ...(median ? { calibration: 'none' } : calibration === null ? {} : { calibration })
    }
  }

  set(change: Partial<ScopeSettings>): void {
    const next = { ...this.settings, ...change }
    if (change.converter === 'column') next.source = 'membrane'
    else if (next.source !== 'membrane') next.converter = 'fast'
    this.preferences.set('scope', next)
  }

  /** takes the trace, unless it is the one that was asked for last */
  async follow(input: Input<'chip.scope'>): Promise<void> {
    if (JSON.stringify(input) !== this.#asked) await this.run(input)
  }

  async run(input: Input<'chip.scope'>): Promise<void> {
    this.#asked = JSON.stringify(input)
    const from = performance.now()
    const trace = await this.trace.load(async () => (await this.client.call('chip.scope', input)).scope)
    if (!trace) return
    this.tookMs = performance.now() - from
    // an axis that moves while someone looks cannot be read: it is fitted once for each kind of trace, and on demand
    const key = `${trace.axis.unit} ${input.source ?? ''}`
    if (this.#limits?.key !== key) this.#limits = { key, limits: fitLimits(trace) }
    this.kept = this.kept.filter((one) => one.axis.unit === trace.axis.unit)
    const [low, high] = [0, endOf(trace)]
    this.cursors = { a: clamp(this.cursors.a, low, high), b: clamp(this.cursors.b, low, high) }
    if (this.window && this.window[1] > high) this.window = null
  }

  /** another trial of the same */
  again(): void {
    this.set({ seed: (this.settings.seed + 1) % 0x100000000 })
  }

  fit(): void {
    const trace = this.trace.value
    if (trace && this.#limits) this.#limits = { ...this.#limits, limits: fitLimits(trace) }
  }

  /** leaves the newest trace in the picture, behind those to come */
  keep(): void {
    const trace = this.trace.value
    if (trace) this.kept = [...this.kept.filter((one) => one !== trace), trace].slice(-MOST_KEPT)
  }

  clearKept(): void {
    this.kept = []
  }

  move(cursor: Cursor, timeUs: number): void {
    const trace = this.trace.value
    if (trace) this.cursors[cursor] = clamp(timeUs, 0, endOf(trace))
  }

  /** the part between the cursors, or all again */
  zoom(): void {
    const [from, to] = [Math.min(this.cursors.a, this.cursors.b), Math.max(this.cursors.a, this.cursors.b)]
    this.window = this.window || to - from < 0.5 ? null : [from - (to - from) * 0.05, to + (to - from) * 0.05]
  }
}
