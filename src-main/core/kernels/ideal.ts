/**
 * Fast kernel of the ideal two-layer network (model C). What it means stands in float64 in
 * training/surrogate/reference.ts; layout of what it fills: emulator/network-port.ts.
 */
import type { Layout, Measured, NetworkShape, Stimulus } from '../emulator/network-port'
import type { Kernels } from './module'
import { BLOCK, blocksOf } from './surrogate'

export interface IdealNetwork {
  bins: number
  inputs: number
  blocks: number
  /** outputs, padded to a multiple of 4 */
  outputWidth: number
  alpha: number
  beta: number
  /** addresses: f32 [block][inputs][16], f32 [blocks · 16][outputWidth]; 0 where there is no unit */
  hiddenWeights: number
  outputWeights: number
}

/** blocks of hidden units, each with its bins in a row, then the readouts: all of it is written and read in order */
export function idealLayout({ bins, hidden, outputs }: NetworkShape): Layout {
  const block = bins * BLOCK
  const readout = blocksOf(hidden) * block
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
  measured: Measured
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
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    measured.sample * 4,
    measured.membrane
  )
}
