// First spikes of an emulated chip's network with exact input times: 4 units a vector, steps of a fixed length that are cut
// where an event arrives. A unit that has fired stays in its refractory time, which is set to outlast the sample.
// Meaning: emulator/lif-reference.ts; layout: ../emulate-spikes.ts. Potentials above the unit's rest, times in µs.
import { phi } from './closed-form'
import { noiseKey, noiseRow } from './noise'

const HIDDEN = 0,
  OUTPUTS = 4,
  STEPS = 8,
  NOISE = 12,
  NOISE_MASK = 16,
  SEED = 20,
  STEP_US = 24,
  DELAY_US = 28,
  STAMP_US = 32,
  HIDDEN_UNITS = 36,
  OUTPUT_UNITS = 40,
  HIDDEN_WEIGHTS = 44,
  HIDDEN_ROW = 48,
  OUTPUT_WEIGHTS = 52,
  OUTPUT_ROW = 56,
  /** f32 [inputs], [hidden]: what delay units add to an event's time, or 0 */
  INPUT_DELAYS = 60,
  HIDDEN_DELAYS = 64,
  JITTER_US = 68,
  /** f64 [batch][inputs], [batch][hidden], µs: when the delay units fired */
  INPUT_DELAYED = 72,
  HIDDEN_DELAYED = 76,
  INPUTS = 80

// parameters of four units
const PM = 0,
  PE = 16,
  PI = 32,
  KE = 48,
  KI = 64,
  NOISE_STEP = 80,
  NOISE_SHIFT = 96,
  THRESHOLD = 112,
  RATE_MEM = 128,
  RATE_EXC = 144,
  RATE_INH = 160,
  START = 176,
  START_SD = 192
const UNIT_BYTES: usize = 208

// state of four units
const V = 0,
  E = 16,
  I = 32,
  /** threshold, Infinity once fired */
  LEVEL = 48
const STATE_BYTES: usize = 64

// rows of noise of a sample, apart from those of emulate.ts
const ROW_START = 0x4000,
  ROW_OUTPUT = 0x5000,
  ROW_JITTER = 0x6000

/** where in [0, 1] the cubic with these ends and slopes rises through 0, for p0 <= 0 < p1 */
function crossing(p0: f32, p1: f32, d0: f32, d1: f32): f32 {
  const c2: f32 = 3 * (p1 - p0) - 2 * d0 - d1
  const c3: f32 = d0 + d1 - 2 * (p1 - p0)
  let low: f32 = 0
  let high: f32 = 1
  let z: f32 = -p0 / (p1 - p0)
  for (let n = 0; n < 6; n++) {
    const f: f32 = p0 + z * (d0 + z * (c2 + z * c3))
    if (f > 0) high = z
    else low = z
    const next: f32 = z - f / (d0 + z * (2 * c2 + 3 * z * c3))
    z = next >= low && next <= high ? next : 0.5 * (low + high)
  }
  return z
}

/** the lanes of a vector that crossed in the segment: their times, stamped and exact; @returns how many */
function fired(
  unit: usize,
  state: usize,
  lanes: i32,
  first: i32,
  v0: v128,
  v1: v128,
  e0: v128,
  i0: v128,
  e1: v128,
  i1: v128,
  towards: v128,
  begin: f32,
  length: f32,
  exact: usize,
  scratch: usize
): i32 {
  const rate = v128.load(unit, RATE_MEM)
  const level = v128.load(state, LEVEL)
  v128.store(scratch, f32x4.sub(v0, level))
  v128.store(scratch, f32x4.sub(v1, level), 16)
  const s = f32x4.splat(length)
  v128.store(scratch, f32x4.mul(s, f32x4.sub(f32x4.add(e0, i0), f32x4.mul(f32x4.sub(v0, towards), rate))), 32)
  v128.store(scratch, f32x4.mul(s, f32x4.sub(f32x4.add(e1, i1), f32x4.mul(f32x4.sub(v1, towards), rate))), 48)
  let count = 0
  while (lanes) {
    const lane = ctz(lanes)
    lanes &= lanes - 1
    const at: usize = scratch + ((<usize>lane) << 2)
    const z = crossing(load<f32>(at), load<f32>(at, 16), load<f32>(at, 32), load<f32>(at, 48))
    store<f32>(exact + ((<usize>(first + lane)) << 2), begin + length * z)
    store<f32>(state + ((<usize>lane) << 2), Infinity, LEVEL)
    count++
  }
  return count
}

/**
 * One layer through one sample.
 * @param events f32 time and i32 row of weights, 8 bytes each, sorted by time
 * @param exact f32 [units]: spike times, Infinity where there is none
 */
function layer(
  block: usize,
  units: i32,
  parameters: usize,
  weights: usize,
  row: usize,
  events: usize,
  count: i32,
  key: i32,
  rows: i32,
  exact: usize,
  scratch: usize
): void {
  const vectors = (units + 3) >> 2
  const states = scratch + 64
  const noise: usize = load<usize>(block, NOISE)
  const mask = load<i32>(block, NOISE_MASK)
  const zero = f32x4.splat(0)
  const begin: usize = noise + <usize>noiseRow(key, rows, mask)
  for (let j = 0; j < vectors; j++) {
    const unit: usize = parameters + <usize>j * UNIT_BYTES
    const state: usize = states + <usize>j * STATE_BYTES
    const level = v128.load(unit, THRESHOLD)
    const centre = v128.load(unit, START)
    const v = f32x4.add(centre, f32x4.mul(v128.load(begin + ((<usize>j) << 4)), v128.load(unit, START_SD)))
    v128.store(state, f32x4.pmin(f32x4.pmax(level, centre), v), V)
    v128.store(state, zero, E)
    v128.store(state, zero, I)
    v128.store(state, level, LEVEL)
  }
  for (let j = 0; j < vectors << 2; j++) store<f32>(exact + ((<usize>j) << 2), Infinity)
  const steps = load<i32>(block, STEPS)
  const stepUs = load<f32>(block, STEP_US)
  let next = 0
  let left = units
  for (let step = 0; step < steps && left > 0; step++) {
    const n: usize = noise + <usize>noiseRow(key, rows + 1 + step, mask)
    const end: f32 = <f32>(step + 1) * stepUs
    let t: f32 = <f32>step * stepUs
    do {
      // events that have come by now, then the segment to the next one or to the step's end
      const from = next
      while (next < count && load<f32>(events + ((<usize>next) << 3)) <= t) next++
      let to = end
      if (next < count) to = min(to, load<f32>(events + ((<usize>next) << 3)))
      const full = to == end && t == <f32>step * stepUs
      const length: f32 = to - t
      const s = f32x4.splat(length)
      for (let j = 0; j < vectors; j++) {
        const unit: usize = parameters + <usize>j * UNIT_BYTES
        const state: usize = states + <usize>j * STATE_BYTES
        const offset: usize = (<usize>j) << 4
        let e0 = v128.load(state, E)
        let i0 = v128.load(state, I)
        for (let k = from; k < next; k++) {
          const at: usize = weights + <usize>load<i32>(events + ((<usize>k) << 3), 4) * row + offset
          const w = v128.load(at)
          e0 = f32x4.add(e0, f32x4.pmax(zero, w))
          i0 = f32x4.add(i0, f32x4.pmin(zero, w))
        }
        const v0 = v128.load(state, V)
        const kick = v128.load(n + offset)
        let v1: v128, e1: v128, i1: v128
        if (full) {
          e1 = f32x4.mul(e0, v128.load(unit, PE))
          i1 = f32x4.mul(i0, v128.load(unit, PI))
          v1 = f32x4.add(
            f32x4.add(f32x4.mul(v0, v128.load(unit, PM)), f32x4.mul(kick, v128.load(unit, NOISE_STEP))),
            f32x4.add(f32x4.mul(e0, v128.load(unit, KE)), f32x4.mul(i0, v128.load(unit, KI)))
          )
        } else {
          const rm = f32x4.mul(s, v128.load(unit, RATE_MEM))
          const re = f32x4.mul(s, v128.load(unit, RATE_EXC))
          const ri = f32x4.mul(s, v128.load(unit, RATE_INH))
          e1 = f32x4.mul(e0, f32x4.sub(f32x4.splat(1), f32x4.mul(re, phi(f32x4.neg(re)))))
          i1 = f32x4.mul(i0, f32x4.sub(f32x4.splat(1), f32x4.mul(ri, phi(f32x4.neg(ri)))))
          const towards = f32x4.mul(kick, v128.load(unit, NOISE_SHIFT))
          v1 = f32x4.sub(v0, f32x4.mul(f32x4.mul(f32x4.sub(v0, towards), rm), phi(f32x4.neg(rm))))
          const exc = f32x4.mul(e1, phi(f32x4.sub(re, rm)))
          const inh = f32x4.mul(i1, phi(f32x4.sub(ri, rm)))
          v1 = f32x4.add(v1, f32x4.mul(s, f32x4.add(exc, inh)))
        }
        v128.store(state, v1, V)
        v128.store(state, e1, E)
        v128.store(state, i1, I)
        const level = v128.load(state, LEVEL)
        const above = v128.and(f32x4.gt(v1, level), f32x4.le(v0, level))
        if (v128.any_true(above)) {
          const towards = f32x4.mul(kick, v128.load(unit, NOISE_SHIFT))
          const lanes = i32x4.bitmask(above)
          left -= fired(unit, state, lanes, j << 2, v0, v1, e0, i0, e1, i1, towards, t, length, exact, scratch)
        }
      }
      t = to
    } while (t < end)
  }
}

/** keeps an event in its place by time */
function insert(events: usize, count: i32, time: f32, row: i32): void {
  let k = count
  while (k > 0 && load<f32>(events + ((<usize>(k - 1)) << 3)) > time) {
    store<u64>(events + ((<usize>k) << 3), load<u64>(events + ((<usize>(k - 1)) << 3)))
    k--
  }
  store<f32>(events + ((<usize>k) << 3), time)
  store<i32>(events + ((<usize>k) << 3), row, 4)
}

/** when the delay unit of source k fired; what the event link tells of it goes to `told` */
function delayUnit(t: f32, k: i32, delays: usize, noise: usize, jitter: f32, step: f64, told: usize): f32 {
  const at: usize = (<usize>k) << 2
  const fired = t + load<f32>(delays + at) + jitter * load<f32>(noise + at)
  store<f64>(told + (at << 1), Math.floor(<f64>fired / step) * step)
  return fired
}

function stamp(times: usize, units: i32, step: f64, to: usize): void {
  for (let u = 0; u < units; u++) {
    const t = <f64>load<f32>(times + ((<usize>u) << 2))
    store<f64>(to + ((<usize>u) << 3), t == Infinity ? t : Math.floor(t / step) * step)
  }
}

/**
 * Samples index[from … to) of a presentation. Inputs as first-spike.ts has them, `unitUs` is their unit of time.
 * @param hiddenTimes, outputTimes f64 [batch][units], µs: what the chip's event link delivered, Infinity: nothing
 * @param list scratch for events, 8 bytes each @param exact f32 scratch of a layer's units
 */
export function emulateSpikes(
  block: usize,
  start: usize,
  times: usize,
  inputs: usize,
  unitUs: f64,
  index: usize,
  from: i32,
  to: i32,
  trial: i32,
  hiddenTimes: usize,
  outputTimes: usize,
  list: usize,
  exact: usize,
  scratch: usize
): void {
  const hidden = load<i32>(block, HIDDEN)
  const outputs = load<i32>(block, OUTPUTS)
  const step = <f64>load<f32>(block, STAMP_US)
  const delay = load<f32>(block, DELAY_US)
  const noise: usize = load<usize>(block, NOISE)
  const mask = load<i32>(block, NOISE_MASK)
  const inputDelays: usize = load<usize>(block, INPUT_DELAYS)
  const hiddenDelays: usize = load<usize>(block, HIDDEN_DELAYS)
  const jitter = load<f32>(block, JITTER_US)
  const sources = load<i32>(block, INPUTS)
  for (let b = from; b < to; b++) {
    const sample = load<i32>(index + ((<usize>b) << 2))
    const key = noiseKey(load<i32>(block, SEED), trial, sample)
    const jitterIn: usize = noise + <usize>noiseRow(key, ROW_JITTER, mask)
    const jitterHidden: usize = noise + <usize>noiseRow(key, ROW_JITTER + 1, mask)
    const first = load<i32>(start + ((<usize>sample) << 2))
    const last = load<i32>(start + ((<usize>sample) << 2), 4)
    let count = 0
    const inputTold: usize = <usize>load<usize>(block, INPUT_DELAYED) + ((<usize>(b * sources)) << 3)
    const hiddenTold: usize = <usize>load<usize>(block, HIDDEN_DELAYED) + ((<usize>(b * hidden)) << 3)
    if (inputDelays) {
      for (let i = 0; i < sources; i++) store<f64>(inputTold + ((<usize>i) << 3), Infinity)
      for (let h = 0; h < hidden; h++) store<f64>(hiddenTold + ((<usize>h) << 3), Infinity)
    }
    for (let k = first; k < last; k++) {
      const i = load<i32>(inputs + ((<usize>k) << 2))
      let t = <f32>(Math.floor((load<f64>(times + ((<usize>k) << 3)) * unitUs) / step + 0.5) * step)
      // the delay unit's spike takes its way through the crossbar, too
      if (inputDelays) t = delayUnit(t, i, inputDelays, jitterIn, jitter, step, inputTold) + delay
      insert(list, count++, t, i)
    }
    layer(
      block,
      hidden,
      load<usize>(block, HIDDEN_UNITS),
      load<usize>(block, HIDDEN_WEIGHTS),
      load<usize>(block, HIDDEN_ROW),
      list,
      count,
      key,
      ROW_START,
      exact,
      scratch
    )
    stamp(exact, hidden, step, hiddenTimes + ((<usize>(b * hidden)) << 3))
    count = 0
    for (let h = 0; h < hidden; h++) {
      let t = load<f32>(exact + ((<usize>h) << 2))
      if (t == Infinity) continue
      if (hiddenDelays) t = delayUnit(t, h, hiddenDelays, jitterHidden, jitter, step, hiddenTold)
      insert(list, count++, t + delay, h)
    }
    layer(
      block,
      outputs,
      load<usize>(block, OUTPUT_UNITS),
      load<usize>(block, OUTPUT_WEIGHTS),
      load<usize>(block, OUTPUT_ROW),
      list,
      count,
      key,
      ROW_OUTPUT,
      exact,
      scratch
    )
    stamp(exact, outputs, step, outputTimes + ((<usize>(b * outputs)) << 3))
  }
}
