/** How often neurons fire, by the chip's own counters (8 bit; hardware.md 1.2). */
import type { RowEvent } from '../emulator/chip-port'
import type { Bench } from './bench'

/** all membranes start from reset, which frees a comparator that hangs (calix issue 3996) */
const RESET_US = 5

/**
 * @param events are sent after the reset; their times count from its end
 * @returns spikes of each neuron in `durationUs`; Infinity where a counter went all round
 */
export function countSpikes(bench: Bench, durationUs: number, events: readonly RowEvent[] = []): Float64Array {
  const { port } = bench
  port.routing.enableSpikeCounters(true)
  port.routing.resetSpikeCounters()
  port.run({
    durationUs: RESET_US + durationUs,
    forcedReset: { fromUs: 0, toUs: RESET_US },
    events: events.map((event) => ({ ...event, timeUs: event.timeUs + RESET_US })),
    spikes: true
  })
  const { count, overflow } = port.routing.readSpikeCounters()
  port.routing.enableSpikeCounters(false)
  return Float64Array.from(count, (spikes, n) => (overflow[n] ? Infinity : spikes))
}
