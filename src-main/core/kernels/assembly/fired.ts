// A hidden unit has fired: its event on the way to the readouts and to the host.
import { BIN_US, CAPACITY, CYCLE_RATE, CYCLES, EVENT_OUTPUT, KEY, LIST, LOSS, OUTPUT_BYTES, ROW_EVENT } from './layout'
import { eventBits, eventKey, moreBits } from './noise'

/** @returns whether the unit's event output is still free in this cycle; takes it */
function passes(block: usize, scratch: usize, unit: i32, inBin: f32): bool {
  const cycle = <i32>(inBin * load<f32>(block, CYCLE_RATE))
  const output: usize = load<i32>(load<usize>(block, EVENT_OUTPUT) + ((<usize>unit) << 2))
  const at: usize =
    scratch + load<usize>(block, CYCLES) + output * load<usize>(block, OUTPUT_BYTES) + ((<usize>(cycle >> 5)) << 2)
  const bit = 1 << (cycle & 31)
  const taken = load<i32>(at)
  store<i32>(at, taken | bit)
  return (taken & bit) == 0
}

/** what is random in a spike of a unit in step k of a bin */
export function spikeBits(scratch: usize, unit: i32, bin: i32, k: i32): i32 {
  return eventBits(eventKey(load<i32>(scratch, KEY), ROW_EVENT + bin * 5 + k), unit)
}

/** −1 … 1, how far the refractory period after the spike is off */
export function periodOff(bits: i32): f32 {
  return <f32>bits * <f32>(1.0 / 2147483648)
}

/**
 * Keeps the spike of a unit in step k of a bin, as far as its event output passes it; one that the link to the host loses
 * is marked and not told.
 * @param spiked where the host reads whether the unit fired in this bin
 * @returns periodOff of it
 */
export function fired(block: usize, scratch: usize, unit: i32, bin: i32, k: i32, inBin: f32, spiked: usize): f32 {
  const bits = spikeBits(scratch, unit, bin, k)
  const count = load<i32>(scratch)
  if (count < load<i32>(block, CAPACITY) && passes(block, scratch, unit, inBin)) {
    const entry: usize = scratch + load<usize>(block, LIST) + ((<usize>count) << 3)
    const lost: i32 = <u32>moreBits(bits) < load<u32>(block, LOSS) ? 0x80000000 : 0
    store<f32>(entry, <f32>bin * load<f32>(block, BIN_US) + inBin)
    store<i32>(entry, unit | lost, 4)
    store<i32>(scratch, count + 1)
    if (lost == 0) store<f32>(spiked, 1)
  }
  return periodOff(bits)
}
