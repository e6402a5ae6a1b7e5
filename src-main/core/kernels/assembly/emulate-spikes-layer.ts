// One layer of emulate-spikes.ts through one sample: 4 units a vector, steps of a fixed length that are cut where an event
// arrives. A unit that has fired stays in its refractory time, which is set to outlast the sample.
// Potentials above the unit's rest, times in µs.
import { phi } from './closed-form'
import {
  E,
  I,
  KE,
  KI,
  LEVEL,
  NOISE,
  NOISE_MASK,
  NOISE_SHIFT,
  NOISE_STEP,
  PE,
  PI,
  PM,
  RATE_EXC,
  RATE_INH,
  RATE_MEM,
  START,
  START_SD,
  STATE_BYTES,
  STEPS,
  STEP_US,
  THRESHOLD,
  UNIT_BYTES,
  V
} from './emulate-spikes-layout'
import { noiseRow } from './noise'

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
export function layer(
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
