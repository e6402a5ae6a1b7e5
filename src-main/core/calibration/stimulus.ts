/** Bursts of input events on the first synapse rows. */
import type { RowEvent } from '../emulator/chip-port'

/** `events` events, one row after the other from row `first`, `stepUs` apart, on both arrays */
export function burst(events: number, fromUs: number, stepUs: number, first = 0): RowEvent[] {
  return Array.from({ length: events }, (_, k) => ({ timeUs: fromUs + k * stepUs, array: 'both', row: first + k }))
}
