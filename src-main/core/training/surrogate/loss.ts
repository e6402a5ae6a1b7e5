/** The readout's loss: negative log-likelihood of a softmax over each output's maximum over time. */
import { exp, log } from '../../numerics/functions'
import { avalanche } from '../../random/stream'

/**
 * Largest value of each output over the bins and its first index; values[offset + t · step + o].
 * @param maxima @param peaks one entry an output, filled
 */
export function maxOverTime(
  values: Float32Array | Float64Array,
  offset: number,
  step: number,
  bins: number,
  maxima: Float64Array,
  peaks: Int32Array
): void {
  for (let o = 0; o < maxima.length; o++) {
    let best = values[offset + o]
    let at = 0
    for (let t = 1; t < bins; t++) {
      const value = values[offset + t * step + o]
      if (value > best) {
        best = value
        at = t
      }
    }
    maxima[o] = best
    peaks[o] = at
  }
}

/**
 * A readout that never rises above its first value, as all do while the hidden layer is silent, has its maximum at
 * several bins at once. The first of them has no past and so no gradient, and an ideal network would never begin to
 * learn. So one of the bins that tie with the first is drawn (the authors add noise of 1e-5 to the readouts; on a chip
 * there is noise enough).
 * @param peaks the first maxima, replaced @param draw 32 random bits that depend on sample and presentation alone
 */
export function breakTies(
  values: Float32Array | Float64Array,
  offset: number,
  step: number,
  bins: number,
  maxima: Float64Array,
  peaks: Int32Array,
  draw: number
): void {
  for (let o = 0; o < maxima.length; o++) {
    if (peaks[o] !== 0) continue
    let ties = 0
    for (let t = 0; t < bins; t++) if (values[offset + t * step + o] === maxima[o]) ties++
    if (ties === 1) continue
    let skip = avalanche(draw + o) % ties
    for (let t = 0; t < bins; t++) {
      if (values[offset + t * step + o] !== maxima[o] || skip-- > 0) continue
      peaks[o] = t
      break
    }
  }
}

/** index of the largest, the first on ties */
export function largest(values: Float64Array): number {
  let best = 0
  for (let o = 1; o < values.length; o++) if (values[o] > values[best]) best = o
  return best
}

/**
 * −log softmax(scale · maxima)[label] of one sample.
 * @param error filled with its derivative by each maximum
 */
export function crossEntropy(maxima: Float64Array, label: number, scale: number, error: Float64Array): number {
  const top = maxima[largest(maxima)]
  let sum = 0
  for (let o = 0; o < maxima.length; o++) {
    error[o] = exp(scale * (maxima[o] - top))
    sum += error[o]
  }
  for (let o = 0; o < maxima.length; o++) error[o] = scale * (error[o] / sum - (o === label ? 1 : 0))
  return log(sum) - scale * (maxima[label] - top)
}

/**
 * factor · mean over the outputs of (scale · maximum)², of one sample (the readout regulariser of the code of Cramer,
 * Billaudelle et al. 2022).
 * @param error its derivative by each maximum is added
 */
export function addAmplitude(maxima: Float64Array, scale: number, factor: number, error: Float64Array): number {
  const each = (factor * scale * scale) / maxima.length
  let sum = 0
  for (let o = 0; o < maxima.length; o++) {
    sum += each * maxima[o] * maxima[o]
    error[o] += 2 * each * maxima[o]
  }
  return sum
}
