/** Which runs a line of text keeps, and in which order: words must all occur; `key:word` looks into one column only. */
import type { Run } from '../api/types'

const FIELDS: Record<string, (run: Run) => string> = {
  id: (run) => run.id,
  name: (run) => run.name,
  status: (run) => run.status,
  method: (run) => run.method,
  dataset: (run) => run.dataset,
  chip: (run) => `${run.chipName} ${run.chip}`,
  calibration: (run) => run.calibration ?? 'none',
  tag: (run) => run.tags.join(' '),
  note: (run) => run.note,
  star: (run) => (run.star ? 'yes' : 'no')
}

export function filterRuns(runs: readonly Run[], text: string): Run[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return runs.filter((run) => words.every((word) => matches(run, word)))
}

function matches(run: Run, word: string): boolean {
  if (word.startsWith('-') && word.length > 1) return !matches(run, word.slice(1))
  const [key, ...rest] = word.split(':')
  const value = rest.join(':')
  if (key in FIELDS && rest.length > 0) return FIELDS[key](run).toLowerCase().includes(value)
  return Object.values(FIELDS).some((field) => field(run).toLowerCase().includes(word))
}

export const SORTS = {
  star: (run: Run) => (run.star ? 1 : 0),
  id: (run: Run) => run.id,
  name: (run: Run) => run.name.toLowerCase(),
  status: (run: Run) => run.status,
  method: (run: Run) => run.method,
  dataset: (run: Run) => run.dataset,
  chip: (run: Run) => run.chipName.toLowerCase(),
  calibration: (run: Run) => run.calibration ?? '',
  accuracy: (run: Run) => run.metrics.testAccuracy ?? -1,
  epochs: (run: Run) => run.epochsDone,
  seconds: (run: Run) => run.seconds,
  started: (run: Run) => run.createdAt
} as const
export type SortKey = keyof typeof SORTS

/** equal values keep the newest first */
export function sortRuns(runs: readonly Run[], key: SortKey, descending: boolean): Run[] {
  const value = SORTS[key]
  const sign = descending ? -1 : 1
  return [...runs].sort((a, b) => {
    const x = value(a)
    const y = value(b)
    if (x !== y) return x < y ? -sign : sign
    return a.createdAt < b.createdAt ? 1 : -1
  })
}
