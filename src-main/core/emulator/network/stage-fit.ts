/**
 * What an input stage passes over a bin of steps, as one rational function of the line: the kernel has no time for a
 * tanh with its derivatives. It stands for T(u) = t + q f (1/2 − u t), t = tanh u, f = u (1 − t²): the mean of
 * tanh(u e^−s) over times s whose mean is 0 and whose variance q (in squares of the line's time constant) is small.
 *
 * T(u) ≈ u (1 + q / 2 + a u² + b u⁴) / (1 + c u² + d u⁴ + e u⁶), exact for small u; a … e are polynomials in q, fitted
 * for |u| <= 4.4 and q <= 0.08 with least maximum of the error · 1 / (1 + |u / 3|³). It is off by less than 5e-5 up to
 * u = 1.6 and by less than 2e-4 anywhere (a test holds it to that). Larger q, where the second order would not do either,
 * take the value at 0.08: such bins are computed in steps.
 */
export const LARGEST_SPREAD = 0.08

export interface StageFit {
  /** of 1, u², u⁴ */
  upper: [number, number, number]
  /** of 1, u², u⁴; that of u⁶ is 1 */
  lower: [number, number, number]
}

const A = [0.1770280768, 6.655684993, -65.96449347, 123.967487]
const B = [0.006276402174, 0.3274785561, -2.243160698, -14.53123074]
const C = [0.5106705139, 7.808632407, -67.06754767, 133.4427976]
const D = [0.04270212108, 2.224699459, -21.22426965, 3.398031935]
const E = [0.0004069361273, 0.01699017952, 0.000299598868, -2.46501984]

export function stageFit(q: number): StageFit {
  const at = Math.min(q, LARGEST_SPREAD)
  const value = ([k0, k1, k2, k3]: number[]): number => k0 + at * (k1 + at * (k2 + at * k3))
  const scale = 1 / value(E)
  return {
    upper: [scale * (1 + at / 2), scale * value(A), scale * value(B)],
    lower: [scale, scale * value(C), scale * value(D)]
  }
}
