/**
 * Fast kernels of networks whose hidden units hear each other: the adjoint of what any port measured, and its gradients. What
 * they mean stands in float64 in training/surrogate/reference.ts (order C). They serve networks without recurrence as well,
 * where the loss is no maximum over time.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import type { Kernels } from './module'

export interface AdjointConstants {
  bins: number
  outputs: number
  alpha: number
  beta: number
  slope: number
  atThreshold: boolean
}

/** addresses */
export interface Adjoint {
  /** f32 [sample][bin][lanes]: dL/d(readout current) */
  outputCurrents: number
  /** f32 [sample][blocks · 16]: spikes of each hidden unit */
  counts: number
  /** f32 [sample]: what each spike of the sample adds to the loss */
  extra: number
  /** f32 [sample][bin][blocks · 16]: dL/d(hidden current), filled */
  currents: number
  /** this member's own: f32 [blocks · 16] */
  scratch: number
}

/**
 * dL/d(hidden current) of samples from … to.
 * @param perUnit model units per unit of the measured membrane
 * @param burst factor on a unit's spike count that the burst term adds to dL/dS
 * @param outputWeights address f32 [block][outputs][16]
 * @param recurrentWeights address f32 [block][blocks · 16][16], row: the unit that hears; 0: none
 */
export function recurrentAdjoint(
  kernels: Kernels,
  constants: AdjointConstants,
  measured: Measured,
  blocks: number,
  perUnit: number,
  burst: number,
  outputWeights: number,
  recurrentWeights: number,
  adjoint: Adjoint,
  from: number,
  to: number
): void {
  kernels.run['recurrentAdjoint'](
    from,
    to,
    blocks,
    constants.bins,
    constants.outputs,
    measured.sample * 4,
    measured.stride * 4,
    measured.block * 4,
    measured.membrane,
    measured.spikes,
    perUnit,
    constants.alpha,
    constants.beta,
    constants.slope,
    constants.atThreshold ? 1 : 0,
    burst,
    adjoint.extra,
    outputWeights,
    recurrentWeights,
    adjoint.counts,
    adjoint.outputCurrents,
    adjoint.currents,
    adjoint.scratch
  )
}

/** adds a block's gradients of a batch; addresses f32 [inputs][16], [blocks · 16][16] or 0, [outputs][16] */
export function recurrentGradient(
  kernels: Kernels,
  { bins, outputs }: AdjointConstants,
  measured: Measured,
  stimulus: Stimulus,
  index: number,
  count: number,
  block: number,
  blocks: number,
  adjoint: Adjoint,
  hidden: number,
  recurrent: number,
  output: number
): void {
  kernels.run['recurrentGradient'](
    block,
    blocks,
    bins,
    count,
    outputs,
    measured.sample * 4,
    measured.stride * 4,
    measured.block * 4,
    measured.membrane,
    measured.spikes,
    adjoint.outputCurrents,
    adjoint.currents,
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    hidden,
    recurrent,
    output
  )
}
