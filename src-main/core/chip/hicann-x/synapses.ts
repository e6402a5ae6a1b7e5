/**
 * The fixed pattern of the synapses: how a 6-bit weight becomes a current (one curve a chip) and how much each of the
 * 2 × 256 × 256 synapses deviates from it.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import { COLUMNS, LARGEST_WEIGHT, ROWS } from './topology'

const BITS = 6

/**
 * Effective weight of each code 0 … 63, weight LSB. The DAC is binary weighted; bit k consists of 2^k unit elements, so
 * its relative error falls with 2^(−k/2). The best line through the origin is taken out (that is gain, not
 * non-linearity), and the scale is such that the expected mean square of the rest over codes 1 … 63 is `rms`².
 */
export function drawWeightCurve(stream: Stream, rms: number): Float64Array {
  // r[k][w]: what an error of one LSB in bit k adds to code w, without its share of the gain
  let squares = 0
  for (let w = 1; w <= LARGEST_WEIGHT; w++) squares += w * w
  const residuals = Array.from({ length: BITS }, (_, k) => {
    let along = 0
    for (let w = 1; w <= LARGEST_WEIGHT; w++) along += ((w >> k) & 1) * w
    return Float64Array.from({ length: LARGEST_WEIGHT + 1 }, (_, w) => ((w >> k) & 1) - (along / squares) * w)
  })
  let expected = 0
  for (let k = 0; k < BITS; k++) {
    for (let w = 1; w <= LARGEST_WEIGHT; w++) expected += (2 ** k * residuals[k][w] ** 2) / LARGEST_WEIGHT
  }
  const unit = rms / Math.sqrt(expected)
  const curve = Float64Array.from({ length: LARGEST_WEIGHT + 1 }, (_, w) => w)
  for (let k = 0; k < BITS; k++) {
    const error = unit * Math.sqrt(2 ** k) * stream.normal()
    for (let w = 1; w <= LARGEST_WEIGHT; w++) curve[w] += error * residuals[k][w]
  }
  return curve
}

/** One standard normal a synapse of one array, [row][column]: what a seed fixes, whatever the spread is. */
export function synapseNormals(seed: number, array: 0 | 1): Float64Array {
  const stream = new Stream(seed, 'hicann-x', 'synapses', array)
  const normals = new Float64Array(ROWS * COLUMNS)
  for (let k = 0; k < normals.length; k++) normals[k] = stream.normal()
  return normals
}

/** Relative strength of each synapse of one array, [row][column]; log-normal. */
export function synapseFactors(normals: Float64Array, logSd: number): Float32Array {
  const factors = new Float32Array(normals.length)
  for (let k = 0; k < factors.length; k++) factors[k] = exp(logSd * normals[k])
  return factors
}
