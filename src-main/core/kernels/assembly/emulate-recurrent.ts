// The in-the-loop network whose hidden units hear each other, sample by sample, on the emulated chip. Meaning:
// emulator/network/recurrent-reference.ts. All units take a step of a fifth of a bin at once, since an event of one of them
// reaches the others a loop delay (1.0 µs, at least 0.6) later: always in a step after its own. A step is cut where an
// event arrives, and each part has its exact propagators.
import { crossing, grown, phi, settle } from './closed-form'
import { convert } from './converter'
import { fired } from './fired'
import {
  BINS,
  BIN_US,
  CLEARED,
  CYCLES,
  DELAY_SD,
  DELAY_US,
  KEY,
  KEY_INPUT,
  LIST,
  LOSS,
  NOISE,
  NOISE_MASK,
  OUTPUT_BYTES,
  ROW_DELAY,
  ROW_INPUT,
  ROW_READ,
  ROW_START,
  ROW_STEP,
  SEED,
  START,
  START_SD,
  STEPPED,
  STEPPED_BYTES,
  STEP_US,
  STRIDE,
  S_CLAMPED,
  S_CLAMP_REST,
  S_CLAMP_SHIFT,
  S_FREE,
  S_LINES,
  S_RATE,
  S_REFRACTORY,
  S_REFRACTORY_CYCLE,
  S_SHIFT,
  THRESHOLD,
  UNITS,
  UNIT_BYTES,
  VECTORS,
  WEIGHTS,
  WEIGHT_ROW
} from './layout'
import { eventBits, eventKey, noiseKey, noiseRow } from './noise'
import { readoutLayer } from './readout'
import { passed } from './stage'

// parameters of four units over a step: kernels/emulate-recurrent.ts, FIELDS
const PM = 0,
  PE = 16,
  PI = 32,
  KE = 48,
  KI = 64,
  NOISE_SD = 80,
  RANGE_E = 96,
  RANGE_I = 112,
  RATE_MEM = 128,
  RATE_EXC = 144,
  RATE_INH = 160
/** a constant current that adds what the step's noise adds, as the membrane it leads to */
const NOISE_SHIFT = 176
const FIELD_BYTES: usize = 192

// of four units: membrane above rest, lines (LSB / µs, inhibitory <= 0), refractory time left; what their stages pass at the
// end of a part of a step, and the membrane at its beginning
const V = 0,
  E = 16,
  I = 32,
  LEFT = 48,
  END_E = 64,
  END_I = 80,
  BEGIN = 96
const STATE_BYTES: usize = 112

/** adds the events of one row of weights to the lines, at the step's beginning */
function addRow(states: usize, vectors: i32, weights: usize): void {
  const zero = f32x4.splat(0)
  for (let j = 0; j < vectors; j++) {
    const w = v128.load(weights + ((<usize>j) << 4))
    const state: usize = states + <usize>j * STATE_BYTES
    v128.store(state, f32x4.add(v128.load(state, E), f32x4.pmax(zero, w)), E)
    v128.store(state, f32x4.add(v128.load(state, I), f32x4.pmin(zero, w)), I)
  }
}

/** when event k of the sample reaches the synapses that listen to it (readout.ts draws the same) */
function arrivalOf(block: usize, scratch: usize, k: i32): f32 {
  const mask = load<i32>(block, NOISE_MASK)
  const bits = eventBits(eventKey(load<i32>(scratch, KEY), ROW_DELAY), k) & ((mask << 2) | 3)
  const normal = load<f32>(load<usize>(block, NOISE) + ((<usize>bits) << 2))
  const late = load<f32>(block, DELAY_US) + load<f32>(block, DELAY_SD) * max<f32>(-4, min<f32>(4, normal))
  return load<f32>(scratch + load<usize>(block, LIST) + ((<usize>k) << 3)) + late
}

/**
 * One unit that is refractory in a part of a step, or fires in it.
 * @param end what its stages pass of the lines at the part's end, lanes 1 and 2
 * @param begin membrane at the part's beginning @param free at its end, if nothing happened
 * @param length of the part, which ends at inBin in its bin
 * @returns its membrane at the end
 */
function eventful(
  block: usize,
  scratch: usize,
  unit: usize,
  which: i32,
  left: usize,
  threshold: f32,
  begin: f32,
  free: f32,
  kick: f32,
  end: v128,
  length: f32,
  inBin: f32,
  bin: i32,
  k: i32,
  spiked: usize
): f32 {
  let still = load<f32>(left)
  const towards = kick * load<f32>(unit, S_SHIFT)
  const rest = load<f32>(unit, S_CLAMP_REST) + towards * load<f32>(unit, S_CLAMP_SHIFT)
  const clamp = v128.load(unit, S_CLAMPED)
  if (still >= length) {
    store<f32>(left, still - length)
    return settle(begin, rest, length, clamp, end)
  }
  let v0 = begin,
    v1 = free,
    span = length
  if (still > 0) {
    // released in this part
    span = length - still
    const released = f32x4.mul(end, grown(f32x4.mul(f32x4.splat(span), v128.load(unit, S_LINES))))
    v0 = settle(begin, rest, still, clamp, released)
    v1 = settle(v0, towards, span, v128.load(unit, S_FREE), end)
    still = 0
  }
  if (v1 > threshold && v0 <= threshold) {
    const first = f32x4.mul(end, grown(f32x4.mul(f32x4.splat(span), v128.load(unit, S_LINES))))
    const rate = load<f32>(unit, S_RATE)
    const d0: f32 = f32x4.extract_lane(first, 1) + f32x4.extract_lane(first, 2) - (v0 - towards) * rate
    const d1: f32 = f32x4.extract_lane(end, 1) + f32x4.extract_lane(end, 2) - (v1 - towards) * rate
    const z = crossing(
      f32x4.splat(v0 - threshold),
      f32x4.splat(v1 - threshold),
      f32x4.splat(span * d0),
      f32x4.splat(span * d1)
    )
    const s: f32 = span * (1 - f32x4.extract_lane(z, 0))
    v1 = settle(threshold, rest, s, clamp, end)
    const off = fired(block, scratch, which, bin, k, inBin - s, spiked)
    const stepUs = load<f32>(block, STEP_US)
    const period: f32 = load<f32>(unit, S_REFRACTORY) + off * load<f32>(unit, S_REFRACTORY_CYCLE)
    still = (period > stepUs ? period : stepUs) - s
  }
  store<f32>(left, still)
  return v1
}

/** all units through a part of a step; @param whole it is the whole step @param inBin where in its bin it ends */
function part(
  block: usize,
  scratch: usize,
  fields: usize,
  states: usize,
  arrivals: usize,
  kicks: usize,
  spikes: usize,
  bin: i32,
  k: i32,
  length: f32,
  whole: bool,
  inBin: f32
): void {
  const vectors = load<i32>(block, VECTORS)
  const units: usize = load<usize>(block, UNITS),
    stepped: usize = load<usize>(block, STEPPED)
  const zero = f32x4.splat(0),
    one = f32x4.splat(1),
    half = f32x4.splat(0.5),
    s = f32x4.splat(length)
  for (let j = 0; j < vectors; j++) {
    const unit: usize = fields + <usize>j * FIELD_BYTES
    const state: usize = states + <usize>j * STATE_BYTES
    const offset: usize = (<usize>j) << 4
    const v = v128.load(state, V),
      e = v128.load(state, E),
      i = v128.load(state, I)
    const kick = v128.load(kicks + offset)
    let e1: v128, i1: v128, base: v128, exc: v128, inh: v128
    if (whole) {
      e1 = f32x4.mul(e, v128.load(unit, PE))
      i1 = f32x4.mul(i, v128.load(unit, PI))
      base = f32x4.add(f32x4.mul(v, v128.load(unit, PM)), f32x4.mul(kick, v128.load(unit, NOISE_SD)))
      exc = f32x4.mul(e, v128.load(unit, KE))
      inh = f32x4.mul(i, v128.load(unit, KI))
    } else {
      const rm = f32x4.mul(s, v128.load(unit, RATE_MEM))
      const re = f32x4.mul(s, v128.load(unit, RATE_EXC))
      const ri = f32x4.mul(s, v128.load(unit, RATE_INH))
      e1 = f32x4.mul(e, f32x4.sub(one, f32x4.mul(re, phi(f32x4.neg(re)))))
      i1 = f32x4.mul(i, f32x4.sub(one, f32x4.mul(ri, phi(f32x4.neg(ri)))))
      const towards = f32x4.mul(kick, v128.load(unit, NOISE_SHIFT))
      base = f32x4.sub(v, f32x4.mul(f32x4.mul(f32x4.sub(v, towards), rm), phi(f32x4.neg(rm))))
      exc = f32x4.mul(f32x4.mul(e1, s), phi(f32x4.sub(re, rm)))
      inh = f32x4.mul(f32x4.mul(i1, s), phi(f32x4.sub(ri, rm)))
    }
    // the input stages pass the share for the mean of their lines
    const shareE = passed(f32x4.mul(f32x4.mul(half, f32x4.add(e, e1)), v128.load(unit, RANGE_E)))
    const shareI = passed(f32x4.mul(f32x4.mul(half, f32x4.add(i, i1)), v128.load(unit, RANGE_I)))
    const free = f32x4.add(base, f32x4.add(f32x4.mul(exc, shareE), f32x4.mul(inh, shareI)))
    v128.store(state, free, V)
    v128.store(state, e1, E)
    v128.store(state, i1, I)
    const threshold: usize = units + <usize>j * UNIT_BYTES + THRESHOLD
    const level = v128.load(threshold)
    const above = v128.and(f32x4.gt(free, level), f32x4.le(v, level))
    let lanes = i32x4.bitmask(v128.or(above, f32x4.gt(v128.load(state, LEFT), zero)))
    if (lanes == 0) continue
    // lanes of vectors, one by one, by way of memory
    v128.store(state, f32x4.mul(e1, shareE), END_E)
    v128.store(state, f32x4.mul(i1, shareI), END_I)
    v128.store(state, v, BEGIN)
    do {
      const lane: usize = (<usize>ctz(lanes)) << 2
      const which = <i32>((offset + lane) >> 2)
      lanes &= lanes - 1
      const at: usize = state + lane
      const end = f32x4.replace_lane(f32x4.replace_lane(zero, 1, load<f32>(at, END_E)), 2, load<f32>(at, END_I))
      const known = load<i32>(scratch)
      const after = eventful(
        block,
        scratch,
        stepped + <usize>which * STEPPED_BYTES,
        which,
        at + LEFT,
        load<f32>(threshold + lane),
        load<f32>(at, BEGIN),
        load<f32>(at, V),
        load<f32>(kicks + offset + lane),
        end,
        length,
        inBin,
        bin,
        k,
        spikes + offset + lane
      )
      store<f32>(at, after, V)
      if (load<i32>(scratch) > known) {
        store<f32>(arrivals + ((<usize>known) << 2), arrivalOf(block, scratch, known))
      }
    } while (lanes)
  }
}

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
  // when each event arrives; Infinity once it has
  const arrivals: usize = own + <usize>vectors * STATE_BYTES
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
        // what has arrived by now, and what does next; an event of this step arrives in a later one
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
        part(block, scratch, fields, states, arrivals, kicks, spikes, bin, k, length, whole, next - starts)
        if (next == end) break
        now = next
      }
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
