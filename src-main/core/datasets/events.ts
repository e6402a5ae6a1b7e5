/**
 * Recordings of spikes as data: which channel fired when, as the Spiking Heidelberg Digits have it (Cramer, Stradmann,
 * Schemmel, Zenke 2022, IEEE TNNLS 33, 2744: 700 channels of a model cochlea, 20 spoken digits). For the chip, Cramer,
 * Billaudelle et al. 2022 take 70 of the 700 channels and let time run 2000 times faster.
 *
 * Assumed, since the paper does not say which channels: the middle ones of 70 equal groups. A channel that fires several
 * times in a bin sends as many events.
 */
import type { Stimulus } from '../emulator/network-port'
import type { Arena, Slab } from '../kernels/arena'
import { share } from '../kernels/team'
import type { Team } from '../kernels/team'
import { Stream } from '../random/stream'

/** seconds of a recording's clock: 16 bits reach 1.6 s, and float16 of the published files resolves 30 µs to 1 ms */
export const TICK_SECONDS = 25e-6

/** may lie in shared memory; recording k has the spikes start[k] … start[k + 1) */
export interface EventSet {
  /** channels that there are */
  channels: number
  start: Int32Array
  channel: Uint16Array
  /** since the recording's begin, TICK_SECONDS */
  tick: Uint16Array
  /** recording of each sample; default: sample k is recording k */
  of?: Int32Array
}

export interface EventCode {
  /** channels that are taken */
  channels: number
  /** how much faster time runs than when it was recorded */
  compression: number
  bins: number
  binUs: number
}

/** index of each channel among those that are taken, −1: not taken */
export function takenChannels(all: number, taken: number): Int16Array {
  const index = new Int16Array(all).fill(-1)
  for (let k = 0; k < taken; k++) index[Math.floor(((k + 0.5) * all) / taken)] = k
  return index
}

/** each spike's channel is moved by N(0, sd²) channels, drawn from (seed, epoch, sample) */
export interface Jitter {
  sd: number
  seed: number
  epoch: number
}

/** Encodes recordings, again and again if they are moved, into memory that the team shares. */
export class EventEncoder {
  readonly #taken: Int16Array
  readonly #start: Slab<Int32Array>
  readonly #binStart: Slab<Uint16Array>
  #input: Slab<Uint8Array> | null

  /** @param again it will be encoded more than once, with other spikes each time */
  constructor(
    readonly events: EventSet,
    readonly samples: number,
    readonly arena: Arena,
    readonly team: Team,
    readonly code: EventCode,
    again = false
  ) {
    this.#taken = takenChannels(events.channels, code.channels)
    this.#start = arena.i32(samples + 1)
    this.#binStart = arena.u16(samples * (code.bins + 1))
    this.#input = again ? arena.u8(events.channel.length) : null
  }

  /** every member calls it; what was encoded before is overwritten */
  encode(jitter: Jitter | null = null): Stimulus {
    const { team, samples } = this
    const { bins } = this.code
    const binStart = this.#binStart.data
    const start = this.#start.data
    const [from, to] = share(team, samples)
    for (let s = from; s < to; s++) {
      const offsets = binStart.subarray(s * (bins + 1), (s + 1) * (bins + 1)).fill(0)
      this.#each(s, jitter, (bin) => offsets[bin + 1]++)
      for (let t = 0; t < bins; t++) offsets[t + 1] += offsets[t]
    }
    team.barrier()
    if (team.index === 0) {
      start[0] = 0
      for (let s = 0; s < samples; s++) start[s + 1] = start[s] + binStart[s * (bins + 1) + bins]
    }
    team.barrier()
    const input = (this.#input ??= this.arena.u8(start[samples]))
    const next = new Int32Array(bins)
    for (let s = from; s < to; s++) {
      for (let t = 0; t < bins; t++) next[t] = start[s] + binStart[s * (bins + 1) + t]
      this.#each(s, jitter, (bin, channel) => (input.data[next[bin]++] = channel))
    }
    team.barrier()
    return { input: input.at, start: this.#start.at, binStart: this.#binStart.at }
  }

  #each(sample: number, jitter: Jitter | null, spike: (bin: number, channel: number) => void): void {
    const { channels, start, channel, tick, of } = this.events
    const { compression, binUs, bins } = this.code
    const recording = of ? of[sample] : sample
    const stream = jitter && new Stream(jitter.seed, 'channel jitter', jitter.epoch, recording)
    const perTick = (TICK_SECONDS * 1e6) / (compression * binUs)
    for (let k = start[recording]; k < start[recording + 1]; k++) {
      const moved = stream && jitter ? Math.round(channel[k] + jitter.sd * stream.normal()) : channel[k]
      const input = moved >= 0 && moved < channels ? this.#taken[moved] : -1
      const bin = Math.floor(tick[k] * perTick)
      if (input >= 0 && bin < bins) spike(bin, input)
    }
  }
}
