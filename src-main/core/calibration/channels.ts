/**
 * What the columns' converters are like on a chip as it stands: channels read the debug line at three codes (those of
 * calix, common/cadc.py). A line through the ends gives the gain, the middle the offset; a channel that does not follow
 * the line is stuck.
 *
 * The channels' digital offsets are whole LSB, so that up to half an LSB of each channel is left in every potential that is
 * read with it, and each write of the ramps moves a quadrant by another fraction. Who has measured the channels can take
 * both off again: `sightOf` says what the chip's median channel would have read.
 */
import type { ChipPort } from '../emulator/chip-port'
import { mean, median } from '../statistics/summary'
import { quadrantMedians } from './quadrants'
import { NEURONS, QUADRANTS } from './settings'

export const SIDES = ['causal', 'acausal'] as const
export type Side = (typeof SIDES)[number]

/** codes of the debug line, and what one of them is worth on it (hardware.md 3.3) */
export const LINE = { low: 70, middle: 310, high: 550 }
const LSB_PER_CODE = 0.417
const READS = 20
/** a working channel follows most of the way; a stuck one does not move */
const LEAST_GAIN = 0.5
/** reads at the middle for `sightOf`: they tell an offset to 0.05 LSB */
const CLOSE_READS = 400

export interface Channels {
  side: Side
  /** CADC LSB read for a LSB of the debug line, one a channel */
  gain: Float64Array
  /** at mid range, CADC LSB from the median of the channels that work */
  offset: Float64Array
  /** 1: does not follow the line; gain is what is left of it, the offset means nothing (NaN) */
  stuck: Uint8Array
  /** what the median channel reads at mid range */
  middle: number
}

/** one side's channels, with `reads` reads at mid range */
function measureSide(port: ChipPort, side: Side = 'causal', reads = READS): Channels {
  const [low, middle, high] = [LINE.low, LINE.middle, LINE.high].map((code) =>
    readLine(port, code, code === LINE.middle ? reads : READS, side)
  )
  const gain = low.map((x, n) => (high[n] - x) / (LSB_PER_CODE * (LINE.high - LINE.low)))
  const stuck = Uint8Array.from(gain, (x) => (x < LEAST_GAIN ? 1 : 0))
  const centre = median(middle.filter((_, n) => stuck[n] === 0))
  return { side, gain, offset: middle.map((x, n) => (stuck[n] === 1 ? NaN : x - centre)), stuck, middle: centre }
}

export function measureChannels(port: ChipPort): Channels[] {
  return SIDES.map((side) => measureSide(port, side))
}

/** mean of `reads` reads of every channel with the debug line at `code`, CADC LSB */
export function readLine(port: ChipPort, code: number, reads: number, side: Side = 'causal'): Float64Array {
  const raw = port.readDebugLine(code, reads, side)
  return Float64Array.from({ length: NEURONS }, (_, channel) => {
    let sum = 0
    for (let read = 0; read < reads; read++) sum += raw[read * NEURONS + channel]
    return sum / reads
  })
}

/** how a channel's read relates to that of the chip's median channel: read = middle + offset + gain · (median's − middle) */
export interface Sight {
  offset: Float64Array
  /** one a quadrant: its channels share a ramp */
  gain: Float64Array
  middle: number
}

/** reads are what they are */
export function noSight(): Sight {
  return { offset: new Float64Array(NEURONS), gain: new Float64Array(QUADRANTS).fill(1), middle: 0 }
}

/** of channels measured well, and which of them are stuck */
export function sightOf(port: ChipPort): { sight: Sight; stuck: Uint8Array } {
  const { gain, offset, stuck, middle } = measureSide(port, 'causal', CLOSE_READS)
  const gains = quadrantMedians(gain.map((x, n) => (stuck[n] ? NaN : x)))
  const whole = mean(gains)
  return {
    sight: { offset: offset.map((x, n) => (stuck[n] ? 0 : x)), gain: gains.map((x) => x / whole), middle },
    stuck
  }
}

/** what the chip's median channel would have read, in place; reads of `n` neurons from neuron 0 */
export function corrected(values: Float64Array, { offset, gain, middle }: Sight): Float64Array {
  const shared = NEURONS / QUADRANTS
  for (let n = 0; n < NEURONS; n++) {
    values[n] = middle + (values[n] - offset[n] - middle) / gain[Math.floor(n / shared)]
  }
  return values
}
