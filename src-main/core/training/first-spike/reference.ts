/**
 * What the kernels of first-spike times mean, in plain float64 and as the papers write it (Göltz, Kriener et al. 2021,
 * Nat. Mach. Intell. 3:823; delays: Göltz, Weber, Kriener et al. 2025, Nat. Commun. 16:8245).
 *
 * C dV/dt = g_l (E_l − V) + Σ w e^(−(t − t_i)/tau_s), V from rest; T is when V first reaches the threshold. In units of
 * tau_s, with Θ = g_l (threshold − E_l):
 *   tau_m = tau_s:    T = b/a1 − W0(−(Θ/a1) e^(b/a1))
 *   tau_m = 2 tau_s:  T = 2 ln( 2 a1 / (a2 + √(a2² − 4 a1 Θ)) )
 * over the causal set, the first inputs for which T lies between the last of them and the next.
 */
import { exp, log } from '../../numerics/functions'
import { lambertW0 } from '../../numerics/lambert'

export interface FirstSpike {
  /** Infinity: never */
  time: number
  /** derivatives of it, 0 for inputs that are no cause */
  dw: Float64Array
  dt: Float64Array
}

/** @param ratio tau_m / tau_s @param times in tau_s, Infinity: silent @param theta g_l (threshold − E_l) */
export function firstSpikeReference(
  ratio: 1 | 2,
  times: ArrayLike<number>,
  weights: ArrayLike<number>,
  theta: number
): FirstSpike {
  const count = times.length
  const dw = new Float64Array(count)
  const dt = new Float64Array(count)
  const order = Array.from({ length: count }, (_, k) => k)
    .filter((k) => times[k] < Infinity)
    .sort((p, q) => times[p] - times[q])
  for (let n = 1; n <= order.length; n++) {
    const causes = order.slice(0, n)
    // times count from the last cause, so that no exponential overflows
    const origin = times[causes[n - 1]]
    const next = n < order.length ? times[order[n]] - origin : Infinity
    const [a1, a2, b] = [0, 0, 0].map((_, kind) =>
      causes.reduce((sum, k) => {
        const t = times[k] - origin
        return sum + weights[k] * (kind === 1 ? exp(t / 2) : kind === 2 ? t * exp(t) : exp(t))
      }, 0)
    )
    const x = Math.sqrt(a2 * a2 - 4 * a1 * theta)
    const w = lambertW0((-theta / a1) * exp(b / a1))
    const time = ratio === 1 ? b / a1 - w : 2 * log((2 * a1) / (a2 + x))
    if (!(a1 > 0 && time >= 0 && time <= next)) continue
    const c = (1 + (theta / x) * exp(time / 2)) / a1
    for (const k of causes) {
      const t = times[k] - origin
      const e = exp(t)
      if (ratio === 1) {
        dw[k] = (-e * (time - t)) / (a1 * (1 + w))
        dt[k] = (-weights[k] * e * (time - t - 1)) / (a1 * (1 + w))
      } else {
        dw[k] = 2 * (c * e - exp(t / 2) / x)
        dt[k] = weights[k] * (2 * c * e - exp(t / 2) / x)
      }
    }
    return { time: origin + time, dw, dt }
  }
  return { time: Infinity, dw, dt }
}

export interface ReferenceLayer {
  pre: number
  post: number
  ratio: 1 | 2
  theta: number
  /** [pre][post] */
  weights: Float64Array
  /** of each pair, [pre][post] */
  delays: Float64Array
}

/** spike times and derivatives of a layer, one entry a neuron */
export function referenceLayer(layer: ReferenceLayer, times: ArrayLike<number>): FirstSpike[] {
  const { pre, post, ratio, theta, weights, delays } = layer
  return Array.from({ length: post }, (_, j) => {
    const arrivals = Float64Array.from({ length: pre }, (__, i) => times[i] + delays[i * post + j])
    const own = Float64Array.from({ length: pre }, (__, i) => weights[i * post + j])
    return firstSpikeReference(ratio, arrivals, own, theta)
  })
}
