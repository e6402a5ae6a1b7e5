/**
 * Latency code: a bright pixel spikes early. t(x) = τ ln(x / (x − ϑ)) is when a leaky integrator of time constant τ,
 * driven by the constant x, reaches ϑ (Cramer, Billaudelle et al. 2022; in their code x is kept at least 1e-7 above ϑ).
 *
 * Times count from the earliest that any image can have, that of a full-scale pixel. The authors subtract the earliest
 * time of the batch at hand; nearly every MNIST digit has full-scale pixels, so in a batch of 100 the two are the same
 * number, while this one makes the code of an image independent of the batch that it happens to be in.
 */
import type { Stimulus } from '../emulator/network-port'
import type { Arena, Slab } from '../kernels/arena'
import { share, solo } from '../kernels/team'
import type { Team } from '../kernels/team'
import { log } from '../numerics/functions'
import type { ImageSet } from '../training/types'

export interface LatencyCode {
  /** µs */
  tauUs: number
  /** share of full scale below which a pixel does not spike */
  threshold: number
  bins: number
  binUs: number
}

export const LATENCY: LatencyCode = { tauUs: 8, threshold: 0.2, bins: 20, binUs: 1.7 }
const MARGIN = 1e-7
const FULL_SCALE = 255

/** spike time of a grey level before the shift, µs; NaN: no spike */
export function latencyUs(pixel: number, code: Pick<LatencyCode, 'tauUs' | 'threshold'> = LATENCY): number {
  const x = pixel / FULL_SCALE
  if (x < code.threshold) return NaN
  const safe = Math.max(x, code.threshold + MARGIN)
  return code.tauUs * log(safe / (safe - code.threshold))
}

/** bin of each grey level 0 … 255; −1: no spike, or later than the last bin */
export function latencyBins(code: LatencyCode = LATENCY): Int16Array {
  const earliest = latencyUs(FULL_SCALE, code)
  return Int16Array.from({ length: FULL_SCALE + 1 }, (_, pixel) => {
    const bin = Math.floor((latencyUs(pixel, code) - earliest) / code.binUs)
    return bin >= 0 && bin < code.bins ? bin : -1
  })
}

/**
 * Encodes images into the stimulus arrays, in the memory that the team shares.
 * Every member calls it at the same point of its program; the samples are split over the team.
 * @param images at most 256 pixels each (the stimulus numbers its inputs with a byte)
 */
export function encodeLatency(
  images: ImageSet,
  arena: Arena,
  team: Team = solo,
  code: LatencyCode = LATENCY
): Stimulus {
  return new LatencyEncoder(images, arena, team, code).encode(images.pixels)
}

/** Encodes the same number of images again and again into the same memory, e.g. turned ones. */
export class LatencyEncoder {
  readonly #bins: ReturnType<typeof latencyBins>
  readonly #next: Int32Array
  readonly #start: Slab<Int32Array>
  readonly #binStart: Slab<Uint16Array>
  #input: Slab<Uint8Array> | null
  readonly #samples: number
  readonly #inputs: number

  /** @param room most spikes that there can be; by default it is made to fit the first images that are encoded */
  constructor(
    images: ImageSet,
    readonly arena: Arena,
    readonly team: Team,
    readonly code: LatencyCode,
    room?: number
  ) {
    this.#samples = images.labels.length
    this.#inputs = images.side * images.side
    this.#bins = latencyBins(code)
    this.#next = new Int32Array(code.bins)
    this.#start = arena.i32(this.#samples + 1)
    this.#binStart = arena.u16(this.#samples * (code.bins + 1))
    this.#input = room === undefined ? null : arena.u8(room)
  }

  /** every member calls it; what was encoded before is overwritten */
  encode(pixels: Uint8Array): Stimulus {
    const { team, code } = this
    const { bins } = code
    const start = this.#start
    const binStart = this.#binStart.data
    const inputs = this.#inputs
    const [from, to] = share(team, this.#samples)
    for (let s = from; s < to; s++) {
      const offsets = binStart.subarray(s * (bins + 1), (s + 1) * (bins + 1)).fill(0)
      for (let k = 0; k < inputs; k++) {
        const bin = this.#bins[pixels[s * inputs + k]]
        if (bin >= 0) offsets[bin + 1]++
      }
      for (let t = 0; t < bins; t++) offsets[t + 1] += offsets[t]
    }
    team.barrier()
    if (team.index === 0) {
      start.data[0] = 0
      for (let s = 0; s < this.#samples; s++) start.data[s + 1] = start.data[s] + binStart[s * (bins + 1) + bins]
    }
    team.barrier()
    const input = (this.#input ??= this.arena.u8(start.data[this.#samples]))
    const next = this.#next
    for (let s = from; s < to; s++) {
      for (let t = 0; t < bins; t++) next[t] = start.data[s] + binStart[s * (bins + 1) + t]
      for (let k = 0; k < inputs; k++) {
        const bin = this.#bins[pixels[s * inputs + k]]
        if (bin >= 0) input.data[next[bin]++] = k
      }
    }
    team.barrier()
    return { input: input.at, start: start.at, binStart: this.#binStart.at }
  }
}
