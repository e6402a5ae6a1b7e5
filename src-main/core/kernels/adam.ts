/** Adam (Kingma and Ba 2015, algorithm 1) with L2 decay and clipping: the fast kernel's wrapper and its meaning. */
import type { Kernels } from './module'

export interface AdamConstants {
  learningRate: number
  keepMean: number
  keepSquare: number
  epsilon: number
}

/** β1, β2, ε as published; what torch.optim.Adam takes by default too */
export const ADAM = { keepMean: 0.9, keepSquare: 0.999, epsilon: 1e-8 } as const

/** running products β1^step and β2^step: what the bias correction needs, exact to resume */
export interface AdamClock {
  meanPower: number
  squarePower: number
}

export const adamStart = (): AdamClock => ({ meanPower: 1, squarePower: 1 })

export function adamTick(clock: AdamClock, constants: AdamConstants): void {
  clock.meanPower *= constants.keepMean
  clock.squarePower *= constants.keepSquare
}

/** addresses of f32 arrays of the same length (a multiple of 4) */
export interface AdamArrays {
  weights: number
  gradient: number
  mean: number
  square: number
}

/**
 * One step on f32 arrays in the kernels' memory, after `adamTick`; the gradient is cleared.
 * @param decay added to the gradient times the weight @param limit weights are clipped to ± this
 */
export function adamStep(
  kernels: Kernels,
  arrays: AdamArrays,
  length: number,
  constants: AdamConstants,
  clock: AdamClock,
  decay: number,
  limit: number
): void {
  kernels.run['adam'](
    arrays.weights,
    arrays.gradient,
    arrays.mean,
    arrays.square,
    length,
    constants.learningRate / (1 - clock.meanPower),
    1 / Math.sqrt(1 - clock.squarePower),
    constants.keepMean,
    constants.keepSquare,
    constants.epsilon,
    decay,
    limit
  )
}

/** the same step in float64 */
export function adamReference(
  weights: Float64Array,
  gradient: Float64Array,
  mean: Float64Array,
  square: Float64Array,
  constants: AdamConstants,
  clock: AdamClock,
  decay: number,
  limit: number
): void {
  for (let k = 0; k < weights.length; k++) {
    const g = gradient[k] + decay * weights[k]
    mean[k] = constants.keepMean * mean[k] + (1 - constants.keepMean) * g
    square[k] = constants.keepSquare * square[k] + (1 - constants.keepSquare) * g * g
    const unbiased = mean[k] / (1 - clock.meanPower)
    const scale = Math.sqrt(square[k] / (1 - clock.squarePower))
    const moved = weights[k] - (constants.learningRate * unbiased) / (scale + constants.epsilon)
    weights[k] = Math.min(limit, Math.max(-limit, moved))
    gradient[k] = 0
  }
}
