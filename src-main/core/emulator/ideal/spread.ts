/**
 * Neurons of the ideal network that differ from what the host believes: time constants and threshold of each unit drawn
 * around their targets, N(target, (share · target)²), as the self-calibration study of Cramer, Billaudelle et al. 2022
 * draws them. Assumed, since no source says it: a draw below a tenth of its target is set to a tenth (a negative time
 * constant has no meaning), and readouts are drawn like hidden units, without a threshold.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'

export interface Spread {
  /** sd over target */
  share: number
  seed: number
}

const LEAST = 0.1

export interface Units {
  alpha: Float32Array
  beta: Float32Array
  threshold: Float32Array
}

/** @param binUs length of a bin @returns decays over one bin and thresholds (target 1) of so many units */
export function drawUnits(
  count: number,
  layer: 'hidden' | 'readout',
  spread: Spread,
  tau: { memUs: number; synUs: number },
  binUs: number
): Units {
  const factors = (quantity: string): Float64Array => {
    const stream = new Stream(spread.seed, 'spread', layer, quantity)
    return Float64Array.from({ length: count }, () => Math.max(LEAST, 1 + spread.share * stream.normal()))
  }
  return {
    alpha: Float32Array.from(factors('tauSyn'), (f) => exp(-binUs / (tau.synUs * f))),
    beta: Float32Array.from(factors('tauMem'), (f) => exp(-binUs / (tau.memUs * f))),
    threshold: Float32Array.from(factors('threshold'))
  }
}
