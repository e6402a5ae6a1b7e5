/**
 * Fast kernel of the ideal two-layer network (model C). What it means stands in float64 in
 * training/surrogate/reference.ts; layout of what it fills: emulator/network-port.ts.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import type { Kernels } from './module'

export interface IdealNetwork {
  bins: number
  hidden: number
  outputs: number
  /** row widths of the weights: hidden and outputs, each padded to a multiple of 4 */
  width: number
  outputWidth: number
  alpha: number
  beta: number
  /** addresses: f32 [inputs][width], f32 [hidden][outputWidth] */
  hiddenWeights: number
  outputWeights: number
}

/** bytes of scratch that a thread needs */
export const idealScratch = (width: number, outputs: number, hidden: number): number => 4 * (width + outputs + hidden)

export function idealForward(
  kernels: Kernels,
  network: IdealNetwork,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  measured: Measured,
  scratch: number
): void {
  kernels.run['idealForward'](
    from,
    to,
    network.bins,
    network.hidden,
    network.outputs,
    network.width,
    network.outputWidth,
    measured.stride,
    network.hiddenWeights,
    network.outputWeights,
    network.alpha,
    network.beta,
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    measured.membrane,
    measured.spikes,
    scratch
  )
}
