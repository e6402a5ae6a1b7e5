/** Confusion matrices as numbers of 1000 images of a class, and how two of them differ. [label][read] */

export function perThousand(counts: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(counts.length)
  for (let label = 0; label < classes; label++) {
    const row = counts.subarray(label * classes, (label + 1) * classes)
    const sum = row.reduce((a, b) => a + b, 0)
    row.forEach((n, read) => (out[label * classes + read] = sum > 0 ? (1000 * n) / sum : 0))
  }
  return out
}

/** what the other one has more of than the base */
export function confusionDifference(base: Float64Array, other: Float64Array, classes: number): Float64Array {
  const a = perThousand(base, classes)
  return perThousand(other, classes).map((value, k) => value - a[k])
}

export interface Confusion {
  /** null: none of them was evaluated */
  counts: Float64Array | null
  classes: number
  /** runs that are in it, of so many */
  n: number
  of: number
}

/** of several runs together; one that was not evaluated, or on another number of classes than the first, is left out */
export function summed(list: readonly { confusion: ArrayLike<number> | null; classes: number }[]): Confusion {
  const there = list.filter(({ confusion }) => confusion !== null)
  const classes = there[0]?.classes ?? 0
  const alike = there.filter((one) => one.classes === classes)
  if (alike.length === 0) return { counts: null, classes, n: 0, of: list.length }
  const counts = new Float64Array(classes * classes)
  for (const { confusion } of alike) counts.forEach((_, k) => (counts[k] += confusion?.[k] ?? 0))
  return { counts, classes, n: alike.length, of: list.length }
}
