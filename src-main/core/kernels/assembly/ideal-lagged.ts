// The ideal network where a current enters its membrane one bin later (order A): a block of 16 hidden units of one sample.
import { tell } from './ideal-spikes'

/** as `idealPair` (ideal.ts); a current that is to enter next is reset with the membrane (A multiplies it by 1 − S) */
export function laggedBlock(
  bins: i32,
  weights: usize,
  outputWeights: usize,
  outputRow: usize,
  alpha: f32,
  beta: f32,
  keep: f32,
  shift: f32,
  list: usize,
  stimulus: usize,
  v: usize,
  arrivals: usize,
  counts: usize,
  told: usize
): void {
  const one = f32x4.splat(1)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const vk = f32x4.splat(keep)
  const vs = f32x4.splat(shift)
  const zero = f32x4.splat(0)
  for (let g: usize = 0; g < 64; g += 16) {
    const lanes = weights + g
    let i = zero
    let p = zero
    let e = list + <usize>load<u16>(stimulus)
    v128.store(v + g, zero)
    for (let t: usize = 1; t < <usize>bins; t++) {
      const end = list + <usize>load<u16>(stimulus + (t << 1))
      const m = f32x4.add(p, i)
      i = f32x4.mul(i, va)
      for (; e < end; e++) i = f32x4.add(i, v128.load(lanes + ((<usize>load<u8>(e)) << 6)))
      v128.store(v + (t << 6) + g, m)
      p = f32x4.mul(vb, m)
      const after = f32x4.sub(f32x4.add(f32x4.mul(vk, p), vs), i)
      p = v128.bitselect(after, p, f32x4.gt(m, one))
    }
  }
  for (let t = 1; t < bins; t++) {
    const at = v + ((<usize>t) << 6)
    let units = 0
    for (let g: usize = 0; g < 64; g += 16) {
      units |= i32x4.bitmask(f32x4.gt(v128.load(at + g), one)) << ((<i32>g) >> 2)
    }
    if (units != 0) tell(t, units, outputWeights, outputRow, arrivals + <usize>t * outputRow, counts, told)
  }
}
