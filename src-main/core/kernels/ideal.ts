/**
 * Fast kernel of the ideal two-layer network (model C). What it means stands in float64 in
 * training/surrogate/reference.ts; layout of what it fills: emulator/network-port.ts.
 */
import type { Layout, Measured, NetworkShape, Stimulus, ToldSpikes } from '../emulator/network-port'
import type { Kernels } from './module'
import { BLOCK, blocksOf } from './surrogate'

/**
 * The order of a step and the reset, as published code differs in them; the threshold is 1, the leak 0.
 * V[t] = β V[t − 1] + I[t], or I[t − 1] with `lag`; after a spike keep · β V[t − 1] + shift stands for β V[t − 1], and
 * a lagging current does not enter.
 */
export interface StepOrder {
  lag: boolean
  keep: number
  shift: number
}

/**
 * The three of training/surrogate/reference.ts: A and B reset to the leak, C subtracts the threshold. B's factor 1 − β
 * of the current is one of the weights.
 */
export const STEP_ORDERS: Readonly<Record<'A' | 'B' | 'C', StepOrder>> = {
  A: { lag: true, keep: 0, shift: 0 },
  B: { lag: false, keep: 0, shift: 0 },
  C: { lag: false, keep: 1, shift: -1 }
}

export interface IdealNetwork {
  bins: number
  inputs: number
  blocks: number
  /** outputs, padded to a multiple of 4 */
  outputWidth: number
  alpha: number
  beta: number
  order: StepOrder
  /** addresses: f32 [block][inputs][16], f32 [blocks · 16][outputWidth], of `pairedBlocks`; 0 where there is no unit */
  hiddenWeights: number
  outputWeights: number
  /** this member's own, PAIR_BYTES */
  pair: number
}

export const PAIR_BYTES = 320

/** hidden units are worked on in pairs of blocks, so that there is an even number of them */
export const pairedBlocks = (hidden: number): number => 2 * Math.ceil(blocksOf(hidden) / 2)

/** blocks of hidden units, each with its bins in a row, then the readouts: all of it is written and read in order */
export function idealLayout({ bins, hidden, outputs }: NetworkShape): Layout {
  const block = bins * BLOCK
  const readout = pairedBlocks(hidden) * block
  const readoutStride = Math.ceil(outputs / 4) * 4
  const sample = Math.ceil((readout + bins * readoutStride) / BLOCK) * BLOCK
  return { sample, stride: BLOCK, block, readout, readoutStride }
}

/** puts rows from … to of f32 [inputs][width] into blocks, f32 [block][inputs][16] */
export function blockRows(
  kernels: Kernels,
  rows: number,
  width: number,
  blocks: number,
  inputs: number,
  from: number,
  to: number
): void {
  kernels.run['blockRows'](rows, width, blocks, inputs, from, to)
}

/** presents samples index[from … to) */
export function idealForward(
  kernels: Kernels,
  network: IdealNetwork,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  measured: Measured,
  told: ToldSpikes
): void {
  kernels.run['idealForward'](
    from,
    to,
    network.bins,
    network.blocks,
    network.inputs,
    network.outputWidth,
    network.hiddenWeights,
    network.outputWeights,
    network.alpha,
    network.beta,
    network.order.lag ? 1 : 0,
    network.order.keep,
    network.order.shift,
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    measured.sample * 4,
    measured.membrane,
    told.counts,
    told.fired,
    network.pair
  )
}
