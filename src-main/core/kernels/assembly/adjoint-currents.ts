// What the currents of a block of hidden units change in the loss, one sample backward in time. What it means:
// training/surrogate/reference.ts (model C, and A and B by parameters).
import { ALPHA, BETA, BURST, ONE, PER_MEMBRANE, SHIFT, SIZE } from './adjoint'

/**
 * dL/d(current) of a block's units, f32[bin][16], in the place of their `toReadouts`.
 * @param silent no unit fired
 * @param latest bin of the readouts' last maximum
 */
export function toCurrents(
  bins: i32,
  row: usize,
  membrane: usize,
  spikes: usize,
  slope: f32,
  atThreshold: bool,
  lag: bool,
  resets: bool,
  silent: bool,
  latest: i32,
  units: usize,
  result: usize
): void {
  const last = bins - 1
  if (lag || resets) {
    for (let g: usize = 0; g < 64; g += 16) {
      const shown = spikes == 0 ? 0 : spikes + g
      stepped(last, row, membrane + g, shown, atThreshold, lag, resets, units + g, units, result + g)
    }
    return
  }
  if (silent) {
    // nothing reaches a unit from after the last of the maxima
    const zero = f32x4.splat(0)
    for (let t = last; t > latest; t--) {
      const to = result + ((<usize>t) << 6)
      for (let g: usize = 0; g < 64; g += 16) v128.store(to + g, zero)
    }
    unspiked(latest, row, membrane, units, result)
  } else if (spikes == 0 || !atThreshold) unspiked(last, row, membrane, units, result)
  else spiked(last, row, membrane, spikes, units, result)
}

/** bins t … 0, as far as the membrane alone says what a spike would change */
function unspiked(t: i32, row: usize, membrane: usize, units: usize, result: usize): void {
  const va = v128.load(units, ALPHA)
  const vb = v128.load(units, BETA)
  const vz = v128.load(units, PER_MEMBRANE)
  const one = v128.load(units, ONE)
  const size = v128.load(units, SIZE)
  const zero = f32x4.splat(0)
  let dV0 = zero,
    dV1 = zero,
    dV2 = zero,
    dV3 = zero
  let dI0 = zero,
    dI1 = zero,
    dI2 = zero,
    dI3 = zero
  let v = membrane + <usize>t * row
  let to = result + ((<usize>t) << 6)
  for (; t >= 0; t--) {
    const z0 = f32x4.sub(f32x4.mul(vz, v128.load(v)), v128.load(units, SHIFT))
    const x0 = f32x4.add(v128.and(z0, size), one)
    const dS0 = v128.load(to)
    dV0 = f32x4.add(f32x4.div(dS0, f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
    dI0 = f32x4.add(dV0, f32x4.mul(va, dI0))
    v128.store(to, dI0)
    const z1 = f32x4.sub(f32x4.mul(vz, v128.load(v, 16)), v128.load(units, SHIFT + 16))
    const x1 = f32x4.add(v128.and(z1, size), one)
    const dS1 = v128.load(to, 16)
    dV1 = f32x4.add(f32x4.div(dS1, f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
    dI1 = f32x4.add(dV1, f32x4.mul(va, dI1))
    v128.store(to, dI1, 16)
    const z2 = f32x4.sub(f32x4.mul(vz, v128.load(v, 32)), v128.load(units, SHIFT + 32))
    const x2 = f32x4.add(v128.and(z2, size), one)
    const dS2 = v128.load(to, 32)
    dV2 = f32x4.add(f32x4.div(dS2, f32x4.mul(x2, x2)), f32x4.mul(vb, dV2))
    dI2 = f32x4.add(dV2, f32x4.mul(va, dI2))
    v128.store(to, dI2, 32)
    const z3 = f32x4.sub(f32x4.mul(vz, v128.load(v, 48)), v128.load(units, SHIFT + 48))
    const x3 = f32x4.add(v128.and(z3, size), one)
    const dS3 = v128.load(to, 48)
    dV3 = f32x4.add(f32x4.div(dS3, f32x4.mul(x3, x3)), f32x4.mul(vb, dV3))
    dI3 = f32x4.add(dV3, f32x4.mul(va, dI3))
    v128.store(to, dI3, 48)
    v -= row
    to -= 64
  }
}

/** the same where a recorded spike says that the membrane was at the threshold: the sample that follows shows the reset */
function spiked(t: i32, row: usize, membrane: usize, spikes: usize, units: usize, result: usize): void {
  const va = v128.load(units, ALPHA)
  const vb = v128.load(units, BETA)
  const vz = v128.load(units, PER_MEMBRANE)
  const one = v128.load(units, ONE)
  const size = v128.load(units, SIZE)
  const zero = f32x4.splat(0)
  let dV0 = zero,
    dV1 = zero,
    dV2 = zero,
    dV3 = zero
  let dI0 = zero,
    dI1 = zero,
    dI2 = zero,
    dI3 = zero
  let v = membrane + <usize>t * row
  let s = spikes + <usize>t * row
  let to = result + ((<usize>t) << 6)
  for (; t >= 0; t--) {
    const z0 = f32x4.sub(f32x4.mul(vz, v128.load(v)), v128.load(units, SHIFT))
    // where a unit fired (1, whose bits moved by two are negative) and is below its threshold, 0
    const f0 = v128.and(i32x4.shl(v128.load(s), 2), z0)
    const x0 = f32x4.add(v128.and(v128.andnot(z0, i32x4.shr_s(f0, 31)), size), one)
    const dS0 = v128.load(to)
    dV0 = f32x4.add(f32x4.div(dS0, f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
    dI0 = f32x4.add(dV0, f32x4.mul(va, dI0))
    v128.store(to, dI0)
    const z1 = f32x4.sub(f32x4.mul(vz, v128.load(v, 16)), v128.load(units, SHIFT + 16))
    const f1 = v128.and(i32x4.shl(v128.load(s, 16), 2), z1)
    const x1 = f32x4.add(v128.and(v128.andnot(z1, i32x4.shr_s(f1, 31)), size), one)
    const dS1 = v128.load(to, 16)
    dV1 = f32x4.add(f32x4.div(dS1, f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
    dI1 = f32x4.add(dV1, f32x4.mul(va, dI1))
    v128.store(to, dI1, 16)
    const z2 = f32x4.sub(f32x4.mul(vz, v128.load(v, 32)), v128.load(units, SHIFT + 32))
    const f2 = v128.and(i32x4.shl(v128.load(s, 32), 2), z2)
    const x2 = f32x4.add(v128.and(v128.andnot(z2, i32x4.shr_s(f2, 31)), size), one)
    const dS2 = v128.load(to, 32)
    dV2 = f32x4.add(f32x4.div(dS2, f32x4.mul(x2, x2)), f32x4.mul(vb, dV2))
    dI2 = f32x4.add(dV2, f32x4.mul(va, dI2))
    v128.store(to, dI2, 32)
    const z3 = f32x4.sub(f32x4.mul(vz, v128.load(v, 48)), v128.load(units, SHIFT + 48))
    const f3 = v128.and(i32x4.shl(v128.load(s, 48), 2), z3)
    const x3 = f32x4.add(v128.and(v128.andnot(z3, i32x4.shr_s(f3, 31)), size), one)
    const dS3 = v128.load(to, 48)
    dV3 = f32x4.add(f32x4.div(dS3, f32x4.mul(x3, x3)), f32x4.mul(vb, dV3))
    dI3 = f32x4.add(dV3, f32x4.mul(va, dI3))
    v128.store(to, dI3, 48)
    v -= row
    s -= row
    to -= 64
  }
}

/** one group of 4 units, with what the rarer orders of a step ask for */
function stepped(
  last: i32,
  row: usize,
  membrane: usize,
  spikes: usize,
  atThreshold: bool,
  lag: bool,
  resets: bool,
  group: usize,
  units: usize,
  result: usize
): void {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  let later = v128.load(group, BURST)
  let dV = zero
  let dI = zero
  for (let t = last; t >= 0; t--) {
    const at = <usize>t * row
    const to = result + ((<usize>t) << 6)
    const measured = v128.load(membrane + at)
    const fired = spikes == 0 ? f32x4.gt(measured, one) : f32x4.gt(v128.load(spikes + at), zero)
    let z = f32x4.sub(f32x4.mul(v128.load(units, PER_MEMBRANE), measured), v128.load(group, SHIFT))
    if (atThreshold) z = v128.bitselect(f32x4.max(z, zero), z, fired)
    const x = f32x4.add(f32x4.abs(z), one)
    // the factor 1 − S that a reset to a value puts between this membrane and the next
    if (resets) dV = v128.andnot(dV, fired)
    // with a lag, what a spike does to a readout, and a current to its membrane, comes a bin later
    const now = v128.load(to)
    const enters = dV
    const dS = lag ? later : now
    dV = f32x4.add(f32x4.div(dS, f32x4.mul(x, x)), f32x4.mul(v128.load(units, BETA), dV))
    dI = f32x4.add(lag ? enters : dV, f32x4.mul(v128.load(units, ALPHA), dI))
    later = now
    v128.store(to, dI)
  }
}
