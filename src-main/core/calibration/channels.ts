/**
 * What the columns' converters are like on a chip as it stands: both channels of every column read the debug line at three
 * codes (those of calix, common/cadc.py). A line through the ends gives the gain, the middle the offset; a channel that
 * does not follow the line is stuck.
 */
import type { ChipPort } from '../emulator/chip-port'
import { median } from '../statistics/summary'
import { NEURONS } from './settings'

export const SIDES = ['causal', 'acausal'] as const
export type Side = (typeof SIDES)[number]

/** codes of the debug line, and what one of them is worth on it (hardware.md 3.3) */
const LINE = { low: 70, middle: 310, high: 550 }
const LSB_PER_CODE = 0.417
const READS = 20
/** a working channel follows most of the way; a stuck one does not move */
const LEAST_GAIN = 0.5

export interface Channels {
  side: Side
  /** CADC LSB read for a LSB of the debug line, one a channel */
  gain: Float64Array
  /** at mid range, CADC LSB from the median of the channels that work */
  offset: Float64Array
  /** 1: does not follow the line; gain is what is left of it, the offset means nothing (NaN) */
  stuck: Uint8Array
}

export function measureChannels(port: ChipPort): Channels[] {
  return SIDES.map((side) => {
    const [low, middle, high] = [LINE.low, LINE.middle, LINE.high].map((code) => readLine(port, code, side))
    const gain = low.map((x, n) => (high[n] - x) / (LSB_PER_CODE * (LINE.high - LINE.low)))
    const stuck = Uint8Array.from(gain, (x) => (x < LEAST_GAIN ? 1 : 0))
    const centre = median(middle.filter((_, n) => stuck[n] === 0))
    return { side, gain, offset: middle.map((x, n) => (stuck[n] === 1 ? NaN : x - centre)), stuck }
  })
}

/** mean of the reads of every channel */
function readLine(port: ChipPort, code: number, side: Side): Float64Array {
  const raw = port.readDebugLine(code, READS, side)
  return Float64Array.from({ length: NEURONS }, (_, channel) => {
    let sum = 0
    for (let read = 0; read < READS; read++) sum += raw[read * NEURONS + channel]
    return sum / READS
  })
}
