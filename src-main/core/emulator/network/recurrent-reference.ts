/**
 * The meaning of the recurrent emulation, in plain float64: the units of reference-unit.ts, hearing each other. An event of a
 * hidden unit reaches the others a loop delay after it (hardware.md 1.4), so that a pass through the whole sample is right
 * for one loop delay longer than the pass before it: passes go on until the spikes are those of the pass before.
 */
import { passedByOutputs, traceUnit } from './reference-unit'
import type { ReferenceNetwork, ReferenceSample, SynapticEvent, Trace } from './reference-unit'
import { LOOP_DELAY_US } from './source'

export function recurrentTraces(
  network: ReferenceNetwork,
  recurrentSteps: Float64Array,
  input: readonly (readonly number[])[],
  binUs: number,
  dtUs: number
): { traces: Trace[]; spikes: ReferenceSample['spikes'] } {
  const { hidden, hiddenSteps } = network
  const units = hidden.count
  const outside = Array.from({ length: units }, (_, h): SynapticEvent[] =>
    input.flatMap((list, bin) => list.map((n) => ({ timeUs: bin * binUs, step: hiddenSteps[n * units + h] })))
  )
  let spikes: ReferenceSample['spikes'] = []
  for (;;) {
    const traces = outside.map((events, h) => {
      const heard = spikes.map(({ unit, timeUs }) => ({
        timeUs: timeUs + LOOP_DELAY_US,
        step: recurrentSteps[unit * units + h]
      }))
      const all = [...events, ...heard].sort((a, b) => a.timeUs - b.timeUs)
      return traceUnit(hidden, h, all, input.length, binUs, dtUs)
    })
    const fired = traces.flatMap(({ spikesUs }, unit) => spikesUs.map((timeUs) => ({ unit, timeUs })))
    const passed = passedByOutputs(fired, hidden, binUs)
    const same = passed.length === spikes.length && passed.every((s, k) => s.timeUs === spikes[k].timeUs)
    if (same) return { traces, spikes }
    spikes = passed
  }
}
