/**
 * What the emulation of a network needs to know about a chip: its ground truth in the present settings. The chip's own
 * port implements it and calls `openNetwork(source)`; nothing outside emulator/ may hold one.
 */
import type { Circuits } from '../../chip/hicann-x/circuits'

/** crossbar delay: from a neuron's spike to the synapses that listen to it, µs (hardware.md 1.4, published as 1.0(1)) */
export const LOOP_DELAY_US = 1.0
export const LOOP_DELAY_SD_US = 0.1

/** what differs from event to event, drawn from the trial's seed; all 0: every event is like the others */
export interface EventTrials {
  /** share of the events that a link loses: of the inputs on their way to the chip, of the spikes on their way back */
  loss: number
  /** sd of the loop's delay, µs; no event is more than 4 sd off */
  delaySd: number
}

export interface NetworkSource {
  /**
   * One entry a column (256): the neuron that the top circuit and its lower partner make together. Excitatory input,
   * comparator, reset and refractory time come from the top circuit, inhibitory input from the bottom circuit; where a
   * column's circuits are not joined, its `gainInh` is 0. `dead` if either circuit is.
   *
   * Constant currents have the sign of the input that they come from: the rest is
   * leak + tauMem · (inputOffsetExc − inputOffsetInh + offsetCurrent) / capacitance.
   */
  columns(): Circuits
  /** changes whenever `columns` or `converter` would answer anew; they are asked again at the next `writeNetwork` */
  readonly revision: number
  /** strength of each synapse relative to its column's gain, [row][column]: the chip's per-synapse spread, fixed */
  synapses(): { top: Float32Array; bottom: Float32Array }
  /** effective weight of each code 0 … 63, weight LSB: the weight DAC's non-linearity */
  weightCurve(): Float64Array
  events(): EventTrials
  /** the channel that samples column c reads clip(round(slope · V + offset + noise · N(0, 1))), CADC LSB, 0 … 255 */
  converter(): { slope: Float64Array; offset: Float64Array; noise: Float64Array }
  /** seed of the run's trial noise; never the chip's own */
  readonly trialSeed: number
  /** what deviations of circuits are drawn from that no other part of the chip knows; default: none */
  readonly fixed?: { seed: number; mismatch: number }
}
