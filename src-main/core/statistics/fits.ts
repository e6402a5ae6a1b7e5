/**
 * Curve fits of sampled traces.
 *
 * The exponential fit works on block means: over equal blocks the mean of a·e^(−t/τ) + c is again an exponential with
 * the same τ and c (only a is scaled, by a known factor), so nothing is biased, and a trace of a thousand samples costs
 * one pass and a few iterations over some sixty numbers. Without loss worth mention while a block is short against τ.
 */
import { exp, log } from '../numerics/functions'

export interface ExponentialFit {
  /** value at the first sample minus offset */
  amplitude: number
  /** in units of `step`; Infinity where the trace does not decay */
  tau: number
  offset: number
}

const BLOCKS = 64
const mean = new Float64Array(BLOCKS)

/**
 * Least-squares fit of a·e^(−t/τ) + c to `samples[from … to)`, taken every `step`.
 * Start by regression on the running integral (Jacquelin 2009, "Régressions et équations intégrales"), then
 * Gauss-Newton with Levenberg damping on the three parameters.
 * @returns tau = NaN for fewer than 12 samples, Infinity where no decay is seen
 */
export function fitExponential(samples: ArrayLike<number>, from: number, to: number, step: number): ExponentialFit {
  const count = to - from
  if (count < 12) return { amplitude: NaN, tau: NaN, offset: NaN }
  const width = Math.max(1, Math.floor(count / BLOCKS))
  const n = Math.min(BLOCKS, Math.floor(count / width))
  for (let j = 0, k = from; j < n; j++) {
    let sum = 0
    for (const end = k + width; k < end; k++) sum += samples[k]
    mean[j] = sum / width
  }
  let rate = startingRate(n)
  let [a, c, error] = amplitudes(n, rate)
  let damping = 1e-3
  for (let iteration = 0; iteration < 40 && damping < 1e6; iteration++) {
    const next = Math.max(SLOWEST, Math.min(FASTEST, rate + newtonStep(n, a, c, rate, damping)))
    const moved = Math.abs(next - rate)
    const [nextA, nextC, nextError] = amplitudes(n, next)
    // a step below the resolution of the squared error is taken as the last
    if (nextError <= error || moved < 1e-5 * rate) {
      rate = next
      a = nextA
      c = nextC
      error = nextError
      damping = Math.max(1e-9, damping / 10)
      if (moved < 1e-5 * rate) break
    } else {
      damping *= 10
    }
  }
  if (!(a === a) || rate <= SLOWEST) return { amplitude: a, tau: Infinity, offset: c }
  // undo the block mean: (1/w) Σ e^(−k i) over one block, relative to its first sample
  const perSample = rate / width
  const q = exp(-perSample)
  const shrink = width === 1 ? 1 : (1 - exp(-rate)) / (width * (1 - q))
  return { amplitude: a / shrink, tau: step / perSample, offset: c }
}

/** decay per block: beyond these the trace holds no information about it */
const SLOWEST = 1e-4
const FASTEST = 5

/** for a given rate the best a and c (linear), and the squared error */
function amplitudes(n: number, rate: number): [number, number, number] {
  const r = exp(-rate)
  let sumE = 0
  let sumEE = 0
  let sumY = 0
  let sumEY = 0
  let sumYY = 0
  let e = 1
  for (let j = 0; j < n; j++) {
    const y = mean[j] - mean[n - 1]
    sumE += e
    sumEE += e * e
    sumY += y
    sumEY += e * y
    sumYY += y * y
    e *= r
  }
  const det = n * sumEE - sumE * sumE
  const a = (n * sumEY - sumE * sumY) / det
  const c = (sumY - a * sumE) / n
  return [a, c + mean[n - 1], sumYY - a * sumEY - c * sumY]
}

/** Gauss-Newton step of the rate with amplitude and offset free (their optimum follows: variable projection) */
function newtonStep(n: number, a: number, c: number, rate: number, damping: number): number {
  const r = exp(-rate)
  // columns of the Jacobian: e, 1, d = −a·j·e
  let ee = 0
  let e1 = 0
  let ed = 0
  let d1 = 0
  let dd = 0
  let eR = 0
  let r1 = 0
  let dR = 0
  let e = 1
  for (let j = 0; j < n; j++) {
    const d = -a * j * e
    const residual = mean[j] - c - a * e
    ee += e * e
    e1 += e
    ed += e * d
    d1 += d
    dd += d * d
    eR += e * residual
    r1 += residual
    dR += d * residual
    e *= r
  }
  // Schur complement of the linear part
  const det = ee * n - e1 * e1
  const p = (ed * n - d1 * e1) / det
  const q = (d1 * ee - ed * e1) / det
  const curvature = dd - p * ed - q * d1
  const gradient = dR - p * eR - q * r1
  return gradient / (curvature * (1 + damping))
}

/** y = A + B·∫y + D·t holds for an exponential with rate −B */
function startingRate(n: number): number {
  let integral = 0
  let [ss, sj, s1, jj, j1, sy, jy, y1] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let j = 0; j < n; j++) {
    if (j > 0) integral += (mean[j] + mean[j - 1]) / 2 - mean[0]
    const y = mean[j] - mean[0]
    ss += integral * integral
    sj += integral * j
    s1 += integral
    jj += j * j
    j1 += j
    sy += integral * y
    jy += j * y
    y1 += y
  }
  // centred 2 × 2 system in (integral, j)
  const a11 = ss - (s1 * s1) / n
  const a12 = sj - (s1 * j1) / n
  const a22 = jj - (j1 * j1) / n
  const b1 = sy - (s1 * y1) / n
  const b2 = jy - (j1 * y1) / n
  const slope = (b1 * a22 - b2 * a12) / (a11 * a22 - a12 * a12)
  const rate = slope > -2 && slope < 0 ? log((2 - slope) / (2 + slope)) : 3 / n
  return Math.max(0.3 / n, Math.min(2, rate))
}
