/**
 * A door of a chip for networks that compute with the time of each neuron's first spike: program two layers, present
 * samples with exact input times, get back the spike times that the event link recorded. Units lie as network-port.ts
 * says. The refractory time of the units is set to outlast a sample, as the papers do, so that each fires at most once.
 */
import type { Kernels } from '../kernels/module'
import type { SpikeList } from '../kernels/first-spike'
import type { Team } from '../kernels/team'
import type { Placement } from './placement'

export interface FirstSpikeShape {
  inputs: number
  hidden: number
  outputs: number
  /** most samples that one `present` call takes, and most input events of a sample */
  batch: number
  events: number
  /** how long a sample is listened to */
  windowUs: number
  /**
   * Input events and hidden spikes pass through delay units: neurons of the chip's other half that fire a while after
   * their event (DelGrad). Their spikes are recorded, too, and take the crossbar's delay once more.
   */
  delayed: boolean
}

/** where recorded times arrive, f64, µs since the sample's start, in steps of the FPGA's clock; Infinity: no spike */
export interface RecordedTimes {
  /** [batch][hidden], [batch][outputs] */
  hidden: number
  outputs: number
  /** when the delay units of inputs and hidden units fired, [batch][inputs], [batch][hidden]; null: there are none */
  delayed: { inputs: number; hidden: number } | null
}

export interface FirstSpikePort {
  /** longest window: the refractory counter's range, and with delay units what no spike comes before in addition */
  longestWindowUs(delayed: boolean): number
  /** settings of a delay unit, and how many of them there are */
  readonly delayCodes: readonly [number, number]
  /** Called by every member of the team with the same arguments. */
  open(kernels: Kernels, team: Team, shape: FirstSpikeShape, placement: Placement): RecordedTimes
  /** weights as in NetworkPort.writeNetwork; every member calls it */
  writeNetwork(hidden: number, output: number): void
  /** settings of the delay units of inputs and hidden units; every member calls it with the same codes */
  writeDelays(inputs: Uint8Array, hidden: Uint8Array): void
  /**
   * Presents samples index[0 … count). Every member calls it; who computes which is not said, so that the caller meets at a
   * barrier before reading.
   * @param unitUs unit of the list's times @param trial see NetworkPort.present
   */
  present(list: SpikeList, unitUs: number, index: number, count: number, trial: number): void
}
