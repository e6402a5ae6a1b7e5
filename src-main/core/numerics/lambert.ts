/** The principal branch of Lambert's W (Corless et al. 1996): w e^w = z, the same bits on every engine. */
import { exp, log } from './functions'

const INV_E = 0.36787944117144233

/**
 * W0(z) for z ≥ −1/e, NaN below. Relative error about 1e-15, near −1/e limited by z's own rounding (the derivative
 * diverges there).
 */
export function lambertW0(z: number): number {
  if (!(z >= -INV_E)) return NaN
  if (z === 0 || z === Infinity) return z
  let w: number
  if (z < 0) {
    // the series about the branch point
    const p = Math.sqrt(Math.max(0, 2 * (2.718281828459045 * z + 1)))
    w = -1 + p * (1 + p * (-1 / 3 + p * (11 / 72 + p * (-43 / 540))))
  } else w = z < 3 ? z / (1 + 0.6 * z) : log(z) - log(log(z))
  for (let n = 0; n < 40; n++) {
    const e = exp(w)
    const f = w * e - z
    // Halley's step
    const step = f / (e * (w + 1) - ((w + 2) * f) / (2 * w + 2))
    if (!Number.isFinite(step)) return w
    w -= step
    if (Math.abs(step) <= 1e-16 * (1 + Math.abs(w))) return w
  }
  return w
}
