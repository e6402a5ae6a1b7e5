/** By what the list of runs can be taken together, and what a group is called: in the table, and in the filter line. */
import { STATUS_WORDS } from '../text/status-words'

export const GROUPS_OF_RUNS = {
  chip: 'Chip',
  method: 'Method',
  dataset: 'Data set',
  seed: 'Seed',
  calibration: 'Calibration',
  config: 'Settings',
  status: 'Status'
} as const
export type GroupedBy = keyof typeof GROUPS_OF_RUNS

/** what the filter line calls a group; runs without a calibration are those of `calibration=none` */
export function valueOf(by: GroupedBy, value: string | number): string {
  return by === 'config' ? digitsOf(value) : value === '' ? 'none' : String(value)
}

/** settings are called by what tells them from the others that are shown; their digits stand beside it */
export function wordOf(by: GroupedBy, value: string | number): string {
  if (by === 'config') return String(value).slice(0, -digitsOf(value).length).trim()
  return by === 'status' && value in STATUS_WORDS
    ? STATUS_WORDS[value as keyof typeof STATUS_WORDS]
    : valueOf(by, value)
}

/** of the name of a group of settings: # and eight digits, the same whatever else is shown */
export const digitsOf = (value: string | number): string => /#[0-9a-f]{8}$/.exec(String(value))?.[0] ?? ''

export const GROUP_ORDERS = ['value', 'members', 'n', 'median', 'lowest', 'highest'] as const
export type GroupOrder = (typeof GROUP_ORDERS)[number]
type Figures = Record<Exclude<GroupOrder, 'value'>, number | null>

/** by what they have in common, or by a figure; those without come last in both directions */
export function ordered<T extends { value: string | number; group: Figures }>(
  rows: readonly T[],
  key: GroupOrder,
  descending: boolean
): T[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    if (key === 'value') return (a.value === '' || b.value === '' ? 1 : sign) * inOrder(a.value, b.value)
    const [x, y] = [a.group[key], b.group[key]]
    if (x === null || y === null) return x === y ? inOrder(a.value, b.value) : x === null ? 1 : -1
    return sign * (x - y) || inOrder(a.value, b.value)
  })
}

/** HX-2 before HX-11, seed 2 before seed 10; those without come last */
export function inOrder(a: string | number, b: string | number): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
