// The in-the-loop network whose hidden units hear each other, sample by sample, on the emulated chip. Meaning:
// emulator/network/recurrent-reference.ts. All units take a step of a fifth of a bin at once, since an event of one of them
// reaches the others a loop delay (1.0 µs, at least 0.6) later: always in a step after its own. A step is cut where an
// event arrives, and each part has its exact propagators.
import { convert } from './converter'
import { addRow, send } from './emulate-recurrent-events'
import { DUE_BYTES, STATE_BYTES, V } from './emulate-recurrent-layout'
import { part } from './emulate-recurrent-part'
import {
  BINS,
  BIN_US,
  CLEARED,
  CYCLES,
  KEY,
  KEY_INPUT,
  LIST,
  LOSS,
  NOISE,
  NOISE_MASK,
  OUTPUT_BYTES,
  ROW_INPUT,
  ROW_READ,
  ROW_START,
  ROW_STEP,
  SEED,
  START,
  START_SD,
  STEP_US,
  STRIDE,
  THRESHOLD,
  UNITS,
  UNIT_BYTES,
  VECTORS,
  WEIGHTS,
  WEIGHT_ROW
} from './layout'
import { eventBits, eventKey, noiseKey, noiseRow } from './noise'
import { readoutLayer } from './readout'

/** the hidden units through one sample; leaves their spikes in the scratch's list */
function recurrentLayer(
  block: usize,
  scratch: usize,
  fields: usize,
  recurrent: usize,
  own: usize,
  input: usize,
  binStart: usize,
  key: i32,
  membrane: usize,
  spikes: usize
): void {
  const vectors = load<i32>(block, VECTORS)
  const stride: usize = load<usize>(block, STRIDE)
  const units: usize = load<usize>(block, UNITS)
  const weights: usize = load<usize>(block, WEIGHTS),
    row: usize = load<usize>(block, WEIGHT_ROW)
  const noise: usize = load<usize>(block, NOISE),
    mask = load<i32>(block, NOISE_MASK)
  const stepUs = load<f32>(block, STEP_US),
    binUs = load<f32>(block, BIN_US)
  const cycles: usize = scratch + load<usize>(block, CYCLES),
    cyclesEnd: usize = cycles + (load<usize>(block, OUTPUT_BYTES) << 3)
  const events: usize = scratch + load<usize>(block, LIST)
  const zero = f32x4.splat(0)
  const states = own
  const due: usize = own + <usize>vectors * STATE_BYTES
  const dueBits: usize = due + ((<usize>vectors) << 4)
  // when each event arrives; Infinity once it has
  const arrivals: usize = dueBits + DUE_BYTES
  memory.fill(dueBits, 0, DUE_BYTES)
  store<i32>(scratch, 0)
  store<i32>(scratch, -1, CLEARED)
  store<i32>(scratch, key, KEY)
  store<i32>(scratch, eventKey(key, ROW_INPUT), KEY_INPUT)
  let read: usize = noise + <usize>noiseRow(key, ROW_READ, mask)
  const begin: usize = noise + <usize>noiseRow(key, ROW_START, mask)
  for (let j = 0; j < vectors; j++) {
    const unit: usize = units + <usize>j * UNIT_BYTES
    const state: usize = states + <usize>j * STATE_BYTES
    const offset: usize = (<usize>j) << 4
    const centre = v128.load(unit, START)
    const spread = f32x4.mul(v128.load(begin + offset), v128.load(unit, START_SD))
    const v = f32x4.pmin(f32x4.pmax(v128.load(unit, THRESHOLD), centre), f32x4.add(centre, spread))
    memory.fill(state, 0, STATE_BYTES)
    v128.store(state, v, V)
    v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
  }
  // events that have not all arrived begin here
  let first = 0
  const last = load<i32>(block, BINS) - 1
  for (let bin = 0; bin < last; bin++) {
    membrane += stride
    spikes += stride
    const from: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1)),
      to: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1), 2)
    for (let p = from; p < to; p++) {
      if (<u32>eventBits(load<i32>(scratch, KEY_INPUT), <i32>(p - input)) >= load<u32>(block, LOSS)) {
        addRow(states, vectors, weights + <usize>load<u8>(p) * row)
      }
    }
    for (let p = cycles; p < cyclesEnd; p += 16) v128.store(p, zero)
    for (let k = 0; k < 5; k++) {
      const starts: f32 = <f32>bin * binUs
      const end: f32 = starts + <f32>(k + 1) * stepUs
      const kicks: usize = noise + <usize>noiseRow(key, ROW_STEP + bin * 5 + k, mask)
      let now: f32 = end - stepUs
      for (;;) {
        // what has arrived by now, and what does next
        const count = load<i32>(scratch)
        while (first < count && load<f32>(arrivals + ((<usize>first) << 2)) == Infinity) first++
        let next = end
        for (let n = first; n < count; n++) {
          const at: usize = arrivals + ((<usize>n) << 2)
          const arrival = load<f32>(at)
          if (arrival > now) {
            next = min(next, arrival)
            continue
          }
          const who: usize = <usize>(load<i32>(events + ((<usize>n) << 3), 4) & 0x7fffffff)
          addRow(states, vectors, recurrent + who * row)
          store<f32>(at, Infinity)
        }
        const whole = next == end && now == end - stepUs
        const length: f32 = next - now
        part(block, scratch, fields, states, due, dueBits, kicks, bin, k, length, whole, next - starts)
        if (next == end) break
        now = next
      }
      send(block, scratch, due, dueBits, arrivals, spikes, bin, k)
    }
    read = noise + <usize>noiseRow(key, ROW_READ + 1 + bin, mask)
    for (let j = 0; j < vectors; j++) {
      const offset: usize = (<usize>j) << 4
      const v = v128.load(states + <usize>j * STATE_BYTES, V)
      v128.store(membrane + offset, convert(v, units + <usize>j * UNIT_BYTES, v128.load(read + offset)))
    }
  }
}

/**
 * Samples index[from … to) of a presentation, as `emulate`.
 * @param fields of vectors of hidden units @param recurrent f32 [hidden][lanes]: current steps, row: the unit that fires
 * @param own this member's scratch
 */
export function emulateRecurrent(
  block: usize,
  scratch: usize,
  fields: usize,
  recurrent: usize,
  own: usize,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  from: i32,
  to: i32,
  trial: i32,
  membrane: usize,
  spikes: usize
): void {
  const bins = load<i32>(block, BINS)
  const bytes: usize = <usize>bins * <usize>load<usize>(block, STRIDE)
  const seed = load<i32>(block, SEED)
  for (let b = from; b < to; b++) {
    const sample = load<i32>(index + ((<usize>b) << 2))
    const key = noiseKey(seed, trial, sample)
    const at: usize = <usize>b * bytes
    const spikesIn: usize = input + <usize>load<usize>(start + ((<usize>sample) << 2))
    const binsIn: usize = binStart + <usize>(sample * (bins + 1)) * 2
    memory.fill(spikes + at, 0, bytes)
    recurrentLayer(block, scratch, fields, recurrent, own, spikesIn, binsIn, key, membrane + at, spikes + at)
    readoutLayer(block, scratch, key, membrane + at)
  }
}
