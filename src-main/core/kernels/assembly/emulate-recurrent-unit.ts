// One unit of emulate-recurrent.ts in a part of a step in which it is refractory, leaves its clamp, or fires. Its event waits for the end of the step.
import { crossing, grown, settle } from './closed-form'
import { periodOff, spikeBits } from './fired'
import {
  STEP_US,
  S_CLAMPED,
  S_CLAMP_REST,
  S_CLAMP_SHIFT,
  S_FREE,
  S_LINES,
  S_RATE,
  S_REFRACTORY,
  S_REFRACTORY_CYCLE,
  S_SHIFT
} from './layout'

/**
 * One unit that is refractory in a part of a step, or fires in it.
 * @param end what its stages pass of the lines at the part's end, lanes 1 and 2
 * @param begin membrane at the part's beginning @param free at its end, if nothing happened
 * @param length of the part, which ends at inBin in its bin
 * @param due, dueBits where its event waits for the step's end (emulate-recurrent-layout.ts)
 * @returns its membrane at the end
 */
export function eventful(
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
  due: usize,
  dueBits: usize
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
    const off = periodOff(spikeBits(scratch, which, bin, k))
    store<f32>(due + ((<usize>which) << 2), inBin - s)
    const word: usize = dueBits + ((<usize>(which >> 5)) << 2)
    store<i32>(word, load<i32>(word) | (1 << (which & 31)))
    const stepUs = load<f32>(block, STEP_US)
    const period: f32 = load<f32>(unit, S_REFRACTORY) + off * load<f32>(unit, S_REFRACTORY_CYCLE)
    still = (period > stepUs ? period : stepUs) - s
  }
  store<f32>(left, still)
  return v1
}
