// One bin of one hidden unit in five steps: it may leave its clamp in a step, and it may fire in it, at the exact time.
import { crossing, grown, settle } from './closed-form'
import { fired } from './fired'
import {
  BEND,
  CLAMPED,
  DRIVE,
  FALL,
  KICK,
  ROWS,
  S_BEGIN,
  S_BEND,
  S_CLAMPED,
  S_CLAMP_NOISE,
  S_CLAMP_P,
  S_CLAMP_REST,
  S_CLAMP_SHIFT,
  S_COUNTS,
  S_END,
  S_FALL,
  S_FREE,
  S_LEVEL,
  S_LINES,
  S_MIDDLE,
  S_MOST,
  S_NOISE,
  S_PM,
  S_RATE,
  S_REFRACTORY,
  S_REFRACTORY_CYCLE,
  S_SHARE,
  S_SHIFT,
  S_THRESHOLD,
  S_TOTAL,
  STEP_US,
  V,
  VALUE,
  X,
  Y
} from './layout'
import { LARGEST_LINE, tanh4 } from './stage'

/**
 * The noise of the five steps, in units of its sd, given what it adds up to at the end of the bin: independent normal
 * numbers, moved along the one direction that changes the sum (so they are distributed as five independent ones are).
 * Left at KICK.
 * @param total normal number of the whole bin
 */
function bridge(scratch: usize, unit: usize, which: usize, total: f32): void {
  const counts = v128.load(unit, S_COUNTS)
  let four = v128.load32_splat(load<usize>(scratch, ROWS) + which)
  four = v128.load_lane<f32>(load<usize>(scratch, ROWS + 4) + which, four, 1)
  four = v128.load_lane<f32>(load<usize>(scratch, ROWS + 8) + which, four, 2)
  four = v128.load_lane<f32>(load<usize>(scratch, ROWS + 12) + which, four, 3)
  const fifth = load<f32>(load<usize>(scratch, ROWS + 16) + which)
  const sums = f32x4.mul(four, counts)
  const sum: f32 =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3) + fifth)
  const off: f32 = (total * load<f32>(unit, S_TOTAL) - sum) * load<f32>(unit, S_SHARE)
  v128.store(scratch, f32x4.add(four, f32x4.mul(f32x4.splat(off), counts)), KICK)
  store<f32>(scratch, fifth + off, KICK + 16)
}

/**
 * What the stages pass in a step, as it adds to the membrane, at the times a from the middle: t − f a + b a², with t, f, b
 * of hidden-tables.ts left at VALUE, FALL and BEND; and what a step adds, free at DRIVE and clamped at CLAMPED.
 */
function drive(scratch: usize, unit: usize, state: usize): void {
  const line = v128.shuffle<f32>(v128.load32_splat(state, X), v128.load32_splat(state, Y), 0, 1, 4, 5)
  const u = f32x4.pmin(f32x4.splat(LARGEST_LINE), f32x4.pmax(f32x4.splat(-LARGEST_LINE), line))
  const t = tanh4(u),
    w = f32x4.mul(u, t),
    f = f32x4.sub(u, f32x4.mul(t, w))
  const fall = f32x4.mul(f, v128.load(unit, S_FALL)),
    bend = f32x4.mul(f32x4.mul(f, f32x4.sub(f32x4.splat(0.5), w)), v128.load(unit, S_BEND))
  // the mean over a step: its times have the variance 1 / 12
  const value = f32x4.add(f32x4.mul(t, v128.load(unit, S_MOST)), f32x4.mul(bend, f32x4.splat(<f32>(1.0 / 12))))
  v128.store(scratch, value, VALUE)
  v128.store(scratch, fall, FALL)
  v128.store(scratch, bend, BEND)
  // clamped and free: sums of the outer and of the inner lanes
  const values = f32x4.add(value, v128.shuffle<f32>(value, value, 3, 2, 1, 0)),
    falls = f32x4.add(fall, v128.shuffle<f32>(fall, fall, 3, 2, 1, 0)),
    bends = f32x4.add(bend, v128.shuffle<f32>(bend, bend, 3, 2, 1, 0))
  const kick = v128.load(scratch, KICK),
    last = load<f32>(scratch, KICK + 16)
  const middle = load<f32>(unit, S_MIDDLE),
    end: f32 = 4 - middle
  const at = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(middle))
  const v0 = f32x4.extract_lane(values, 0),
    v1 = f32x4.extract_lane(values, 1)
  const f0 = f32x4.extract_lane(falls, 0),
    f1 = f32x4.extract_lane(falls, 1)
  const b0 = f32x4.extract_lane(bends, 0),
    b1 = f32x4.extract_lane(bends, 1)
  const clampedBend = f32x4.mul(at, f32x4.sub(f32x4.mul(at, f32x4.splat(b0)), f32x4.splat(f0))),
    freeBend = f32x4.mul(at, f32x4.sub(f32x4.mul(at, f32x4.splat(b1)), f32x4.splat(f1)))
  const clampedKick = f32x4.mul(kick, v128.load32_splat(unit, S_CLAMP_NOISE)),
    freeKick = f32x4.mul(kick, v128.load32_splat(unit, S_NOISE))
  v128.store(scratch, f32x4.add(f32x4.add(f32x4.splat(v0), clampedBend), clampedKick), CLAMPED)
  v128.store(scratch, f32x4.add(f32x4.add(f32x4.splat(v1), freeBend), freeKick), DRIVE)
  store<f32>(scratch, v0 + end * (end * b0 - f0) + last * load<f32>(unit, S_CLAMP_NOISE), CLAMPED + 16)
  store<f32>(scratch, v1 + end * (end * b1 - f1) + last * load<f32>(unit, S_NOISE), DRIVE + 16)
}

/**
 * Both in closed form within a step, from the currents at its end; the step's noise is a constant current, which moves
 * where the membrane would settle.
 * @param unit its parameters (S_…)
 * @param which 4 · its number
 * @param state the state of its vector before the bin, plus 4 · its lane
 * @param guard twice its guard, for the next bin
 * @param refractory the refractory time left
 * @param total its normal number of this bin
 * @param spiked where the host reads whether it fired
 * @returns its membrane after the bin
 */
export function steppedBin(
  block: usize,
  scratch: usize,
  unit: usize,
  which: usize,
  state: usize,
  guard: usize,
  refractory: usize,
  bin: i32,
  total: f32,
  spiked: usize
): f32 {
  bridge(scratch, unit, which, total)
  drive(scratch, unit, state)
  const stepUs = load<f32>(block, STEP_US)
  const threshold = load<f32>(unit, S_THRESHOLD)
  let v = load<f32>(state, V),
    left = load<f32>(refractory)
  for (let k = 0; k < 5; k++) {
    const here: usize = scratch + ((<usize>k) << 2)
    if (left >= stepUs) {
      const rest = load<f32>(unit, S_CLAMP_REST)
      v = rest + (v - rest) * load<f32>(unit, S_CLAMP_P) + load<f32>(here, CLAMPED)
      left -= stepUs
      continue
    }
    const free: f32 = v * load<f32>(unit, S_PM) + load<f32>(here, DRIVE)
    if (left <= 0 && (free <= threshold || v > threshold)) {
      v = free
      continue
    }
    const at = f32x4.splat(<f32>k - load<f32>(unit, S_MIDDLE))
    const passed = f32x4.add(
      v128.load(scratch, VALUE),
      f32x4.mul(at, f32x4.sub(f32x4.mul(at, v128.load(scratch, BEND)), v128.load(scratch, FALL)))
    )
    const end = f32x4.mul(passed, v128.load(unit, S_END))
    const towards = load<f32>(here, KICK) * load<f32>(unit, S_SHIFT)
    const rest = load<f32>(unit, S_CLAMP_REST) + towards * load<f32>(unit, S_CLAMP_SHIFT)
    const clamp = v128.load(unit, S_CLAMPED)
    let begin = f32x4.mul(passed, v128.load(unit, S_BEGIN))
    let v0 = v,
      v1 = free,
      span = stepUs
    if (left > 0) {
      // released in this step
      span = stepUs - left
      begin = f32x4.mul(end, grown(f32x4.mul(f32x4.splat(span), v128.load(unit, S_LINES))))
      v0 = settle(v, rest, left, clamp, begin)
      v1 = settle(v0, towards, span, v128.load(unit, S_FREE), end)
      left = 0
    }
    if (v1 > threshold && v0 <= threshold) {
      const rate = load<f32>(unit, S_RATE)
      const d0: f32 = f32x4.extract_lane(begin, 1) + f32x4.extract_lane(begin, 2) - (v0 - towards) * rate
      const d1: f32 = f32x4.extract_lane(end, 1) + f32x4.extract_lane(end, 2) - (v1 - towards) * rate
      const z = crossing(
        f32x4.splat(v0 - threshold),
        f32x4.splat(v1 - threshold),
        f32x4.splat(span * d0),
        f32x4.splat(span * d1)
      )
      const s: f32 = span * (1 - f32x4.extract_lane(z, 0))
      v1 = settle(threshold, rest, s, clamp, end)
      const off = fired(block, scratch, <i32>(which >> 2), bin, k, <f32>(k + 1) * stepUs - s, spiked)
      const period: f32 = load<f32>(unit, S_REFRACTORY) + off * load<f32>(unit, S_REFRACTORY_CYCLE)
      left = (period > stepUs ? period : stepUs) - s
    }
    v = v1
  }
  store<f32>(refractory, left)
  const level = load<f32>(unit, S_LEVEL)
  store<f32>(guard, left > 0 || v > level ? -Infinity : level + level)
  return v
}
