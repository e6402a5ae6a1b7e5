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
