/**
 * The crossbar's outputs when events crowd: an output sends one event in each cycle of the 250 MHz clock and keeps what
 * waits in a buffer; what finds the buffer full is lost (hardware.md 1.6, 7).
 *
 * ASSUMED is the buffer's size. Published is its consequence: of a volley of all 512 neurons, 128 an output, packets are
 * lost, but more than 250 arrive (calix, test_neuron_threshold_calibration.py); hardware.md 7 takes the loss to be 20 to
 * 45 %. With room for 72, events at one instant lose 44 %, a volley that lasts 0.1 µs 24 %.
 */
import { FPGA_OUTPUT, neuronOutput } from '../../../chip/hicann-x/router'

const CYCLE_US = 0.004
const BUFFER = 72
const HOST_OUTPUTS = 4

/** One output. Events in order of time. */
export class Link {
  #waiting = 0
  #lastUs = -Infinity

  /** whether an event at this time gets through */
  takes(timeUs: number): boolean {
    this.#waiting = Math.max(0, this.#waiting - (timeUs - this.#lastUs) / CYCLE_US)
    this.#lastUs = timeUs
    if (this.#waiting + 1 > BUFFER) return false
    this.#waiting++
    return true
  }
}

export function links(count = HOST_OUTPUTS): Link[] {
  return Array.from({ length: count }, () => new Link())
}

/** output to the host by which a neuron's spikes leave */
export function hostOutput(neuron: number): number {
  return neuronOutput(neuron) % HOST_OUTPUTS
}

/** what arrives at the host of events in order of repeat and time, each leaving by an output of its own */
export function throughLinks<T extends { repeat: number; timeUs: number }>(
  events: readonly T[],
  outputOf: (event: T) => number
): T[] {
  let [repeat, outputs] = [-1, links()]
  return events.filter((event) => {
    if (event.repeat !== repeat) [repeat, outputs] = [event.repeat, links()]
    return outputs[outputOf(event)].takes(event.timeUs)
  })
}

/** buses before the outputs to the host */
export const BUS_OUTPUTS = FPGA_OUTPUT
