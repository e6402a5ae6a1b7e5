/** Two figures of a long list, for a table. NaN is no value and is left out. */

const there = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values)
    .filter((x) => x === x)
    .sort()

/** null of none */
export function median(values: ArrayLike<number>): number | null {
  const list = there(values)
  if (list.length === 0) return null
  return (list[(list.length - 1) >> 1] + list[list.length >> 1]) / 2
}

/** median absolute deviation, unscaled */
export function spread(values: ArrayLike<number>): number | null {
  const centre = median(values)
  return centre === null ? null : median(there(values).map((x) => Math.abs(x - centre)))
}
