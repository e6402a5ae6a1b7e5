/**
 * The oscilloscope's input events, and the way that it opens for them: from the host through FPGA input 0 and the
 * crossbar onto bus 0 of both hemispheres, to the drivers of that bus, which feed the first synapse rows.
 *
 * A driver feeds two rows, and all drivers of a bus may take the same event (compare mask 0), so that one event reaches
 * as many rows as asked for. A marker at the beginning goes from FPGA input 3 back to the host: with it, a program
 * without any input takes the router's way too, and the crossbar counts the neurons' own events.
 */
import type { ChipPort, RowEvent } from '../emulator/chip-port'
import type { LabelledEvent } from '../emulator/routing-port'
import { Stream } from '../random/stream'
import type { ScopeRequest } from './request'

/** crossbar inputs and outputs (routing-port.ts): FPGA input 0 meets bus 0 of the top and of the bottom hemisphere */
const FPGA = { input: 8, top: 0, bottom: 4 }
const MARKER = { input: 11, output: 11, label: 3 << 14 }
const BUSES = 4
const DRIVERS = 128
const ROWS = 256
const NEURONS = 512
/** synapse label of the events, and label of the synapses that do not listen */
const LABEL = { here: 1, elsewhere: 0 }
/** neuron label of the events: row address 0, and the synapses' label */
export const EVENT_LABEL = LABEL.here

/** times of the events, µs from time 0, ascending */
export function eventTimes(request: ScopeRequest): number[] {
  const { stimulus, rateKHz, durationUs, events, seed } = request
  const period = 1000 / rateKHz
  const times: number[] = []
  if (stimulus === 'regular') for (let k = 1; k * period < durationUs; k++) times.push(k * period)
  if (stimulus === 'burst') {
    const from = durationUs / 4
    for (let k = 0; k < events && from + k * period < durationUs; k++) times.push(from + k * period)
  }
  if (stimulus === 'poisson') {
    // in every step of 8 ns, the time stamps of the FPGA (hardware.md 1.6), an event or none
    const stream = new Stream('scope', 'events', seed)
    const chance = STEP_US / period
    for (let k = 0; k * STEP_US < durationUs; k++) if (stream.uniform() < chance) times.push(k * STEP_US)
  }
  return times
}

const STEP_US = 0.008

/** synapse rows in the order in which they are used: both rows of each driver of bus 0 */
export function rowsUsed(rows: number): number[] {
  return Array.from({ length: rows }, (_, k) => 2 * BUSES * Math.floor(k / 2) + (k % 2))
}

/** neurons that the stimulus reaches, 1 each */
export function reached({ reach, neuron }: Pick<ScopeRequest, 'reach' | 'neuron'>): Uint8Array {
  return Uint8Array.from({ length: NEURONS }, (_, n) => (reach === 'all' || n === neuron ? 1 : 0))
}

/** writes synapses, drivers and crossbar */
export function connect(port: ChipPort, request: ScopeRequest): void {
  const rows = rowsUsed(request.rows)
  const targets = reached(request)
  const sign = request.sign === 'exc' ? 1 : -1
  for (const array of ['top', 'bottom'] as const) {
    const half = array === 'top' ? targets.subarray(0, ROWS) : targets.subarray(ROWS)
    const signs = new Int8Array(ROWS)
    for (const row of rows) {
      signs[row] = sign
      port.writeWeights(
        array,
        row,
        half.map((hit) => hit * request.weight)
      )
      port.routing.writeLabels(
        array,
        row,
        half.map((hit) => (hit ? LABEL.here : LABEL.elsewhere))
      )
    }
    port.writeRowSigns(array, signs)
    const used = new Set(rows.map((row) => row >> 1))
    port.routing.writeDrivers(array, {
      receiver: Uint8Array.from({ length: DRIVERS }, (_, d) => (used.has(d) ? 1 : 0)),
      compareMask: new Uint8Array(DRIVERS)
    })
  }
  // exactly the stimulus' events: one with another label would count as a drop at this input
  const stimulus = { mask: 0x3fff, target: EVENT_LABEL, countDrops: true }
  port.routing.writeCrossbarNode(FPGA.input, FPGA.top, stimulus)
  port.routing.writeCrossbarNode(FPGA.input, FPGA.bottom, stimulus)
  port.routing.writeNeuronAddresses(new Uint8Array(NEURONS).fill(request.address))
  port.routing.writeCrossbarNode(MARKER.input, MARKER.output, { mask: 0, target: 0, countDrops: false })
}

/** the stimulus as it comes from the host, with the marker */
export function fromHost(times: readonly number[], zeroUs: number): LabelledEvent[] {
  return [{ timeUs: zeroUs, label: MARKER.label }, ...times.map((t) => ({ timeUs: zeroUs + t, label: EVENT_LABEL }))]
}

/** the same, set directly on the rows: lines can only be traced this way */
export function onRows(times: readonly number[], zeroUs: number, rows: number): RowEvent[] {
  return times.flatMap((t) => rowsUsed(rows).map((row) => ({ timeUs: zeroUs + t, array: 'both' as const, row })))
}
