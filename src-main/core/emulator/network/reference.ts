/**
 * The meaning of the fast emulation, in plain float64: one unit at a time (reference-unit.ts), on a grid as fine as the
 * caller likes, without noise. The kernels are tested against it; it is tested against closed forms and published
 * trajectories.
 */
import { recurrentTraces } from './recurrent-reference'
import { passedByOutputs, traceUnit } from './reference-unit'
import type { ReferenceNetwork, ReferenceSample, Trace } from './reference-unit'
import { LOOP_DELAY_US } from './source'
import type { Units } from './units'

/**
 * One sample through the network.
 * @param input input indices that spike in each bin (at its start)
 */
export function emulateReference(
  network: ReferenceNetwork,
  input: readonly (readonly number[])[],
  binUs: number,
  dtUs: number
): ReferenceSample {
  const { hidden, outputs } = network
  const bins = input.length
  const converter = new Float64Array(bins * (hidden.count + outputs.count))
  const fired: ReferenceSample['spikes'] = []
  const read = (units: Units, unit: number, column: number, trace: Trace): void => {
    for (let k = 0; k < bins; k++) {
      converter[k * (hidden.count + outputs.count) + column] =
        units.slope[unit] * trace.membrane[k] + units.offset[unit]
    }
  }
  const looped = network.recurrentSteps && recurrentTraces(network, network.recurrentSteps, input, binUs, dtUs)
  for (let h = 0; h < hidden.count; h++) {
    const events = input.flatMap((list, bin) =>
      list.map((n) => ({ timeUs: bin * binUs, step: network.hiddenSteps[n * hidden.count + h] }))
    )
    const trace = looped?.traces[h] ?? traceUnit(hidden, h, events, bins, binUs, dtUs)
    read(hidden, h, h, trace)
    for (const timeUs of trace.spikesUs) fired.push({ unit: h, timeUs })
  }
  const spikes = passedByOutputs(fired, hidden, binUs)
  for (let o = 0; o < outputs.count; o++) {
    const events = spikes.map(({ unit, timeUs }) => ({
      timeUs: timeUs + LOOP_DELAY_US,
      step: network.outputSteps[unit * outputs.count + o]
    }))
    read(outputs, o, hidden.count + o, traceUnit(outputs, o, events, bins, binUs, dtUs))
  }
  return { converter, spikes }
}
