/** Short readable ids (`hx-1`, `c-1`, `r-1`, `j-1`, `e-1`). A number is never given twice, even after a deletion. */
import type { Db } from './database'

export type NextId = (prefix: string) => string

export function sequence(db: Db): NextId {
  const next = db.prepare<[string], { last: number }>(
    'insert into sequence values (?, 1) on conflict (prefix) do update set last = last + 1 returning last'
  )
  return (prefix) => `${prefix}-${next.get(prefix)?.last}`
}
