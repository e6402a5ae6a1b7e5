// One bin of one hidden unit in five steps: it may leave its clamp in a step, and it may fire in it, at the exact time.
import { crossing, phi, settle } from './closed-form'
import { fired } from './fired'
import {
  CLAMPED,
  DRIVE,
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
  X,
  Y
} from './layout'
import { LARGEST_LINE, tanh4 } from './stage'

/** in units of a step's noise, one value a step; see `bridge` */
function step(scratch: usize, k: i32, which: usize): f32 {
  return load<f32>(<usize>load<usize>(scratch + ((<usize>k) << 2), ROWS) + which)
}

/**
 * The noise of the five steps, given what it adds up to at the end of the bin: five independent normal numbers, moved
 * along the one direction that changes the sum (so their joint distribution is what five independent ones have).
 * @param total normal number of the whole bin
 */
function bridge(scratch: usize, unit: usize, which: usize, total: f32): void {
  const counts = v128.load(unit, S_COUNTS)
  let four = f32x4.splat(step(scratch, 0, which))
  four = f32x4.replace_lane(four, 1, step(scratch, 1, which))
  four = f32x4.replace_lane(four, 2, step(scratch, 2, which))
  four = f32x4.replace_lane(four, 3, step(scratch, 3, which))
  const fifth = step(scratch, 4, which)
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
  const stepUs = load<f32>(block, STEP_US)
  bridge(scratch, unit, which, total)
  // what the stages pass, at the steps a from the middle: tanh(u e^−a) = t − f a + f (1 − 2 u t) a² / 2, f = u (1 − t²)
  const line = v128.shuffle<f32>(v128.load32_splat(state, X), v128.load32_splat(state, Y), 0, 1, 4, 5)
  const u = f32x4.pmin(f32x4.splat(LARGEST_LINE), f32x4.pmax(f32x4.splat(-LARGEST_LINE), line))
  const t = tanh4(u),
    w = f32x4.mul(u, t),
    f = f32x4.sub(u, f32x4.mul(t, w))
  const fall = f32x4.mul(f, v128.load(unit, S_FALL)),
    bend = f32x4.mul(f32x4.mul(f, f32x4.sub(f32x4.splat(0.5), w)), v128.load(unit, S_BEND))
  // the mean over a step: its times have the variance 1 / 12
  const value = f32x4.add(f32x4.mul(t, v128.load(unit, S_MOST)), f32x4.mul(bend, f32x4.splat(<f32>(1.0 / 12))))
  const middle = load<f32>(unit, S_MIDDLE)
  const pm = load<f32>(unit, S_PM),
    threshold = load<f32>(unit, S_THRESHOLD)
  const clampRest = load<f32>(unit, S_CLAMP_REST),
    clampP = load<f32>(unit, S_CLAMP_P)
  let v = load<f32>(state, V),
    left = load<f32>(refractory)
  for (let k = 0; k < 5; k++) {
    const at = f32x4.splat(<f32>k - middle)
    const passed = f32x4.add(value, f32x4.mul(at, f32x4.sub(f32x4.mul(at, bend), fall)))
    const noise = load<f32>(scratch + ((<usize>k) << 2), KICK)
    if (left >= stepUs) {
      const drive: f32 = f32x4.extract_lane(passed, 0) + f32x4.extract_lane(passed, 3)
      v = clampRest + (v - clampRest) * clampP + (drive + noise * load<f32>(unit, S_CLAMP_NOISE))
      left -= stepUs
      continue
    }
    let v0 = v,
      span = stepUs
    let v1: f32
    if (left > 0) {
      span = stepUs - left
      const towards = noise * load<f32>(unit, S_SHIFT)
      const rest = clampRest + towards * load<f32>(unit, S_CLAMP_SHIFT)
      const end = f32x4.mul(passed, v128.load(unit, S_END))
      const back = f32x4.mul(f32x4.splat(span), v128.load(unit, S_LINES))
      const begin = f32x4.mul(end, f32x4.add(f32x4.splat(1), f32x4.mul(back, phi(back))))
      v0 = settle(v, rest, left, v128.load(unit, S_CLAMPED), begin)
      v1 = settle(v0, towards, span, v128.load(unit, S_FREE), end)
      left = 0
    } else {
      const drive: f32 = f32x4.extract_lane(passed, 1) + f32x4.extract_lane(passed, 2)
      v1 = v * pm + (drive + noise * load<f32>(unit, S_NOISE))
    }
    if (v1 > threshold && v0 <= threshold) {
      // the step's noise is a constant current: it moves where the membrane would settle
      const towards = noise * load<f32>(unit, S_SHIFT)
      const rest = clampRest + towards * load<f32>(unit, S_CLAMP_SHIFT)
      const rate = load<f32>(unit, S_RATE)
      const end = f32x4.mul(passed, v128.load(unit, S_END))
      let begin = f32x4.mul(passed, v128.load(unit, S_BEGIN))
      if (span < stepUs) {
        const back = f32x4.mul(f32x4.splat(span), v128.load(unit, S_LINES))
        begin = f32x4.mul(end, f32x4.add(f32x4.splat(1), f32x4.mul(back, phi(back))))
      }
      const d0: f32 = f32x4.extract_lane(begin, 1) + f32x4.extract_lane(begin, 2) - (v0 - towards) * rate
      const d1: f32 = f32x4.extract_lane(end, 1) + f32x4.extract_lane(end, 2) - (v1 - towards) * rate
      const s: f32 = span * (1 - crossing(v0 - threshold, v1 - threshold, span * d0, span * d1))
      v1 = settle(threshold, rest, s, v128.load(unit, S_CLAMPED), end)
      const off = fired(block, scratch, <i32>(which >> 2), bin, k, <f32>(k + 1) * stepUs - s, spiked)
      const period: f32 = load<f32>(unit, S_REFRACTORY) + off * load<f32>(unit, S_REFRACTORY_CYCLE)
      left = max<f32>(stepUs, period) - s
    }
    v = v1
  }
  store<f32>(refractory, left)
  const level = load<f32>(unit, S_LEVEL)
  store<f32>(guard, left > 0 || v > level ? -Infinity : level + level)
  return v
}
