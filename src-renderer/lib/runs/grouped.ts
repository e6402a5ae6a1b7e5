/** By what the list of runs can be taken together, and what a group is called: in the table, and in the filter line. */
import { STATUS_WORDS } from '../text/status-words'

export const GROUPS_OF_RUNS = {
  chip: 'Chip',
  method: 'Method',
  dataset: 'Data set',
  seed: 'Seed',
  calibration: 'Calibration',
  status: 'Status'
} as const
export type GroupedBy = keyof typeof GROUPS_OF_RUNS

/** what the filter line calls a group; runs without a calibration are those of `calibration=none` */
export function valueOf(value: string | number): string {
  return value === '' ? 'none' : String(value)
}

export function wordOf(by: GroupedBy, value: string | number): string {
  return by === 'status' && value in STATUS_WORDS ? STATUS_WORDS[value as keyof typeof STATUS_WORDS] : valueOf(value)
}

/** HX-2 before HX-11, seed 2 before seed 10; those without come last */
export function inOrder(a: string | number, b: string | number): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
