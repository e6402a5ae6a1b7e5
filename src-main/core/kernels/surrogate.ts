/**
 * Fast kernels of surrogate-gradient training. What they mean stands in float64 in training/surrogate/reference.ts
 * (model C, in the loop). Hidden units are worked on in blocks of 16 (one cache line); a block's weights, gradients and
 * moments lie together, f32 [inputs][16] and [outputs][16], so that a thread owns whole blocks and nothing is reduced.
 */
import type { Measured } from '../emulator/network-port'
import type { Arrivals } from './arrivals'
import type { Said } from './losses'
import type { Kernels } from './module'

export const BLOCK = 16

/** rows of 16 that the scratch of a backward pass takes */
export const backwardRows = (outputs: number, rows: number): number => 4 + Math.ceil(outputs / 4) * 4 + rows

export const blocksOf = (hidden: number): number => Math.ceil(hidden / BLOCK)

/** columns of four that block `block` has when the hidden units are padded to a multiple of 4 */
export const groupsOf = (hidden: number, block: number): number =>
  Math.min(BLOCK / 4, Math.ceil((hidden - block * BLOCK) / 4))

export interface BackwardConstants {
  bins: number
  outputs: number
  /** current and membrane decay over one bin */
  alpha: number
  beta: number
  /** steepness of the surrogate derivative */
  slope: number
  /** where a spike was recorded, the derivative is taken at no less than the threshold (see ReferenceModel) */
  atThreshold: boolean
  /** a current enters its membrane one bin later (order A of the reference) */
  lag: boolean
  /** a reset to a value is part of the chain from a membrane to the next (orders A and B); C subtracts */
  resets: boolean
}

/**
 * Adds one block's gradients of `count` presented samples, rows `from` on of what was measured.
 * @param perUnit model units per unit of the measured membrane; each sample's first value is its rest
 * @param burst factor on a unit's spike count that the burst term adds to dL/dS
 * @param outputWeights address f32 [outputs][16] of the block
 * @param said what `readoutMaxima`, `readoutAdjoint` and `spikeCounts` found in this batch
 * @param piece of the batch's arrivals that the samples are
 * @param scratch address f32 [backwardRows][16], this thread's own
 */
export function surrogateBackward(
  kernels: Kernels,
  constants: BackwardConstants,
  measured: Measured,
  arrivals: Arrivals,
  piece: number,
  from: number,
  count: number,
  block: number,
  blocks: number,
  perUnit: number,
  burst: number,
  outputWeights: number,
  said: Said,
  hiddenGradient: number,
  outputGradient: number,
  scratch: number
): void {
  kernels.run['surrogateBackward'](
    from,
    constants.bins,
    count,
    constants.outputs,
    measured.sample * 4,
    measured.stride * 4,
    measured.membrane + block * measured.block * 4,
    measured.spikes === 0 ? 0 : measured.spikes + block * measured.block * 4,
    perUnit,
    constants.alpha,
    constants.beta,
    constants.slope,
    constants.atThreshold ? 1 : 0,
    constants.lag ? 1 : 0,
    constants.resets ? 1 : 0,
    burst,
    outputWeights,
    said.counts + block * BLOCK * 4,
    blocks * BLOCK * 4,
    said.peaks,
    said.currents,
    said.fired + block * (constants.bins + 1) * 4,
    blocks * (constants.bins + 1) * 4,
    arrivals.inputs,
    arrivals.ends(piece),
    arrivals.rows(piece),
    hiddenGradient,
    outputGradient,
    scratch
  )
}

/**
 * Writes one block's weights, f32 [inputs][16], into its columns of the row-major f32 [inputs][width]: times `scale`,
 * clipped to ± `limit`, and, if `grid`, rounded to whole numbers (half to even).
 */
export function placeWeights(
  kernels: Kernels,
  from: number,
  to: number,
  inputs: number,
  block: number,
  groups: number,
  width: number,
  scale: number,
  limit: number,
  grid: boolean
): void {
  kernels.run['placeWeights'](from, to, inputs, block * BLOCK, groups, width, scale, limit, grid ? 1 : 0)
}
