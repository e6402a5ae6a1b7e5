/**
 * The eight background sources on the chip (haldls background.h): regular, or "binned Poisson", i.e. in every period one
 * random byte decides whether a spike is emitted. The generator starts from the seed when the source is switched on,
 * the first spike or bin comes after one full period.
 */
import { Stream } from '../../random/stream'

/** the period counts cycles of this clock: at most 125 million events a second from each source */
const NOISE_CLOCK_MHZ = 125

/** meaning as in `NoiseSource` of routing-port.ts */
export interface NoiseSettings {
  on: boolean
  poisson: boolean
  period: number
  rate: number
  seed: number
  label: number
  mask: number
}

export const SILENT_SOURCE: Readonly<NoiseSettings> = {
  on: false,
  poisson: false,
  period: 1,
  rate: 0,
  seed: 0,
  label: 0,
  mask: 0
}

/** a source that runs: its generator goes on from one presentation to the next, like the chip's */
export class NoiseGenerator {
  readonly #random: Stream

  constructor(readonly settings: Readonly<NoiseSettings>) {
    // the chip's own generator is not published; any good one seeded by the same number stands for it
    this.#random = new Stream(settings.seed, 'hicann-x', 'noise-source')
  }

  /** where its generator stands */
  get state(): Int32Array {
    return this.#random.state
  }

  /** emits the events of the next `durationUs` */
  emit(durationUs: number, onEvent: (timeUs: number, label: number) => void): void {
    const { on, poisson, period, rate, label, mask } = this.settings
    if (!on) return
    const stepUs = period / NOISE_CLOCK_MHZ
    for (let k = 1; k * stepUs <= durationUs; k++) {
      if (!poisson) onEvent(k * stepUs, label)
      // a byte of 1 … 255 gives the documented probability, and none at rate 0
      else if (1 + this.#random.below(255) <= rate) {
        onEvent(k * stepUs, mask === 0 ? label : (label & ~mask) | (this.#random.bits() & mask))
      }
    }
  }
}
