/** Where a calibration stands, routine by routine, from the lines that it reports. */

export interface Reported {
  label: string
  phase: 'search' | 'before' | 'after'
  step: number
  steps: number
}

/** "Threshold, step 7/13", "Threshold: before", "Threshold: after" */
export function reportedBy(text: string): Reported | null {
  const search = /^(.*), step (\d+)\/(\d+)$/.exec(text)
  if (search) return { label: search[1], phase: 'search', step: Number(search[2]), steps: Number(search[3]) }
  const reading = /^(.*): (before|after)$/.exec(text)
  if (reading) return { label: reading[1], phase: reading[2] as 'before' | 'after', step: 0, steps: 1 }
  return null
}

export type Mark = 'done' | 'now' | 'open'

const PHASES = ['search', 'before', 'after'] as const

export interface Row {
  name: string
  label: string
  /** of search, reading before, reading after */
  marks: readonly [Mark, Mark, Mark]
}

/**
 * Searches come in an order of their own, and some twice; readings in the order of the routines. What was reported too
 * quickly to be seen is told from what came after it.
 * @param searched labels whose search was seen to begin
 */
export function rowsOf(
  routines: readonly { name: string; label: string }[],
  now: Reported | null,
  searched: ReadonlySet<string>
): Row[] {
  const at = now ? PHASES.indexOf(now.phase) : 0
  const place = routines.findIndex(({ label }) => label === now?.label)
  return routines.map(({ name, label }, k) => {
    const mark = (phase: number): Mark => {
      if (phase < at) return 'done'
      if (phase === at && label === now?.label) return 'now'
      if (phase > at) return 'open'
      return (phase === 0 ? searched.has(label) : k < place) ? 'done' : 'open'
    }
    return { name, label, marks: [mark(0), mark(1), mark(2)] }
  })
}
