// The in-the-loop network, sample by sample: 4 units a vector, 5 steps a bin, exact exponential steps.
// Meaning: emulator/network/reference.ts. Memory: layout.ts.
//
// A unit's state is (v, x, y): membrane above its rest, and both currents, each already multiplied with what it adds to
// the membrane in one step (y <= 0). The fast path steps all lanes as if nothing fired and keeps their largest value;
// a vector in which a lane passes its guard (threshold, or −∞ while refractory) does the bin again in `slowBin`, where
// lanes that fire or leave the clamp inside a step do so at the exact time, in closed form (slow-bin.ts).
import { convert } from './converter'
import {
  ROW_START,
  ROW_STEP,
  ROW_READ,
  ROW_INPUT,
  VECTORS,
  BINS,
  STRIDE,
  UNITS,
  WEIGHTS,
  WEIGHT_ROW,
  NOISE,
  NOISE_MASK,
  SEED,
  LOSS,
  CYCLES,
  OUTPUT_BYTES,
  PM,
  NOISE_STEP,
  BIN_E,
  BIN_I,
  MIDDLE_E,
  MIDDLE_I,
  MOST_E,
  MOST_I,
  FALL_E,
  FALL_I,
  BEND_E,
  BEND_I,
  THRESHOLD,
  START,
  START_SD,
  UNIT_BYTES,
  V,
  X,
  Y,
  STATE_BYTES,
  GUARD,
  LEFT,
  GUARD_BYTES,
  CLEARED,
  KEY,
  ROWS,
  STATES
} from './layout'
import { eventBits, noiseKey, noiseRow } from './noise'
import { readoutLayer } from './readout'
import { slowBin } from './slow-bin'
import { LARGEST_LINE, QUIET_LINE, tanh4 } from './stage'

/** adds the bin's input spikes to the currents, 16 units at a time in registers */
function addInput(states: usize, groups: i32, weights: usize, row: usize, from: usize, to: usize): void {
  const zero = f32x4.splat(0)
  for (let g = 0; g < groups; g++) {
    const state: usize = states + <usize>g * (4 * STATE_BYTES)
    const column: usize = weights + ((<usize>g) << 6)
    let x0 = v128.load(state, X),
      x1 = v128.load(state, 48 + X),
      x2 = v128.load(state, 96 + X),
      x3 = v128.load(state, 144 + X)
    let y0 = v128.load(state, Y),
      y1 = v128.load(state, 48 + Y),
      y2 = v128.load(state, 96 + Y),
      y3 = v128.load(state, 144 + Y)
    for (let p = from; p < to; p++) {
      const w: usize = column + <usize>load<u8>(p) * row
      const w0 = v128.load(w),
        w1 = v128.load(w, 16),
        w2 = v128.load(w, 32),
        w3 = v128.load(w, 48)
      x0 = f32x4.add(x0, f32x4.pmax(zero, w0))
      y0 = f32x4.add(y0, f32x4.pmin(zero, w0))
      x1 = f32x4.add(x1, f32x4.pmax(zero, w1))
      y1 = f32x4.add(y1, f32x4.pmin(zero, w1))
      x2 = f32x4.add(x2, f32x4.pmax(zero, w2))
      y2 = f32x4.add(y2, f32x4.pmin(zero, w2))
      x3 = f32x4.add(x3, f32x4.pmax(zero, w3))
      y3 = f32x4.add(y3, f32x4.pmin(zero, w3))
    }
    v128.store(state, x0, X)
    v128.store(state, x1, 48 + X)
    v128.store(state, x2, 96 + X)
    v128.store(state, x3, 144 + X)
    v128.store(state, y0, Y)
    v128.store(state, y1, 48 + Y)
    v128.store(state, y2, 96 + Y)
    v128.store(state, y3, 144 + Y)
  }
}

/** the input spikes from … to of the sample's list, without those that the link to the chip loses */
function takeInput(block: usize, states: usize, groups: i32, key: i32, list: usize, from: usize, to: usize): void {
  const weights: usize = load<usize>(block, WEIGHTS),
    row: usize = load<usize>(block, WEIGHT_ROW)
  const loss = load<u32>(block, LOSS)
  let first = from
  for (let p = from; p < to; p++) {
    if (<u32>eventBits(key, ROW_INPUT, <i32>(p - list)) >= loss) continue
    if (p > first) addInput(states, groups, weights, row, first, p)
    first = p + 1
  }
  if (to > first) addInput(states, groups, weights, row, first, to)
}

/** the hidden units through one sample; leaves their spikes in the scratch's list */
function hiddenLayer(
  block: usize,
  scratch: usize,
  input: usize,
  binStart: usize,
  key: i32,
  membrane: usize,
  spikes: usize
): void {
  const vectors = load<i32>(block, VECTORS)
  const groups = (vectors + 3) >> 2
  const units: usize = load<usize>(block, UNITS),
    stride: usize = load<usize>(block, STRIDE)
  const noise: usize = load<usize>(block, NOISE),
    mask = load<i32>(block, NOISE_MASK)
  const copy: usize = <usize>(groups << 2) * STATE_BYTES
  let states: usize = scratch + STATES,
    next: usize = states + copy
  const guards: usize = next + copy,
    again: usize = guards + <usize>(groups << 2) * GUARD_BYTES
  const zero = f32x4.splat(0),
    most = f32x4.splat(LARGEST_LINE),
    least = f32x4.splat(-LARGEST_LINE),
    quiet = f32x4.splat(QUIET_LINE),
    half = f32x4.splat(0.5),
    third = f32x4.splat(<f32>(1.0 / 3))
  const cycles: usize = scratch + load<usize>(block, CYCLES),
    cycleBytes: usize = load<usize>(block, OUTPUT_BYTES) << 3
  store<i32>(scratch, 0)
  store<i32>(scratch, -1, CLEARED)
  store<i32>(scratch, key, KEY)
  let read: usize = noise + <usize>noiseRow(key, ROW_READ, mask)
  const begin: usize = noise + <usize>noiseRow(key, ROW_START, mask)
  // whole groups: the padding has no weights, but its state is read and written
  for (let j = 0; j < groups << 2; j++) {
    const unit: usize = units + <usize>j * UNIT_BYTES,
      state: usize = states + <usize>j * STATE_BYTES
    const offset: usize = (<usize>j) << 4
    // not above the threshold: that would be no crossing from below (units that start there on purpose are latched)
    const centre = v128.load(unit, START)
    const spread = f32x4.mul(v128.load(begin + offset), v128.load(unit, START_SD))
    const v = f32x4.pmin(f32x4.pmax(v128.load(unit, THRESHOLD), centre), f32x4.add(centre, spread))
    v128.store(state, v, V)
    v128.store(state, zero, X)
    v128.store(state, zero, Y)
    v128.store(guards + <usize>j * GUARD_BYTES, zero, LEFT)
    v128.store(guards + <usize>j * GUARD_BYTES, v128.load(unit, THRESHOLD), GUARD)
    if (j < vectors) {
      v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
      v128.store(spikes + offset, zero)
    }
  }
  const last = load<i32>(block, BINS) - 1
  for (let bin = 0; bin < last; bin++) {
    membrane += stride
    spikes += stride
    const from: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1)),
      to: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1), 2)
    if (to > from) takeInput(block, states, groups, key, input, from, to)
    if (load<i32>(scratch) != load<i32>(scratch, CLEARED)) {
      memory.fill(cycles, 0, cycleBytes)
      store<i32>(scratch, load<i32>(scratch), CLEARED)
    }
    const row = ROW_STEP + bin * 5
    const n0: usize = noise + <usize>noiseRow(key, row, mask),
      n1: usize = noise + <usize>noiseRow(key, row + 1, mask)
    const n2: usize = noise + <usize>noiseRow(key, row + 2, mask),
      n3: usize = noise + <usize>noiseRow(key, row + 3, mask)
    const n4: usize = noise + <usize>noiseRow(key, row + 4, mask)
    store<usize>(scratch, n0, ROWS)
    store<usize>(scratch, n1, ROWS + 4)
    store<usize>(scratch, n2, ROWS + 8)
    store<usize>(scratch, n3, ROWS + 12)
    store<usize>(scratch, n4, ROWS + 16)
    read = noise + <usize>noiseRow(key, ROW_READ + 1 + bin, mask)
    let unit = units,
      state = states,
      result = next,
      guard = guards,
      redo = again
    for (let j = 0; j < vectors; j++) {
      const offset: usize = (<usize>j) << 4
      const pm = v128.load(unit, PM),
        size = v128.load(unit, NOISE_STEP)
      let v = v128.load(state, V)
      const x = v128.load(state, X),
        y = v128.load(state, Y)
      v128.store(result, f32x4.mul(x, v128.load(unit, BIN_E)), X)
      v128.store(result, f32x4.mul(y, v128.load(unit, BIN_I)), Y)
      // both stages around the middle of the bin: value, and slope in terms of the line's time constant
      let ue = f32x4.mul(x, v128.load(unit, MIDDLE_E)),
        ui = f32x4.mul(y, v128.load(unit, MIDDLE_I))
      let te: v128, ti: v128, fe: v128, fi: v128, be: v128, bi: v128
      if (v128.any_true(f32x4.gt(f32x4.pmax(ue, f32x4.neg(ui)), quiet))) {
        ue = f32x4.pmin(most, ue)
        ui = f32x4.pmax(least, ui)
        te = tanh4(ue)
        ti = tanh4(ui)
        const we = f32x4.mul(ue, te),
          wi = f32x4.mul(ui, ti)
        fe = f32x4.sub(ue, f32x4.mul(te, we))
        fi = f32x4.sub(ui, f32x4.mul(ti, wi))
        be = f32x4.mul(fe, f32x4.sub(half, we))
        bi = f32x4.mul(fi, f32x4.sub(half, wi))
      } else {
        const ze = f32x4.mul(third, f32x4.mul(ue, ue)),
          zi = f32x4.mul(third, f32x4.mul(ui, ui))
        te = f32x4.sub(ue, f32x4.mul(ue, ze))
        ti = f32x4.sub(ui, f32x4.mul(ui, zi))
        fe = f32x4.sub(te, f32x4.mul(te, f32x4.add(ze, ze)))
        fi = f32x4.sub(ti, f32x4.mul(ti, f32x4.add(zi, zi)))
        be = f32x4.mul(fe, half)
        bi = f32x4.mul(fi, half)
      }
      const fall = f32x4.add(f32x4.mul(fe, v128.load(unit, FALL_E)), f32x4.mul(fi, v128.load(unit, FALL_I)))
      let drive = f32x4.add(f32x4.mul(te, v128.load(unit, MOST_E)), f32x4.mul(ti, v128.load(unit, MOST_I)))
      // the bend's mean over the five steps, 2 of it, is kept: it would add up
      const bend = f32x4.add(f32x4.mul(be, v128.load(unit, BEND_E)), f32x4.mul(bi, v128.load(unit, BEND_I)))
      drive = f32x4.add(drive, f32x4.add(f32x4.add(fall, bend), f32x4.add(fall, bend)))
      let top = v
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(drive, f32x4.mul(size, v128.load(n0 + offset))))
      top = f32x4.pmax(top, v)
      drive = f32x4.sub(drive, fall)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(drive, f32x4.mul(size, v128.load(n1 + offset))))
      top = f32x4.pmax(top, v)
      drive = f32x4.sub(drive, fall)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(drive, f32x4.mul(size, v128.load(n2 + offset))))
      top = f32x4.pmax(top, v)
      drive = f32x4.sub(drive, fall)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(drive, f32x4.mul(size, v128.load(n3 + offset))))
      top = f32x4.pmax(top, v)
      drive = f32x4.sub(drive, fall)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(drive, f32x4.mul(size, v128.load(n4 + offset))))
      top = f32x4.pmax(top, v)
      v128.store(result, v, V)
      v128.store(spikes + offset, zero)
      v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
      // kept for later without a branch: which vectors fire cannot be predicted
      store<i32>(redo, j)
      redo += (<usize>v128.any_true(f32x4.gt(top, v128.load(guard, GUARD)))) << 2
      unit += UNIT_BYTES
      state += STATE_BYTES
      result += STATE_BYTES
      guard += GUARD_BYTES
    }
    for (let p = again; p < redo; p += 4) {
      const j = load<usize>(p)
      const offset: usize = j << 4
      unit = units + j * UNIT_BYTES
      const v = slowBin(
        block,
        scratch,
        unit,
        states + j * STATE_BYTES,
        next + j * STATE_BYTES,
        guards + j * GUARD_BYTES,
        offset,
        bin,
        spikes + offset
      )
      v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
    }
    const done = states
    states = next
    next = done
  }
}

/**
 * Samples index[from … to) of a presentation; row b of the results is sample index[b]. Stimulus as network-port.ts has it.
 */
export function emulate(
  block: usize,
  scratch: usize,
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
    hiddenLayer(block, scratch, spikesIn, binsIn, key, membrane + at, spikes + at)
    readoutLayer(block, scratch, key, membrane + at, spikes + at)
  }
}
