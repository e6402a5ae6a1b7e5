// All units of emulate-recurrent.ts through a part of a step, four at once, with the exact propagators of its length; those
// that are refractory or fire are done one by one (emulate-recurrent-unit.ts).
import { phi } from './closed-form'
import {
  BEGIN,
  E,
  END_E,
  END_I,
  FIELD_BYTES,
  I,
  KE,
  KI,
  LEFT,
  NOISE_SD,
  NOISE_SHIFT,
  PE,
  PI,
  PM,
  RANGE_E,
  RANGE_I,
  RATE_EXC,
  RATE_INH,
  RATE_MEM,
  STATE_BYTES,
  V
} from './emulate-recurrent-layout'
import { eventful } from './emulate-recurrent-unit'
import { STEPPED, STEPPED_BYTES, THRESHOLD, UNITS, UNIT_BYTES, VECTORS } from './layout'
import { passed } from './stage'

/** all units through a part of a step; @param whole it is the whole step @param inBin where in its bin it ends */
export function part(
  block: usize,
  scratch: usize,
  fields: usize,
  states: usize,
  due: usize,
  dueBits: usize,
  kicks: usize,
  bin: i32,
  k: i32,
  length: f32,
  whole: bool,
  inBin: f32
): void {
  const vectors = load<i32>(block, VECTORS)
  const units: usize = load<usize>(block, UNITS),
    stepped: usize = load<usize>(block, STEPPED)
  const zero = f32x4.splat(0),
    one = f32x4.splat(1),
    half = f32x4.splat(0.5),
    s = f32x4.splat(length)
  for (let j = 0; j < vectors; j++) {
    const unit: usize = fields + <usize>j * FIELD_BYTES
    const state: usize = states + <usize>j * STATE_BYTES
    const offset: usize = (<usize>j) << 4
    const v = v128.load(state, V),
      e = v128.load(state, E),
      i = v128.load(state, I)
    const kick = v128.load(kicks + offset)
    let e1: v128, i1: v128, base: v128, exc: v128, inh: v128
    if (whole) {
      e1 = f32x4.mul(e, v128.load(unit, PE))
      i1 = f32x4.mul(i, v128.load(unit, PI))
      base = f32x4.add(f32x4.mul(v, v128.load(unit, PM)), f32x4.mul(kick, v128.load(unit, NOISE_SD)))
      exc = f32x4.mul(e, v128.load(unit, KE))
      inh = f32x4.mul(i, v128.load(unit, KI))
    } else {
      const rm = f32x4.mul(s, v128.load(unit, RATE_MEM))
      const re = f32x4.mul(s, v128.load(unit, RATE_EXC))
      const ri = f32x4.mul(s, v128.load(unit, RATE_INH))
      e1 = f32x4.mul(e, f32x4.sub(one, f32x4.mul(re, phi(f32x4.neg(re)))))
      i1 = f32x4.mul(i, f32x4.sub(one, f32x4.mul(ri, phi(f32x4.neg(ri)))))
      const towards = f32x4.mul(kick, v128.load(unit, NOISE_SHIFT))
      base = f32x4.sub(v, f32x4.mul(f32x4.mul(f32x4.sub(v, towards), rm), phi(f32x4.neg(rm))))
      exc = f32x4.mul(f32x4.mul(e1, s), phi(f32x4.sub(re, rm)))
      inh = f32x4.mul(f32x4.mul(i1, s), phi(f32x4.sub(ri, rm)))
    }
    // the input stages pass the share for the mean of their lines
    const shareE = passed(f32x4.mul(f32x4.mul(half, f32x4.add(e, e1)), v128.load(unit, RANGE_E)))
    const shareI = passed(f32x4.mul(f32x4.mul(half, f32x4.add(i, i1)), v128.load(unit, RANGE_I)))
    const free = f32x4.add(base, f32x4.add(f32x4.mul(exc, shareE), f32x4.mul(inh, shareI)))
    v128.store(state, free, V)
    v128.store(state, e1, E)
    v128.store(state, i1, I)
    const threshold: usize = units + <usize>j * UNIT_BYTES + THRESHOLD
    const level = v128.load(threshold)
    const above = v128.and(f32x4.gt(free, level), f32x4.le(v, level))
    let lanes = i32x4.bitmask(v128.or(above, f32x4.gt(v128.load(state, LEFT), zero)))
    if (lanes == 0) continue
    // lanes of vectors, one by one, by way of memory
    v128.store(state, f32x4.mul(e1, shareE), END_E)
    v128.store(state, f32x4.mul(i1, shareI), END_I)
    v128.store(state, v, BEGIN)
    do {
      const lane: usize = (<usize>ctz(lanes)) << 2
      const which = <i32>((offset + lane) >> 2)
      lanes &= lanes - 1
      const at: usize = state + lane
      const end = f32x4.replace_lane(f32x4.replace_lane(zero, 1, load<f32>(at, END_E)), 2, load<f32>(at, END_I))
      const after = eventful(
        block,
        scratch,
        stepped + <usize>which * STEPPED_BYTES,
        which,
        at + LEFT,
        load<f32>(threshold + lane),
        load<f32>(at, BEGIN),
        load<f32>(at, V),
        load<f32>(kicks + offset + lane),
        end,
        length,
        inBin,
        bin,
        k,
        due,
        dueBits
      )
      store<f32>(at, after, V)
    } while (lanes)
  }
}
