/** Summaries of what is on screen. NaN means "no value" and is left out. Must agree with core/statistics (tested). */
export { wilsonHalf } from '../../../src-main/contract/accuracy-delta'

export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((x) => x === x)
    .sort()
}

/** quantile of ascending values by linear interpolation; NaN for none */
export function quantile(list: Float64Array, p: number): number {
  if (list.length === 0) return NaN
  const at = (list.length - 1) * p
  const low = Math.floor(at)
  return list[low] + (at - low) * (list[Math.min(low + 1, list.length - 1)] - list[low])
}

export function median(values: ArrayLike<number>): number {
  return quantile(sorted(values), 0.5)
}

/** median absolute deviation, unscaled */
export function mad(values: ArrayLike<number>): number {
  const list = sorted(values)
  const centre = quantile(list, 0.5)
  return quantile(list.map((x) => Math.abs(x - centre)).sort(), 0.5)
}

/** how many values fall into each of `bins` equal bins of [low, high); the last bin holds `high` too */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  for (const x of Array.from(values)) {
    const k = x === high ? bins - 1 : Math.floor(((x - low) / (high - low)) * bins)
    if (k >= 0 && k < bins) counts[k]++
  }
  return counts
}
