// The in-the-loop network, sample by sample: 4 units a vector, 5 steps a bin, exact exponential steps.
// Meaning: emulator/network/reference.ts. Memory layout: ../emulate.ts (offsets are repeated here as constants).
//
// A unit's state is (v, x, y): membrane above its rest, and both currents, each already multiplied with what it adds to
// the membrane in one step (y <= 0). The fast path steps all lanes as if nothing fired and keeps their largest value;
// a vector in which a lane passes its guard (threshold, or −∞ while refractory) does the bin again in `slowBin`, where
// lanes that fire or leave the clamp inside a step are moved from event to event in closed form (`moveLane`).
import { noiseKey, noiseRow } from './noise'

// rows of noise of one sample: see noise.ts
const ROW_START = 0, ROW_STEP = 1, ROW_READ = 0x1000, ROW_READOUT_START = 0x2000, ROW_READOUT = 0x2001, ROW_READOUT_READ = 0x3000

// network block
const HIDDEN = 0, VECTORS = 4, OUTPUTS = 8, READOUT_VECTORS = 12, BINS = 16, STRIDE = 20, UNITS = 24, READOUTS = 28
const WEIGHTS = 32, WEIGHT_ROW = 36, OUTPUT_WEIGHTS = 40, NOISE = 44, NOISE_MASK = 48, SEED = 52, CAPACITY = 56
const RESPONSES = 60, ARRIVALS = 64, LIST = 68, STEP_US = 72, BIN_US = 76, DELAY_US = 80, GRID = 84

// parameters of four units
const PM = 0, PE = 16, PI = 32, NOISE_STEP = 48, SLOPE = 64, OFFSET = 80, READ = 96, THRESHOLD = 112
const CLAMP_P = 128, CLAMP_E = 144, CLAMP_I = 160, CLAMP_NOISE = 176, CLAMP_REST = 192, REFRACTORY = 208
const RATE_MEM = 224, RATE_CLAMP = 240, RATE_EXC = 256, RATE_INH = 272, NOISE_SHIFT = 288, CLAMP_SHIFT = 304
const PER_X = 320, PER_Y = 336, NOISE_SD = 352
const UNIT_BYTES: usize = 384

// parameters of four readout units: PM … READ as above, but over a bin
const R_KE = 112, R_KI = 128, R_NOISE_SD = 144
const READOUT_BYTES: usize = 160

// state of four units
const V = 0, X = 16, Y = 32, GUARD = 48, LEFT = 64
const STATE_BYTES: usize = 80

// a member's scratch: number of spikes, addresses of the bin's 5 noise rows, lanes of one step, then the states
const ROWS = 16, T_V = 64, T_X = 80, T_Y = 96, T_LEFT = 112, T_NOISE = 128, T_V1 = 144, T_LEFT1 = 160, STATES = 192

/** (e^x − 1) / x; relative error below 1e-7 for |x| <= 1, 1e-5 for |x| <= 2 */
// @ts-ignore: decorator
@inline
function phi(x: f32): f32 {
  const h: f32 = 0.5 * x
  const p: f32 = 1 + h * (0.5 + h * (<f32>(1.0 / 6) + h * (<f32>(1.0 / 24) + h * (<f32>(1.0 / 120) + h * (<f32>(1.0 / 720) + h * <f32>(1.0 / 5040))))))
  // e^2h − 1 = (e^h − 1)(e^h + 1)
  return p * (1 + 0.5 * h * p)
}

// @ts-ignore: decorator
@inline
function exponential(x: f32): f32 {
  return 1 + x * phi(x)
}

/** where in [0, 1] the cubic with these ends and slopes (per unit) rises through 0; p0 <= 0 < p1 */
// @ts-ignore: decorator
@inline
function crossing(p0: f32, p1: f32, d0: f32, d1: f32): f32 {
  const c2: f32 = 3 * (p1 - p0) - 2 * d0 - d1
  const c3: f32 = 2 * (p0 - p1) + d0 + d1
  let low: f32 = 0, high: f32 = 1
  let z: f32 = p0 / (p0 - p1)
  for (let n = 0; n < 3; n++) {
    const f: f32 = ((c3 * z + c2) * z + d0) * z + p0
    if (f > 0) high = z
    else low = z
    const next: f32 = z - f / ((3 * c3 * z + 2 * c2) * z + d0)
    z = next >= low && next <= high ? next : 0.5 * (low + high)
  }
  return z
}

/** One lane through one step in which it fires or leaves the clamp. Reads and writes the scratch's lanes. */
function moveLane(block: usize, scratch: usize, unit: usize, lane: i32, index: i32, start: f32, spiked: usize): void {
  const at: usize = scratch + (<usize>lane << 2)
  const u: usize = unit + (<usize>lane << 2)
  const rateMem = load<f32>(u, RATE_MEM), rateClamp = load<f32>(u, RATE_CLAMP)
  const rateExc = load<f32>(u, RATE_EXC), rateInh = load<f32>(u, RATE_INH)
  const threshold = load<f32>(u, THRESHOLD)
  // the step's noise is a constant current: it shifts the potential at which the membrane would settle
  const shift: f32 = load<f32>(at, T_NOISE) * load<f32>(u, NOISE_SHIFT)
  let v = load<f32>(at, T_V)
  let e: f32 = load<f32>(at, T_X) * load<f32>(u, PER_X)
  let i: f32 = load<f32>(at, T_Y) * load<f32>(u, PER_Y)
  let left = load<f32>(at, T_LEFT)
  const step = load<f32>(block, STEP_US)
  let rest = step
  while (rest > 0) {
    const isClamped = left > 0
    const s = isClamped ? min(left, rest) : rest
    const rate = isClamped ? rateClamp : rateMem
    const towards: f32 = isClamped ? load<f32>(u, CLAMP_REST) + shift * load<f32>(u, CLAMP_SHIFT) : shift
    const x: f32 = -s * rate
    const e1: f32 = e * exponential(-s * rateExc)
    const i1: f32 = i * exponential(-s * rateInh)
    const v1: f32 = v + (v - towards) * (x * phi(x)) + s * (e1 * phi(s * (rateExc - rate)) + i1 * phi(s * (rateInh - rate)))
    if (!isClamped && v <= threshold && v1 > threshold) {
      const d0: f32 = e + i - (v - towards) * rate
      const d1: f32 = e1 + i1 - (v1 - towards) * rate
      const r: f32 = s * crossing(v - threshold, v1 - threshold, s * d0, s * d1)
      const count = load<i32>(scratch)
      if (count < load<i32>(block, CAPACITY)) {
        const entry: usize = scratch + load<u32>(block, LIST) + (<usize>count << 3)
        store<f32>(entry, start + (step - rest) + r)
        store<i32>(entry, index + lane, 4)
        store<i32>(scratch, count + 1)
      }
      store<f32>(spiked + (<usize>lane << 2), 1)
      e *= exponential(-r * rateExc)
      i *= exponential(-r * rateInh)
      v = threshold
      left = load<f32>(u, REFRACTORY)
      rest -= r
    } else {
      v = v1
      e = e1
      i = i1
      rest -= s
      if (isClamped) left -= s
    }
  }
  store<f32>(at, v, T_V1)
  store<f32>(at, left, T_LEFT1)
}

/** One bin of four units of which at least one fires or is refractory. */
function slowBin(block: usize, scratch: usize, unit: usize, state: usize, offset: usize, bin: i32, spiked: usize): void {
  const zero = f32x4.splat(0)
  const stepUs = load<f32>(block, STEP_US)
  const step = f32x4.splat(stepUs)
  const threshold = v128.load(unit, THRESHOLD), clampRest = v128.load(unit, CLAMP_REST)
  let v = v128.load(state, V), x = v128.load(state, X), y = v128.load(state, Y), left = v128.load(state, LEFT)
  for (let k = 0; k < 5; k++) {
    const noise = v128.load(<usize>load<u32>(scratch + (<usize>k << 2), ROWS) + offset)
    const free = f32x4.add(
      f32x4.mul(v, v128.load(unit, PM)),
      f32x4.add(f32x4.add(x, y), f32x4.mul(noise, v128.load(unit, NOISE_STEP)))
    )
    const clamped = f32x4.add(
      f32x4.add(clampRest, f32x4.mul(f32x4.sub(v, clampRest), v128.load(unit, CLAMP_P))),
      f32x4.add(
        f32x4.add(f32x4.mul(x, v128.load(unit, CLAMP_E)), f32x4.mul(y, v128.load(unit, CLAMP_I))),
        f32x4.mul(noise, v128.load(unit, CLAMP_NOISE))
      )
    )
    const isClamped = f32x4.ge(left, step)
    const isFree = f32x4.le(left, zero)
    let v1 = v128.bitselect(clamped, free, isClamped)
    let left1 = f32x4.pmax(zero, f32x4.sub(left, step))
    const fires = v128.and(v128.and(f32x4.gt(v1, threshold), f32x4.le(v, threshold)), isFree)
    const released = v128.not(v128.or(isFree, isClamped))
    let lanes = i32x4.bitmask(v128.or(fires, released))
    if (lanes) {
      v128.store(scratch, v, T_V)
      v128.store(scratch, x, T_X)
      v128.store(scratch, y, T_Y)
      v128.store(scratch, left, T_LEFT)
      v128.store(scratch, noise, T_NOISE)
      v128.store(scratch, v1, T_V1)
      v128.store(scratch, left1, T_LEFT1)
      const start: f32 = <f32>bin * load<f32>(block, BIN_US) + <f32>k * stepUs
      do {
        moveLane(block, scratch, unit, ctz(lanes), <i32>(offset >> 2), start, spiked)
        lanes &= lanes - 1
      } while (lanes)
      v1 = v128.load(scratch, T_V1)
      left1 = v128.load(scratch, T_LEFT1)
    }
    v = v1
    left = left1
    x = f32x4.mul(x, v128.load(unit, PE))
    y = f32x4.mul(y, v128.load(unit, PI))
  }
  v128.store(state, v, V)
  v128.store(state, x, X)
  v128.store(state, y, Y)
  v128.store(state, left, LEFT)
  v128.store(state, v128.bitselect(f32x4.splat(-Infinity), threshold, f32x4.gt(left, zero)), GUARD)
}

/** 8-bit column converter (hardware.md 7) */
// @ts-ignore: decorator
@inline
function convert(v: v128, unit: usize, noise: v128): v128 {
  const seen = f32x4.add(f32x4.mul(v, v128.load(unit, SLOPE)), f32x4.add(v128.load(unit, OFFSET), f32x4.mul(noise, v128.load(unit, READ))))
  return f32x4.pmin(f32x4.splat(255), f32x4.pmax(f32x4.splat(0), f32x4.nearest(seen)))
}

/** adds the bin's input spikes to the currents, 16 units at a time in registers */
// @ts-ignore: decorator
@inline
function addInput(states: usize, groups: i32, weights: usize, row: usize, from: usize, to: usize): void {
  const zero = f32x4.splat(0)
  for (let g = 0; g < groups; g++) {
    const state: usize = states + <usize>g * (4 * STATE_BYTES)
    const column: usize = weights + (<usize>g << 6)
    let x0 = v128.load(state, X), x1 = v128.load(state, 80 + X), x2 = v128.load(state, 160 + X), x3 = v128.load(state, 240 + X)
    let y0 = v128.load(state, Y), y1 = v128.load(state, 80 + Y), y2 = v128.load(state, 160 + Y), y3 = v128.load(state, 240 + Y)
    for (let p = from; p < to; p++) {
      const w: usize = column + <usize>load<u8>(p) * row
      const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32), w3 = v128.load(w, 48)
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
    v128.store(state, x1, 80 + X)
    v128.store(state, x2, 160 + X)
    v128.store(state, x3, 240 + X)
    v128.store(state, y0, Y)
    v128.store(state, y1, 80 + Y)
    v128.store(state, y2, 160 + Y)
    v128.store(state, y3, 240 + Y)
  }
}

/** the hidden units through one sample; leaves their spikes in the scratch's list */
function hiddenLayer(block: usize, scratch: usize, input: usize, binStart: usize, key: i32, membrane: usize, spikes: usize): void {
  const vectors = load<i32>(block, VECTORS)
  const groups = (vectors + 3) >> 2
  const units: usize = load<u32>(block, UNITS), stride: usize = load<u32>(block, STRIDE)
  const noise: usize = load<u32>(block, NOISE), mask = load<i32>(block, NOISE_MASK)
  const states: usize = scratch + STATES
  const zero = f32x4.splat(0)
  store<i32>(scratch, 0)
  let read: usize = noise + <usize>noiseRow(key, ROW_READ, mask)
  const begin: usize = noise + <usize>noiseRow(key, ROW_START, mask)
  // whole groups: the padding has no weights, but its state is read and written
  for (let j = 0; j < groups << 2; j++) {
    const unit: usize = units + <usize>j * UNIT_BYTES, state: usize = states + <usize>j * STATE_BYTES
    const offset: usize = <usize>j << 4
    const v = f32x4.mul(v128.load(begin + offset), v128.load(unit, NOISE_SD))
    v128.store(state, v, V)
    v128.store(state, zero, X)
    v128.store(state, zero, Y)
    v128.store(state, zero, LEFT)
    v128.store(state, v128.load(unit, THRESHOLD), GUARD)
    if (j < vectors) {
      v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
      v128.store(spikes + offset, zero)
    }
  }
  const last = load<i32>(block, BINS) - 1
  for (let bin = 0; bin < last; bin++) {
    membrane += stride
    spikes += stride
    const from: usize = input + <usize>load<u16>(binStart + (<usize>bin << 1)), to: usize = input + <usize>load<u16>(binStart + (<usize>bin << 1), 2)
    if (to > from) addInput(states, groups, load<u32>(block, WEIGHTS), load<u32>(block, WEIGHT_ROW), from, to)
    const row = ROW_STEP + bin * 5
    const n0: usize = noise + <usize>noiseRow(key, row, mask), n1: usize = noise + <usize>noiseRow(key, row + 1, mask)
    const n2: usize = noise + <usize>noiseRow(key, row + 2, mask), n3: usize = noise + <usize>noiseRow(key, row + 3, mask)
    const n4: usize = noise + <usize>noiseRow(key, row + 4, mask)
    store<u32>(scratch, <u32>n0, ROWS)
    store<u32>(scratch, <u32>n1, ROWS + 4)
    store<u32>(scratch, <u32>n2, ROWS + 8)
    store<u32>(scratch, <u32>n3, ROWS + 12)
    store<u32>(scratch, <u32>n4, ROWS + 16)
    read = noise + <usize>noiseRow(key, ROW_READ + 1 + bin, mask)
    let unit = units, state = states
    for (let j = 0; j < vectors; j++) {
      const offset: usize = <usize>j << 4
      const pm = v128.load(unit, PM), pe = v128.load(unit, PE), pi = v128.load(unit, PI), size = v128.load(unit, NOISE_STEP)
      let v = v128.load(state, V), x = v128.load(state, X), y = v128.load(state, Y)
      let top = v
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(f32x4.add(x, y), f32x4.mul(size, v128.load(n0 + offset))))
      top = f32x4.pmax(top, v)
      x = f32x4.mul(x, pe)
      y = f32x4.mul(y, pi)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(f32x4.add(x, y), f32x4.mul(size, v128.load(n1 + offset))))
      top = f32x4.pmax(top, v)
      x = f32x4.mul(x, pe)
      y = f32x4.mul(y, pi)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(f32x4.add(x, y), f32x4.mul(size, v128.load(n2 + offset))))
      top = f32x4.pmax(top, v)
      x = f32x4.mul(x, pe)
      y = f32x4.mul(y, pi)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(f32x4.add(x, y), f32x4.mul(size, v128.load(n3 + offset))))
      top = f32x4.pmax(top, v)
      x = f32x4.mul(x, pe)
      y = f32x4.mul(y, pi)
      v = f32x4.add(f32x4.mul(v, pm), f32x4.add(f32x4.add(x, y), f32x4.mul(size, v128.load(n4 + offset))))
      top = f32x4.pmax(top, v)
      v128.store(spikes + offset, zero)
      if (v128.any_true(f32x4.gt(top, v128.load(state, GUARD)))) {
        slowBin(block, scratch, unit, state, offset, bin, spikes + offset)
        v = v128.load(state, V)
      } else {
        v128.store(state, v, V)
        v128.store(state, f32x4.mul(x, pe), X)
        v128.store(state, f32x4.mul(y, pi), Y)
      }
      v128.store(membrane + offset, convert(v, unit, v128.load(read + offset)))
      unit += UNIT_BYTES
      state += STATE_BYTES
    }
  }
}

/**
 * The readout units through one sample. They do not fire, so only the ends of bins matter: each hidden spike adds, at
 * the end of the bin in which it arrives, what its current and membrane response are by then (table over the time left).
 */
function readoutLayer(block: usize, scratch: usize, key: i32, membrane: usize, spikes: usize): void {
  const vectors = load<i32>(block, READOUT_VECTORS), outputs = load<i32>(block, OUTPUTS)
  const last = load<i32>(block, BINS) - 1
  const noise: usize = load<u32>(block, NOISE), mask = load<i32>(block, NOISE_MASK)
  const arrivals: usize = scratch + load<u32>(block, ARRIVALS), responses: usize = load<u32>(block, RESPONSES)
  const zero = f32x4.splat(0)
  const bytes: usize = <usize>vectors * 48
  memory.fill(arrivals, 0, <usize>last * bytes)

  const grid = load<i32>(block, GRID), binUs = load<f32>(block, BIN_US), delay = load<f32>(block, DELAY_US)
  const list: usize = scratch + load<u32>(block, LIST), count = load<i32>(scratch)
  const weights: usize = load<u32>(block, OUTPUT_WEIGHTS)
  for (let k = 0; k < count; k++) {
    const arrival: f32 = (load<f32>(list + (<usize>k << 3)) + delay) / binUs
    const bin = <i32>arrival
    if (bin >= last) continue
    const left: f32 = (<f32>(bin + 1) - arrival) * <f32>grid
    const cell = min(<i32>left, grid - 1)
    const part = f32x4.splat(left - <f32>cell)
    let to: usize = arrivals + <usize>bin * bytes
    let response: usize = responses + (<usize>(cell * vectors) << 6)
    let weight: usize = weights + (<usize>(load<i32>(list + (<usize>k << 3), 4) * vectors) << 4)
    const next: usize = <usize>vectors << 6
    for (let r = 0; r < vectors; r++) {
      const w = v128.load(weight)
      const exc = f32x4.pmax(zero, w), inh = f32x4.pmin(zero, w)
      const above: usize = response + next
      let a = v128.load(response), b = v128.load(response, 16), c = v128.load(response, 32), d = v128.load(response, 48)
      a = f32x4.add(a, f32x4.mul(part, f32x4.sub(v128.load(above), a)))
      b = f32x4.add(b, f32x4.mul(part, f32x4.sub(v128.load(above, 16), b)))
      c = f32x4.add(c, f32x4.mul(part, f32x4.sub(v128.load(above, 32), c)))
      d = f32x4.add(d, f32x4.mul(part, f32x4.sub(v128.load(above, 48), d)))
      v128.store(to, f32x4.add(v128.load(to), f32x4.add(f32x4.mul(exc, a), f32x4.mul(inh, c))))
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(exc, b)), 16)
      v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(inh, d)), 32)
      to += 48
      response += 64
      weight += 16
    }
  }

  const stride: usize = load<u32>(block, STRIDE)
  const first: usize = <usize>load<i32>(block, HIDDEN) << 2
  for (let r = 0; r < vectors; r++) {
    const unit: usize = load<u32>(block, READOUTS) + <usize>r * READOUT_BYTES
    const offset: usize = <usize>r << 4
    const lanes = min(4, outputs - (r << 2))
    let v = f32x4.mul(v128.load(noise + <usize>noiseRow(key, ROW_READOUT_START, mask) + offset), v128.load(unit, R_NOISE_SD))
    let e = zero, i = zero
    for (let t = 0; t <= last; t++) {
      if (t > 0) {
        const n = v128.load(noise + <usize>noiseRow(key, ROW_READOUT + t, mask) + offset)
        const from: usize = arrivals + <usize>(t - 1) * bytes + <usize>r * 48
        v = f32x4.add(f32x4.mul(v, v128.load(unit, PM)), f32x4.add(f32x4.mul(e, v128.load(unit, R_KE)), f32x4.mul(i, v128.load(unit, R_KI))))
        v = f32x4.add(v, f32x4.add(f32x4.mul(n, v128.load(unit, NOISE_STEP)), v128.load(from)))
        e = f32x4.add(f32x4.mul(e, v128.load(unit, PE)), v128.load(from, 16))
        i = f32x4.add(f32x4.mul(i, v128.load(unit, PI)), v128.load(from, 32))
      }
      // lane by lane: the next row begins right after the last output
      v128.store(scratch, convert(v, unit, v128.load(noise + <usize>noiseRow(key, ROW_READOUT_READ + t, mask) + offset)), T_V)
      const to: usize = <usize>t * stride + first + offset
      for (let lane = 0; lane < lanes; lane++) {
        store<f32>(membrane + to + (<usize>lane << 2), load<f32>(scratch + (<usize>lane << 2), T_V))
        store<f32>(spikes + to + (<usize>lane << 2), 0)
      }
    }
  }
}

/**
 * Samples index[from … to) of a presentation; row b of the results is sample index[b]. Stimulus as network-port.ts has it.
 */
export function emulate(
  block: usize, scratch: usize, input: usize, start: usize, binStart: usize,
  index: usize, from: i32, to: i32, trial: i32, membrane: usize, spikes: usize
): void {
  const bins = load<i32>(block, BINS)
  const bytes: usize = <usize>bins * <usize>load<u32>(block, STRIDE)
  const seed = load<i32>(block, SEED)
  for (let b = from; b < to; b++) {
    const sample = load<i32>(index + (<usize>b << 2))
    const key = noiseKey(seed, trial, sample)
    const at: usize = <usize>b * bytes
    const spikesIn: usize = input + <usize>load<u32>(start + (<usize>sample << 2))
    const binsIn: usize = binStart + <usize>(sample * (bins + 1)) * 2
    hiddenLayer(block, scratch, spikesIn, binsIn, key, membrane + at, spikes + at)
    readoutLayer(block, scratch, key, membrane + at, spikes + at)
  }
}
