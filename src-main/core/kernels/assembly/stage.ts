// The input stage: what it passes of a line's voltage, in units of its range, is tanh (chip/hicann-x/input-stage.ts).

/** lines further out are taken for this: tanh of it is 1 to 3e-4 */
export const LARGEST_LINE: f32 = 4.4
/**
 * A line that has decayed below this stays there: its fourth power is still a normal number. Processors take tens of cycles
 * for subnormal ones, and a line that hears nothing would come to them within a hundred bins. It passes less than 1e-6 LSB.
 */
export const SMALLEST_LINE: f32 = 1e-9
/**
 * tanh in four lanes, for |u| <= LARGEST_LINE: u (1 + a u² + b u⁴) / (1 + c u² + d u⁴), the form of Lambert's continued
 * fraction with coefficients fitted over this range (least maximum of the error): off by less than 5e-5.
 */
export function tanh4(u: v128): v128 {
  const one = f32x4.splat(1)
  const z = f32x4.mul(u, u)
  const upper = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(z, f32x4.splat(0.00073013)), f32x4.splat(0.10424166)), z), one)
  const lower = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(z, f32x4.splat(0.01339118)), f32x4.splat(0.43743237)), z), one)
  return f32x4.div(f32x4.mul(u, upper), lower)
}

/** tanh(u) / u, the share that passes; same error, relative, and of the cut-off line where u is beyond it */
export function passed(u: v128): v128 {
  const size = f32x4.abs(u)
  const cut = f32x4.pmin(f32x4.splat(LARGEST_LINE), size)
  const inside = f32x4.div(tanh4(cut), f32x4.pmax(f32x4.splat(1e-6), size))
  return v128.bitselect(inside, f32x4.splat(1), f32x4.gt(size, f32x4.splat(1e-6)))
}
