import { OFFSET, READ, SLOPE } from './layout'

/** 8-bit column converter (hardware.md 7) */
export function convert(v: v128, unit: usize, noise: v128): v128 {
  const seen = f32x4.add(
    f32x4.mul(v, v128.load(unit, SLOPE)),
    f32x4.add(v128.load(unit, OFFSET), f32x4.mul(noise, v128.load(unit, READ)))
  )
  return f32x4.pmin(f32x4.splat(255), f32x4.pmax(f32x4.splat(0), f32x4.nearest(seen)))
}

/** the same in one lane, whose parameters begin at `unit` */
export function convertOne(v: f32, unit: usize, noise: f32): f32 {
  const seen: f32 = v * load<f32>(unit, SLOPE) + (load<f32>(unit, OFFSET) + noise * load<f32>(unit, READ))
  return min<f32>(255, max<f32>(0, nearest<f32>(seen)))
}
