// The in-the-loop network, sample by sample: 4 units a vector, 5 steps a bin, exact exponential steps.
// Meaning: emulator/network/reference.ts. Memory: layout.ts.
//
// A unit's state is (v, x, y): membrane above its rest, and both lines as their input stages see them around the middle of
// the coming bin, in units of the stage's range (y <= 0). All vectors take the five steps of a bin at once: they are
// linear in v, in what the stages pass and in the noise, so their sum has a closed form. A unit that may pass its guard on
// the way (a little below its threshold; −∞ while it is refractory) does the bin again step by step (stepped.ts).
import { convert, convertOne } from './converter'
import { takeInput } from './input'
import {
  BINS,
  BULGE,
  CLEARED,
  CYCLES,
  INHIBITORY,
  KEY,
  KEY_INPUT,
  LEVEL,
  LINE,
  LOWER,
  NOISE,
  NOISE_MASK,
  NOISE_SD,
  OUTPUT_BYTES,
  PM,
  ROWS,
  ROW_BIN,
  ROW_INPUT,
  ROW_READ,
  ROW_START,
  ROW_STEP,
  SEED,
  START,
  START_SD,
  STATES,
  STATE_BYTES,
  STEPPED,
  STEPPED_BYTES,
  STRIDE,
  THRESHOLD,
  UNITS,
  UNIT_BYTES,
  UPPER,
  V,
  VECTORS,
  X,
  Y
} from './layout'
import { eventKey, noiseKey, noiseRow } from './noise'
import { readoutLayer } from './readout'
import { LARGEST_LINE, SMALLEST_LINE } from './stage'
import { steppedBin } from './stepped'

/** what a stage passes of a line u over a bin (network/stage-fit.ts) */
function passed(u: v128, stage: usize): v128 {
  const z = f32x4.mul(u, u)
  return f32x4.div(
    f32x4.mul(
      u,
      f32x4.add(
        v128.load(stage, UPPER),
        f32x4.mul(z, f32x4.add(v128.load(stage, UPPER + 16), f32x4.mul(z, v128.load(stage, UPPER + 32))))
      )
    ),
    f32x4.add(
      f32x4.add(v128.load(stage, LOWER), f32x4.mul(z, v128.load(stage, LOWER + 16))),
      f32x4.mul(f32x4.mul(z, z), f32x4.add(z, v128.load(stage, LOWER + 32)))
    )
  )
}

/** how much the membrane's path bends over a bin because the line falls */
function bulge(u: v128, passed: v128, stage: usize): v128 {
  return f32x4.mul(
    u,
    f32x4.sub(v128.load(stage, BULGE), f32x4.mul(v128.load(stage, BULGE + 16), f32x4.mul(passed, passed)))
  )
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
  const bytes: usize = (<usize>vectors) << 4,
    padded: usize = (<usize>groups) << 6
  const units: usize = load<usize>(block, UNITS),
    steppedUnits: usize = load<usize>(block, STEPPED),
    stride: usize = load<usize>(block, STRIDE)
  const noise: usize = load<usize>(block, NOISE),
    mask = load<i32>(block, NOISE_MASK)
  // one vector more: see below
  const copy: usize = <usize>((groups << 2) + 1) * STATE_BYTES
  let states: usize = scratch + STATES,
    next: usize = states + copy
  const guards: usize = next + copy,
    lefts: usize = guards + padded,
    again: usize = lefts + padded
  const zero = f32x4.splat(0)
  const cycles: usize = scratch + load<usize>(block, CYCLES),
    cyclesEnd: usize = cycles + (load<usize>(block, OUTPUT_BYTES) << 3)
  store<i32>(scratch, 0)
  store<i32>(scratch, -1, CLEARED)
  store<i32>(scratch, key, KEY)
  store<i32>(scratch, eventKey(key, ROW_INPUT), KEY_INPUT)
  let read: usize = noise + <usize>noiseRow(key, ROW_READ, mask)
  const begin: usize = noise + <usize>noiseRow(key, ROW_START, mask)
  // whole groups: the padding has no weights, but its state is read and written
  let unit = units,
    state = states
  for (let o: usize = 0; o < padded; o += 16) {
    // not above the threshold: that would be no crossing from below (units that start there on purpose are latched)
    const centre = v128.load(unit, START)
    const spread = f32x4.mul(v128.load(begin + o), v128.load(unit, START_SD))
    const v = f32x4.pmin(f32x4.pmax(v128.load(unit, THRESHOLD), centre), f32x4.add(centre, spread))
    v128.store(state, v, V)
    v128.store(state, zero, X)
    v128.store(state, zero, Y)
    const level = v128.load(unit, LEVEL)
    v128.store(guards + o, v128.bitselect(f32x4.splat(-Infinity), f32x4.add(level, level), f32x4.gt(v, level)))
    v128.store(lefts + o, zero)
    if (o < bytes) v128.store(membrane + o, convert(v, unit, v128.load(read + o)))
    unit += UNIT_BYTES
    state += STATE_BYTES
  }
  const most = f32x4.splat(LARGEST_LINE),
    least = f32x4.splat(-LARGEST_LINE)
  const tiny = f32x4.splat(SMALLEST_LINE),
    minusTiny = f32x4.splat(-SMALLEST_LINE)
  const last = load<i32>(block, BINS) - 1
  for (let bin = 0; bin < last; bin++) {
    membrane += stride
    spikes += stride
    const from: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1)),
      to: usize = input + <usize>load<u16>(binStart + ((<usize>bin) << 1), 2)
    if (to > from) takeInput(block, scratch, states, groups, input, from, to)
    const kick: usize = noise + <usize>noiseRow(key, ROW_BIN + bin, mask)
    read = noise + <usize>noiseRow(key, ROW_READ + 1 + bin, mask)
    unit = units
    state = states
    let result = next,
      redo = again
    // what the stages pass is computed one vector ahead: its division would hold up all that follows from it
    let ue = f32x4.pmin(most, v128.load(state, X)),
      ui = f32x4.pmax(least, v128.load(state, Y))
    let exc = passed(ue, unit),
      inh = passed(ui, unit + INHIBITORY)
    for (let o: usize = 0; o < bytes; o += 16) {
      v128.store(result, f32x4.pmax(tiny, f32x4.mul(v128.load(state, X), v128.load(unit, LINE))), X)
      v128.store(result, f32x4.pmin(minusTiny, f32x4.mul(v128.load(state, Y), v128.load(unit, LINE + INHIBITORY))), Y)
      const v = v128.load(state, V)
      const free = f32x4.add(
        f32x4.mul(v, v128.load(unit, PM)),
        f32x4.mul(v128.load(kick + o), v128.load(unit, NOISE_SD))
      )
      const end = f32x4.add(free, f32x4.add(exc, inh))
      v128.store(result, end, V)
      v128.store(membrane + o, convert(end, unit, v128.load(read + o)))
      // between its ends a concave path stays below their mean plus half of what it bends over the bin; all doubled
      const bend = f32x4.add(bulge(ue, exc, unit), bulge(ui, inh, unit + INHIBITORY))
      const top = f32x4.add(end, f32x4.pmax(end, f32x4.add(v, bend)))
      // kept for later without a branch: which units fire cannot be predicted
      const lanes = i32x4.bitmask(f32x4.gt(top, v128.load(guards + o)))
      store<i32>(redo, ((<i32>o) << 4) | lanes)
      redo += (<usize>(lanes != 0)) << 2
      unit += UNIT_BYTES
      state += STATE_BYTES
      result += STATE_BYTES
      // past the last vector lies another one, of no meaning
      ue = f32x4.pmin(most, v128.load(state, X))
      exc = passed(ue, unit)
      ui = f32x4.pmax(least, v128.load(state, Y))
      inh = passed(ui, unit + INHIBITORY)
    }
    if (redo > again) {
      if (load<i32>(scratch) != load<i32>(scratch, CLEARED)) {
        for (let p = cycles; p < cyclesEnd; p += 16) v128.store(p, zero)
        store<i32>(scratch, load<i32>(scratch), CLEARED)
      }
      for (let k = 0; k < 5; k++) {
        store<usize>(scratch + ((<usize>k) << 2), noise + <usize>noiseRow(key, ROW_STEP + bin * 5 + k, mask), ROWS)
      }
      for (let p = again; p < redo; p += 4) {
        const entry = load<i32>(p)
        const o: usize = entry >> 4
        const at: usize = (o >> 4) * STATE_BYTES
        let lanes = entry & 15
        do {
          const lane: usize = ctz(lanes) << 2
          const which: usize = o + lane
          const v = steppedBin(
            block,
            scratch,
            steppedUnits + (which >> 2) * STEPPED_BYTES,
            which,
            states + at + lane,
            guards + which,
            lefts + which,
            bin,
            load<f32>(kick + which),
            spikes + which
          )
          store<f32>(next + at + lane, v, V)
          // one lane alone: a vector of which a lane was just stored would have to wait for it
          store<f32>(membrane + which, convertOne(v, units + (o >> 4) * UNIT_BYTES + lane, load<f32>(read + which)))
          lanes &= lanes - 1
        } while (lanes)
      }
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
    memory.fill(spikes + at, 0, bytes)
    hiddenLayer(block, scratch, spikesIn, binsIn, key, membrane + at, spikes + at)
    readoutLayer(block, scratch, key, membrane + at)
  }
}
