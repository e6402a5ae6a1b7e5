// One bin of four hidden units in which something happens inside a step: lanes fire or leave the clamp at the exact time.
import {
  CAPACITY,
  LIST,
  STEP_US,
  BIN_US,
  PM,
  PE,
  PI,
  NOISE_STEP,
  THRESHOLD,
  CLAMP_P,
  CLAMP_E,
  CLAMP_I,
  CLAMP_NOISE,
  CLAMP_REST,
  REFRACTORY,
  RATE_MEM,
  RATE_CLAMP,
  RATE_EXC,
  RATE_INH,
  NOISE_SHIFT,
  CLAMP_SHIFT,
  PER_X,
  PER_Y,
  V,
  X,
  Y,
  GUARD,
  LEFT,
  ROWS,
  TIMES
} from './layout'

/** (e^x − 1) / x in four lanes; relative error below 1e-7 for |x| <= 1, 1e-5 for |x| <= 2 */
function phi(x: v128): v128 {
  const h = f32x4.mul(f32x4.splat(0.5), x)
  const h2 = f32x4.mul(h, h)
  const a = f32x4.add(f32x4.splat(1), f32x4.mul(h, f32x4.splat(0.5)))
  const b = f32x4.add(f32x4.splat(<f32>(1.0 / 6)), f32x4.mul(h, f32x4.splat(<f32>(1.0 / 24))))
  const c = f32x4.add(f32x4.splat(<f32>(1.0 / 120)), f32x4.mul(h, f32x4.splat(<f32>(1.0 / 720))))
  const d = f32x4.add(c, f32x4.mul(h2, f32x4.splat(<f32>(1.0 / 5040))))
  const p = f32x4.add(a, f32x4.mul(h2, f32x4.add(b, f32x4.mul(h2, d))))
  // e^2h − 1 = (e^h − 1)(e^h + 1)
  return f32x4.mul(p, f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.mul(f32x4.splat(0.5), h), p)))
}

/** where in [0, 1] the cubic with these ends and slopes (per unit) rises through 0, for p0 <= 0 < p1 */
function crossing(p0: v128, p1: v128, d0: v128, d1: v128): v128 {
  const zero = f32x4.splat(0),
    half = f32x4.splat(0.5),
    three = f32x4.splat(3)
  const rise = f32x4.sub(p1, p0),
    slopes = f32x4.add(d0, d1)
  const c2 = f32x4.sub(f32x4.mul(three, rise), f32x4.add(slopes, d0))
  const c3 = f32x4.sub(slopes, f32x4.add(rise, rise))
  let low = zero,
    high = f32x4.splat(1)
  let z = f32x4.neg(f32x4.div(p0, rise))
  // Newton's steps, halving the bracket where they leave it
  for (let n = 0; n < 3; n++) {
    const f = f32x4.add(p0, f32x4.mul(z, f32x4.add(d0, f32x4.mul(z, f32x4.add(c2, f32x4.mul(z, c3))))))
    const slope = f32x4.add(d0, f32x4.mul(z, f32x4.add(f32x4.add(c2, c2), f32x4.mul(z, f32x4.mul(three, c3)))))
    const above = f32x4.gt(f, zero)
    high = v128.bitselect(z, high, above)
    low = v128.bitselect(low, z, above)
    const next = f32x4.sub(z, f32x4.div(f, slope))
    const inside = v128.and(f32x4.ge(next, low), f32x4.le(next, high))
    z = v128.bitselect(next, f32x4.mul(half, f32x4.add(low, high)), inside)
  }
  return z
}

/** the membrane after a time s, from v towards a rest, with the currents e and i at the END of that time */
function settle(v: v128, towards: v128, s: v128, rate: v128, e: v128, rateExc: v128, i: v128, rateInh: v128): v128 {
  const sr = f32x4.mul(s, rate)
  const pull = f32x4.mul(f32x4.mul(f32x4.sub(v, towards), sr), phi(f32x4.neg(sr)))
  const exc = f32x4.mul(e, phi(f32x4.mul(s, f32x4.sub(rateExc, rate))))
  const inh = f32x4.mul(i, phi(f32x4.mul(s, f32x4.sub(rateInh, rate))))
  return f32x4.add(f32x4.sub(v, pull), f32x4.mul(s, f32x4.add(exc, inh)))
}

/** keeps the spikes of the lanes of a vector that fire */
function record(block: usize, scratch: usize, lanes: i32, first: i32, time: v128, spiked: usize): void {
  v128.store(scratch, time, TIMES)
  do {
    const lane = ctz(lanes)
    const count = load<i32>(scratch)
    if (count < load<i32>(block, CAPACITY)) {
      const entry: usize = scratch + load<usize>(block, LIST) + ((<usize>count) << 3)
      store<f32>(entry, load<f32>(scratch + ((<usize>lane) << 2), TIMES))
      store<i32>(entry, first + lane, 4)
      store<i32>(scratch, count + 1)
    }
    store<f32>(spiked + ((<usize>lane) << 2), 1)
    lanes &= lanes - 1
  } while (lanes)
}

/**
 * One bin of four units of which at least one fires or is refractory. Within a step a lane may leave the clamp, and it
 * may fire, in this order: refractory times are at least a step long.
 *
 * Both in closed form, from the currents e at the step's end: over a time s before it, a membrane of rate r moves
 * towards its rest by s·(−r)·φ(−s·r), and a current of rate q adds e·s·φ(s·(q − r)), φ(x) = (e^x − 1) / x.
 */
export function slowBin(
  block: usize,
  scratch: usize,
  unit: usize,
  state: usize,
  next: usize,
  guard: usize,
  offset: usize,
  bin: i32,
  spiked: usize
): v128 {
  const zero = f32x4.splat(0)
  const stepUs = load<f32>(block, STEP_US)
  const step = f32x4.splat(stepUs)
  const threshold = v128.load(unit, THRESHOLD),
    clampRest = v128.load(unit, CLAMP_REST)
  let v = v128.load(state, V),
    x = v128.load(state, X),
    y = v128.load(state, Y),
    left = v128.load(guard, LEFT)
  for (let k = 0; k < 5; k++) {
    const noise = v128.load(<usize>load<usize>(scratch + ((<usize>k) << 2), ROWS) + offset)
    const x1 = f32x4.mul(x, v128.load(unit, PE)),
      y1 = f32x4.mul(y, v128.load(unit, PI))
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
    const released = v128.not(v128.or(isFree, isClamped))
    let v1 = v128.bitselect(clamped, free, isClamped)
    let left1 = f32x4.pmax(zero, f32x4.sub(left, step))
    const above = v128.and(v128.and(f32x4.gt(v1, threshold), f32x4.le(v, threshold)), isFree)
    if (v128.any_true(v128.or(above, released))) {
      const perX = v128.load(unit, PER_X)
      const perY = v128.load(unit, PER_Y)
      const rate = v128.load(unit, RATE_MEM)
      const rateClamp = v128.load(unit, RATE_CLAMP)
      const rateExc = v128.load(unit, RATE_EXC)
      const rateInh = v128.load(unit, RATE_INH)
      // the step's noise is a constant current: it moves where the membrane would settle
      const towards = f32x4.mul(noise, v128.load(unit, NOISE_SHIFT))
      const towardsClamp = f32x4.add(clampRest, f32x4.mul(towards, v128.load(unit, CLAMP_SHIFT)))
      const e1 = f32x4.mul(x1, perX)
      const i1 = f32x4.mul(y1, perY)
      // the free part of the step: how long it is, and membrane and currents where it begins
      let span = step
      let v0 = v
      let e0 = f32x4.mul(x, perX)
      let i0 = f32x4.mul(y, perY)
      let fires = above
      if (v128.any_true(released)) {
        span = v128.bitselect(f32x4.sub(step, left), step, released)
        const one = f32x4.splat(1)
        const se = f32x4.mul(span, rateExc)
        const si = f32x4.mul(span, rateInh)
        e0 = v128.bitselect(f32x4.mul(e1, f32x4.add(one, f32x4.mul(se, phi(se)))), e0, released)
        i0 = v128.bitselect(f32x4.mul(i1, f32x4.add(one, f32x4.mul(si, phi(si)))), i0, released)
        v0 = v128.bitselect(settle(v, towardsClamp, left, rateClamp, e0, rateExc, i0, rateInh), v, released)
        v1 = v128.bitselect(settle(v0, towards, span, rate, e1, rateExc, i1, rateInh), v1, released)
        const again = v128.and(f32x4.gt(v1, threshold), f32x4.le(v0, threshold))
        fires = v128.or(above, v128.and(again, released))
      }
      if (v128.any_true(fires)) {
        const d0 = f32x4.sub(f32x4.add(e0, i0), f32x4.mul(f32x4.sub(v0, towards), rate))
        const d1 = f32x4.sub(f32x4.add(e1, i1), f32x4.mul(f32x4.sub(v1, towards), rate))
        const part = crossing(
          f32x4.sub(v0, threshold),
          f32x4.sub(v1, threshold),
          f32x4.mul(span, d0),
          f32x4.mul(span, d1)
        )
        const s = f32x4.sub(span, f32x4.mul(span, part))
        const reset = settle(threshold, towardsClamp, s, rateClamp, e1, rateExc, i1, rateInh)
        v1 = v128.bitselect(reset, v1, fires)
        left1 = v128.bitselect(f32x4.sub(v128.load(unit, REFRACTORY), s), left1, fires)
        const end: f32 = <f32>bin * load<f32>(block, BIN_US) + <f32>(k + 1) * stepUs
        const time = f32x4.sub(f32x4.splat(end), s)
        record(block, scratch, i32x4.bitmask(fires), <i32>(offset >> 2), time, spiked)
      }
    }
    v = v1
    left = left1
    x = x1
    y = y1
  }
  v128.store(next, v, V)
  v128.store(next, x, X)
  v128.store(next, y, Y)
  v128.store(guard, left, LEFT)
  v128.store(guard, v128.bitselect(f32x4.splat(-Infinity), threshold, f32x4.gt(left, zero)), GUARD)
  return v
}
