/**
 * Looks behind a ChipPort: the ground truth of an emulated chip. For tests only (residuals without noise); calibration
 * and training must not import it, and lint says so.
 */
import type { Circuits } from '../chip/hicann-x/circuits'
import type { Converter } from '../chip/hicann-x/column-converter'
import type { ChipDraw } from '../chip/hicann-x/draw'
import { drawDrivers, DRIVERS, trimmed } from '../chip/hicann-x/drivers'
import { drawAcausalChannels } from '../chip/hicann-x/sensors'
import type { ChipPort } from './chip-port'
import { HicannXPort } from './hicann-x/port'
import { latchingCircuits } from './hicann-x/written/quirks'

export interface Truth {
  draw: ChipDraw
  /** the 512 circuits in their present settings */
  circuits: Circuits
  /** the same with the two circuits of joined columns as one membrane */
  membranes: Circuits
  converter: Converter
}

/** @throws Error where the port is not an emulated chip */
export function inspect(port: ChipPort): Truth {
  const emulated = emulatedOf(port)
  const { circuits, membranes, converter } = emulated.state()
  return { draw: emulated.draw, circuits, membranes, converter }
}

/** the columns' acausal converter channels as drawn, CADC LSB; stuck: what it reads, −1: it works */
export function inspectSecondChannels(port: ChipPort): { channelOffset: Float64Array; stuck: Int16Array } {
  const { seed, mismatch, channelOffset } = emulatedOf(port).draw
  return drawAcausalChannels(seed, mismatch, channelOffset)
}

/** circuits whose comparator can hang, on a chip with the oddities of the silicon; 1: it can */
export function inspectLatching(port: ChipPort): Uint8Array {
  const { seed, mismatch } = emulatedOf(port).draw
  return latchingCircuits(seed, mismatch)
}

/** pulses that the drivers send while plastic, relative to a nominal one, with and without their trims; [array][driver] */
export function inspectDrivers(port: ChipPort): { own: Float64Array; sent: Float64Array } {
  const { seed, mismatch } = emulatedOf(port).draw
  const own = new Float64Array(2 * DRIVERS)
  for (const array of [0, 1] as const) own.set(drawDrivers(seed, mismatch, array), array * DRIVERS)
  const offsets = (['top', 'bottom'] as const).map((array) => port.routing.readDrivers(array).offset)
  return { own, sent: own.map((pulse, k) => trimmed(pulse, offsets[Math.floor(k / DRIVERS)][k % DRIVERS])) }
}

/** correlation sensors of both arrays as set, [row][column]: CADC LSB a pair, µs */
export function inspectCorrelation(
  port: ChipPort
): { causal: Float64Array; acausal: Float64Array; tau: Float64Array }[] {
  const { sensors } = emulatedOf(port)
  return ([0, 1] as const).map((array) => sensors.parameters(array))
}

/** of each circuit, CADC LSB: where its conductance-based input is as strong as without, and where it vanishes; NaN: none */
export function inspectConductances(
  port: ChipPort,
  kind: 'exc' | 'inh'
): { reference: Float64Array; reversal: Float64Array } {
  const inputs = emulatedOf(port)
    .state()
    .groups.map((group, n) => group?.group.units[group.circuits.indexOf(n)][kind])
  const each = (value: (slope: number, reference: number) => number): Float64Array =>
    Float64Array.from(inputs, (one) => (one && one.slope !== 0 ? value(one.slope, one.reference) : NaN))
  return {
    reference: each((_, reference) => reference),
    reversal: each((slope, reference) => reference + 1 / slope)
  }
}

function emulatedOf(port: ChipPort): HicannXPort {
  if (port instanceof HicannXPort) return port
  throw new Error(`${port.identity.model} has no ground truth to inspect`)
}
