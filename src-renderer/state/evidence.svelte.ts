/**
 * The measured trace behind the number that is looked at: what a time constant, a gain or a refractory time is fitted to,
 * or the membrane that shows a potential. Asked for a moment after the last choice, since each answer opens a chip.
 */
import { untrack } from 'svelte'
import type { Client } from '../api/client'
import type { Evidence as Fitted, ScopeTrace } from '../api/types'
import { fittedPicture, potentialPicture, POTENTIALS, type EvidencePicture } from '../lib/scope/evidence-picture'
import type { ChipPage } from './chip-page.svelte'
import { Resource } from './resource.svelte'

const WAIT_MS = 250
const FITTED = new Set(['tau_mem', 'tau_syn_exc', 'tau_syn_inh', 'gain_exc', 'gain_inh', 'refractory'])

/** `of`: calibration, metric and neuron; null: no trace shows this quantity */
type Measured = { of: string } & (
  { fitted: Fitted | null } | { trace: ScopeTrace; value: number; target: number | null }
)

export class Evidence {
  readonly #measured = new Resource<Measured>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #due = $state(false)
  /** drawn anew when another time is shown, not measured anew */
  readonly picture = $derived.by<EvidencePicture | null>(() => {
    const measured = this.#measured.value
    if (!measured) return null
    if ('fitted' in measured) return measured.fitted && fittedPicture(measured.fitted)
    return potentialPicture(measured.trace, measured.value, measured.target)
  })
  /** a trace was asked for and is not there yet */
  readonly waiting = $derived(this.#due || this.#measured.loading)

  constructor(
    private readonly client: Client,
    private readonly page: ChipPage
  ) {}

  get error(): string | null {
    return this.#measured.error
  }

  /** whether there is a trace of this metric at all */
  has(metric: string): boolean {
    return FITTED.has(metric) || metric in POTENTIALS
  }

  /** the picture is of what is looked at now, and not of what was before it */
  isOf(metric: string, neuron: number): boolean {
    return this.#measured.value?.of === this.#key(metric, neuron)
  }

  #key(metric: string, neuron: number): string {
    return `${this.page.map?.measuredBy} ${metric} ${neuron}`
  }

  ask(): () => void {
    const { map, calibration, neuron } = this.page
    clearTimeout(this.#timer)
    if (!map || !calibration || !this.has(map.metric)) this.#measured.clear()
    else if (!untrack(() => this.isOf(map.metric, neuron) && !this.error)) {
      const { metric } = map
      const [value, target] = [map.after[neuron], map.targets?.[neuron] ?? map.target]
      const of = this.#key(metric, neuron)
      this.#due = true
      this.#timer = setTimeout(() => {
        this.#due = false
        void this.#measured.load(async () => {
          if (FITTED.has(metric)) {
            // whoever kept the settings did not measure it: the number is of the calibration before
            const asked = { calibration: map.measuredBy, metric, neuron }
            return { of, fitted: (await this.client.call('calibration.trace', asked)).trace }
          }
          const { scope } = await this.client.call('chip.scope', {
            chip: calibration.chip,
            calibration: calibration.id,
            neuron,
            ...POTENTIALS[metric]
          })
          return { of, trace: scope, value, target }
        })
      }, WAIT_MS)
    }
    return () => {
      clearTimeout(this.#timer)
      this.#due = false
    }
  }
}
