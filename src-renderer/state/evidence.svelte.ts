/**
 * The measured trace behind the number that is looked at: what a time constant, a gain or a refractory time is fitted to,
 * or the membrane that shows a potential. Asked for a moment after the last choice, since each answer opens a chip.
 */
import type { Client } from '../api/client'
import { fittedPicture, potentialPicture, POTENTIALS, type EvidencePicture } from '../lib/scope/evidence-picture'
import type { ChipPage } from './chip-page.svelte'
import { Resource } from './resource.svelte'

const WAIT_MS = 250
const FITTED = new Set(['tau_mem', 'tau_syn_exc', 'tau_syn_inh', 'gain_exc', 'gain_inh', 'refractory'])

export class Evidence {
  readonly picture = new Resource<EvidencePicture | null>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #due = $state(false)
  /** a trace was asked for and is not there yet */
  readonly waiting = $derived(this.#due || this.picture.loading)

  constructor(
    private readonly client: Client,
    private readonly page: ChipPage
  ) {}

  /** whether there is a trace of this metric at all */
  has(metric: string): boolean {
    return FITTED.has(metric) || metric in POTENTIALS
  }

  ask(): () => void {
    const { map, calibration, neuron } = this.page
    clearTimeout(this.#timer)
    if (!map || !calibration || !this.has(map.metric)) this.picture.clear()
    else {
      const { metric } = map
      const [value, target] = [map.after[neuron], map.targets?.[neuron] ?? map.target]
      this.#due = true
      this.#timer = setTimeout(() => {
        this.#due = false
        void this.picture.load(async () => {
          if (FITTED.has(metric)) {
            const { trace } = await this.client.call('calibration.trace', {
              calibration: calibration.id,
              metric,
              neuron
            })
            return trace && fittedPicture(trace)
          }
          const { scope } = await this.client.call('chip.scope', {
            chip: calibration.chip,
            calibration: calibration.id,
            neuron,
            ...POTENTIALS[metric]
          })
          return potentialPicture(scope, value, target)
        })
      }, WAIT_MS)
    }
    return () => {
      clearTimeout(this.#timer)
      this.#due = false
    }
  }
}
