// The leaky membrane in closed form within a step, and where in it the threshold is crossed.

/** (e^x − 1) / x in four lanes; relative error below 1e-7 for |x| <= 1, 1e-5 for |x| <= 2 */
export function phi(x: v128): v128 {
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

/**
 * The membrane after a time s, from v towards a rest, with the currents at the END of that time in lanes 1 and 2: a
 * membrane of rate r moves towards its rest by s·(−r)·φ(−s·r), and a current of rate q adds e·s·φ(s·(q − r)).
 * @param rates (−r, q − r of either current, 0)
 */
export function settle(v: f32, towards: f32, s: f32, rates: v128, currents: v128): f32 {
  const slopes = f32x4.replace_lane(currents, 0, (v - towards) * f32x4.extract_lane(rates, 0))
  const parts = f32x4.mul(slopes, phi(f32x4.mul(f32x4.splat(s), rates)))
  return v + s * (f32x4.extract_lane(parts, 0) + (f32x4.extract_lane(parts, 1) + f32x4.extract_lane(parts, 2)))
}

/**
 * Where in [0, 1] the cubic with these ends and slopes (per unit) rises through 0, for p0 <= 0 < p1: the root of the
 * parabola with the same ends and first slope, in the form that does not cancel, then a step of Newton's.
 */
export function crossing(p0: f32, p1: f32, d0: f32, d1: f32): f32 {
  const rise = p1 - p0
  const bend = rise - d0
  const root: f32 = sqrt<f32>(max<f32>(0, d0 * d0 - 4 * bend * p0))
  const rising = d0 >= 0
  const z: f32 = min<f32>(1, (rising ? -2 * p0 : root - d0) / max<f32>(1e-30, rising ? d0 + root : 2 * bend))
  const c2: f32 = 3 * rise - (d0 + d0) - d1
  const c3: f32 = d0 + d1 - 2 * rise
  const f: f32 = p0 + z * (d0 + z * (c2 + z * c3))
  const next: f32 = z - f / (d0 + z * (c2 + c2 + z * (3 * c3)))
  return next >= 0 && next <= 1 ? next : z
}
