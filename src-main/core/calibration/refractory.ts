/**
 * Registers for refractory and hold-off times: computed, not measured (calix spiking/refractory_period.py, hardware.md
 * 1.2). The chip has one slow and one fast clock of 250 MHz / 2^(scale + 1); every circuit takes one of them, counts up to
 * 255 cycles of it, and opens its reset switch 31 − 2 · register cycles before the end (register 0 … 15).
 *
 * Circuits whose target lies above the mean of the targets take the slow clock, and so do those whose hold-off the fast
 * clock cannot count. Each clock is as fast as its longest time allows, so that cycles stay many.
 */
import { InputError } from '../errors/input-error'

export interface RefractoryRegisters {
  /** scale of each clock, 0 … 15 */
  fastScale: number
  slowScale: number
  /** per circuit: 1 fast clock, 0 slow clock */
  clock: Uint8Array
  /** per circuit: cycles, 1 … 255 */
  counter: Uint8Array
  /** per circuit: hold-off register, 0 … 15 */
  holdOff: Uint8Array
}

const BASE_MHZ = 250
const LARGEST_SCALE = 15
const LARGEST_COUNTER = 255
const LARGEST_HOLD_OFF = 15
/** the lowest bit of the counter always counts the hold-off: register 0 is 31 cycles, register 15 is one */
const MOST_HOLD_OFF_CYCLES = 2 * LARGEST_HOLD_OFF + 1
/** rounding of 255 cycles' own length may not need a slower clock */
const ROUNDING = 1e-9

/** length of a clock's cycle, µs */
export function clockPeriodUs(scale: number): number {
  return 2 ** (scale + 1) / BASE_MHZ
}

/** cycles for which the membrane is free at the end of the refractory period */
export function holdOffCycles(register: number): number {
  return MOST_HOLD_OFF_CYCLES - 2 * register
}

/**
 * @param refractoryUs target of each circuit: the whole time without spikes, hold-off included
 * @param holdOffUs target of each circuit; 0 gives the shortest, one cycle
 * @throws InputError where a time is longer than the slowest clock can count
 */
export function refractoryRegisters(
  refractoryUs: ArrayLike<number>,
  holdOffUs: ArrayLike<number>
): RefractoryRegisters {
  const count = refractoryUs.length
  if (holdOffUs.length !== count) {
    throw new InputError(
      'bad-input',
      `${holdOffUs.length} hold-off times for ${count} refractory times: as many of each`
    )
  }
  const times = Array.from(refractoryUs)
  const mean = times.reduce((sum, time) => sum + time, 0) / Math.max(1, count)
  const longest = (chosen: boolean[], values: ArrayLike<number>): number =>
    chosen.reduce((most, yes, n) => (yes ? Math.max(most, values[n]) : most), 0)

  const fast = times.map((time) => time <= mean)
  const fastScale = clockScale(longest(fast, times) / LARGEST_COUNTER)
  const slow = times.map(
    (time, n) => time > mean || holdOffUs[n] > MOST_HOLD_OFF_CYCLES * clockPeriodUs(fastScale) * (1 + ROUNDING)
  )
  const slowScale = slow.includes(true)
    ? clockScale(Math.max(longest(slow, times) / LARGEST_COUNTER, longest(slow, holdOffUs) / MOST_HOLD_OFF_CYCLES))
    : fastScale

  const counter = new Uint8Array(count)
  const holdOff = new Uint8Array(count)
  for (let n = 0; n < count; n++) {
    const period = clockPeriodUs(slow[n] ? slowScale : fastScale)
    counter[n] = Math.min(LARGEST_COUNTER, Math.max(1, Math.round(times[n] / period)))
    const free = Math.round((holdOffUs[n] / period - 1) / 2)
    holdOff[n] = LARGEST_HOLD_OFF - Math.min(LARGEST_HOLD_OFF, Math.max(0, free))
  }
  return { fastScale, slowScale, clock: Uint8Array.from(slow, (is) => (is ? 0 : 1)), counter, holdOff }
}

/** the fastest clock of which one cycle takes at least this long */
function clockScale(leastUs: number): number {
  for (let scale = 0; scale <= LARGEST_SCALE; scale++) {
    if (leastUs <= clockPeriodUs(scale) * (1 + ROUNDING)) return scale
  }
  throw new InputError(
    'bad-input',
    `a refractory or hold-off time needs cycles of ${leastUs} us: the slowest clock's take ${clockPeriodUs(LARGEST_SCALE)} us`
  )
}
