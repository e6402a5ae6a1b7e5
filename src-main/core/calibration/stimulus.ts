/** Input events on the first synapse rows, and the lines that they pull. */
import type { RowEvent } from '../emulator/chip-port'
import type { Bench } from './bench'

/** `events` events, one row after the other from row `first`, `stepUs` apart, on both arrays */
export function burst(events: number, fromUs: number, stepUs: number, first = 0): RowEvent[] {
  return Array.from({ length: events }, (_, k) => ({ timeUs: fromUs + k * stepUs, array: 'both', row: first + k }))
}

/**
 * Five events at full weight, one a row: enough to be seen well above the fast converter's noise, and small enough that
 * a line does not run into its end on a quadrant with strong synapses. At full weight a neuron's weight offset of a few
 * LSB hardly counts.
 */
const ROWS = 5
const WEIGHT = 63
const STEP_US = 0.05

/** a burst that pulls a synaptic line, from `fromUs` */
export function lineBurst(fromUs: number): { events: RowEvent[]; endUs: number } {
  return { events: burst(ROWS, fromUs, STEP_US), endUs: fromUs + ROWS * STEP_US }
}

/** Rows on, inputs off the membrane, comparator off: the lines can be read. The answer undoes it. */
export function exposeLines(bench: Bench, sign: 1 | -1): () => void {
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0 })
  bench.connectRows(sign, ROWS, WEIGHT)
  return () => {
    bench.disconnectRows(ROWS)
    restore()
  }
}
