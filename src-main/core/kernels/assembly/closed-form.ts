// The leaky membrane in closed form within a step, and where in it the threshold is crossed. All in four lanes: the engine
// has no branch-free minimum, maximum or choice for single numbers.

/** (e^x − 1) / x; relative error below 1e-7 for |x| <= 1, 1e-5 for |x| <= 2 */
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

/** e^x */
export function grown(x: v128): v128 {
  return f32x4.add(f32x4.splat(1), f32x4.mul(x, phi(x)))
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
export function crossing(p0: v128, p1: v128, d0: v128, d1: v128): v128 {
  const zero = f32x4.splat(0),
    one = f32x4.splat(1),
    three = f32x4.splat(3)
  const rise = f32x4.sub(p1, p0),
    bend = f32x4.sub(rise, d0),
    twice = f32x4.add(bend, bend),
    slopes = f32x4.add(d0, d1)
  const past = f32x4.add(p0, p0)
  const root = f32x4.sqrt(f32x4.pmax(zero, f32x4.sub(f32x4.mul(d0, d0), f32x4.mul(past, twice))))
  const rising = f32x4.ge(d0, zero)
  const upper = v128.bitselect(f32x4.neg(past), f32x4.sub(root, d0), rising),
    lower = v128.bitselect(f32x4.add(d0, root), twice, rising)
  const z = f32x4.pmin(one, f32x4.div(upper, f32x4.pmax(f32x4.splat(1e-30), lower)))
  const c2 = f32x4.sub(f32x4.mul(three, rise), f32x4.add(slopes, d0)),
    c3 = f32x4.sub(slopes, f32x4.add(rise, rise))
  const f = f32x4.add(p0, f32x4.mul(z, f32x4.add(d0, f32x4.mul(z, f32x4.add(c2, f32x4.mul(z, c3))))))
  const slope = f32x4.add(d0, f32x4.mul(z, f32x4.add(f32x4.add(c2, c2), f32x4.mul(z, f32x4.mul(three, c3)))))
  const next = f32x4.sub(z, f32x4.div(f, slope))
  return v128.bitselect(next, z, v128.and(f32x4.ge(next, zero), f32x4.le(next, one)))
}
