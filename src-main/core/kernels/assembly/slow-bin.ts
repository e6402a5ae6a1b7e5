// One bin of four hidden units in which something happens inside a step: lanes fire or leave the clamp at the exact time.
import {
  CAPACITY,
  LIST,
  LOSS,
  EVENT_OUTPUT,
  CYCLES,
  OUTPUT_BYTES,
  CYCLE_RATE,
  ROW_EVENT,
  KEY,
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
  REFRACTORY_CYCLE,
  MIDDLE_E,
  MIDDLE_I,
  MOST_E,
  MOST_I,
  FALL_E,
  FALL_I,
  BEND_E,
  BEND_I,
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
import { eventBits, moreBits } from './noise'
import { LARGEST_LINE, tanh4 } from './stage'

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

/**
 * Keeps the spikes of the lanes of a vector that fire, as far as the event outputs pass them; those that the link to the
 * host loses are marked and not told. Leaves −1 … 1 of each of these lanes: how far its refractory period is off.
 */
function record(
  block: usize,
  scratch: usize,
  lanes: i32,
  first: i32,
  bin: i32,
  k: i32,
  inBin: v128,
  spiked: usize
): void {
  v128.store(scratch, inBin, TIMES)
  const start: f32 = <f32>bin * load<f32>(block, BIN_US)
  do {
    const lane = ctz(lanes)
    const unit = first + lane
    const time: usize = scratch + ((<usize>lane) << 2)
    const bits = eventBits(load<i32>(scratch, KEY), ROW_EVENT + bin * 5 + k, unit)
    const count = load<i32>(scratch)
    if (count < load<i32>(block, CAPACITY) && passes(block, scratch, unit, load<f32>(time, TIMES))) {
      const entry: usize = scratch + load<usize>(block, LIST) + ((<usize>count) << 3)
      const lost: i32 = <u32>moreBits(bits) < load<u32>(block, LOSS) ? 0x80000000 : 0
      store<f32>(entry, start + load<f32>(time, TIMES))
      store<i32>(entry, unit | lost, 4)
      store<i32>(scratch, count + 1)
      if (lost == 0) store<f32>(spiked + ((<usize>lane) << 2), 1)
    }
    store<f32>(time, <f32>bits * <f32>(1.0 / 2147483648), TIMES)
    lanes &= lanes - 1
  } while (lanes)
}

/**
 * One bin of four units of which at least one fires or is refractory. Within a step a lane may leave the clamp, and it
 * may fire, in this order: refractory times are at least a step long.
 *
 * What the input stages pass follows a parabola around the middle of the bin; within a step it falls as its line does.
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
  const x = v128.load(state, X),
    y = v128.load(state, Y)
  let v = v128.load(state, V),
    left = v128.load(guard, LEFT)
  const half = f32x4.splat(0.5)
  const ue = f32x4.pmin(f32x4.splat(LARGEST_LINE), f32x4.mul(x, v128.load(unit, MIDDLE_E))),
    ui = f32x4.pmax(f32x4.splat(-LARGEST_LINE), f32x4.mul(y, v128.load(unit, MIDDLE_I)))
  const te = tanh4(ue),
    ti = tanh4(ui)
  const we = f32x4.mul(ue, te),
    wi = f32x4.mul(ui, ti)
  const fe = f32x4.sub(ue, f32x4.mul(te, we)),
    fi = f32x4.sub(ui, f32x4.mul(ti, wi))
  // tanh(u e^−t) = te − fe t + fe (1 − 2 we) t² / 2, at the steps −2 … 2
  const fallE = f32x4.mul(fe, v128.load(unit, FALL_E)),
    fallI = f32x4.mul(fi, v128.load(unit, FALL_I))
  const bendE = f32x4.mul(f32x4.mul(fe, f32x4.sub(half, we)), v128.load(unit, BEND_E)),
    bendI = f32x4.mul(f32x4.mul(fi, f32x4.sub(half, wi)), v128.load(unit, BEND_I))
  const valueE = f32x4.mul(te, v128.load(unit, MOST_E)),
    valueI = f32x4.mul(ti, v128.load(unit, MOST_I))
  for (let k = 0; k < 5; k++) {
    const at = f32x4.splat(<f32>(k - 2))
    const noise = v128.load(<usize>load<usize>(scratch + ((<usize>k) << 2), ROWS) + offset)
    // what the stages make of the currents, in the same terms
    const xs = f32x4.add(valueE, f32x4.mul(at, f32x4.sub(f32x4.mul(at, bendE), fallE)))
    const ys = f32x4.add(valueI, f32x4.mul(at, f32x4.sub(f32x4.mul(at, bendI), fallI)))
    const free = f32x4.add(
      f32x4.mul(v, v128.load(unit, PM)),
      f32x4.add(f32x4.add(xs, ys), f32x4.mul(noise, v128.load(unit, NOISE_STEP)))
    )
    const clamped = f32x4.add(
      f32x4.add(clampRest, f32x4.mul(f32x4.sub(v, clampRest), v128.load(unit, CLAMP_P))),
      f32x4.add(
        f32x4.add(f32x4.mul(xs, v128.load(unit, CLAMP_E)), f32x4.mul(ys, v128.load(unit, CLAMP_I))),
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
      const e1 = f32x4.mul(f32x4.mul(xs, v128.load(unit, PE)), perX)
      const i1 = f32x4.mul(f32x4.mul(ys, v128.load(unit, PI)), perY)
      // the free part of the step: how long it is, and membrane and currents where it begins
      let span = step
      let v0 = v
      let e0 = f32x4.mul(xs, perX)
      let i0 = f32x4.mul(ys, perY)
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
        const inBin = f32x4.sub(f32x4.splat(<f32>(k + 1) * stepUs), s)
        record(block, scratch, i32x4.bitmask(fires), <i32>(offset >> 2), bin, k, inBin, spiked)
        const off = f32x4.mul(v128.load(scratch, TIMES), v128.load(unit, REFRACTORY_CYCLE))
        const period = f32x4.pmax(step, f32x4.add(v128.load(unit, REFRACTORY), off))
        left1 = v128.bitselect(f32x4.sub(period, s), left1, fires)
      }
    }
    v = v1
    left = left1
  }
  v128.store(next, v, V)
  v128.store(guard, left, LEFT)
  v128.store(guard, v128.bitselect(f32x4.splat(-Infinity), threshold, f32x4.gt(left, zero)), GUARD)
  return v
}
