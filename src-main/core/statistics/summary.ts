/** Summaries of a sample. NaN entries mean "no value" and are left out everywhere. */

/** the values that are numbers, ascending */
function sorted(values: ArrayLike<number>): Float64Array {
  const list = new Float64Array(values.length)
  let count = 0
  for (let k = 0; k < values.length; k++) if (values[k] === values[k]) list[count++] = values[k]
  return list.subarray(0, count).sort()
}

/** quantile by linear interpolation between order statistics (type 7); NaN for an empty sample */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(sorted(values), p)
}

/** several quantiles of one sample, which is sorted once */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const list = sorted(values)
  return shares.map((p) => quantileOfSorted(list, p))
}

function quantileOfSorted(list: Float64Array, p: number): number {
  if (list.length === 0) return NaN
  const at = (list.length - 1) * p
  const low = Math.floor(at)
  const high = Math.min(low + 1, list.length - 1)
  return list[low] + (at - low) * (list[high] - list[low])
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/** median absolute deviation from the median, unscaled */
export function mad(values: ArrayLike<number>): number {
  const list = sorted(values)
  const centre = quantileOfSorted(list, 0.5)
  return median(list.map((x) => Math.abs(x - centre)))
}

export function mean(values: ArrayLike<number>): number {
  const list = sorted(values)
  let sum = 0
  for (const x of list) sum += x
  return sum / list.length
}

/** sample standard deviation (n − 1) */
export function sd(values: ArrayLike<number>): number {
  return sdOf(sorted(values))
}

function sdOf(list: Float64Array): number {
  const centre = mean(list)
  let sum = 0
  for (const x of list) sum += (x - centre) ** 2
  return Math.sqrt(sum / (list.length - 1))
}

/** standard deviation after cutting `share` of the sample off each tail (hardware.md 6 uses 5 %) */
export function trimmedSd(values: ArrayLike<number>, share = 0.05): number {
  const list = sorted(values)
  const cut = Math.floor(list.length * share)
  return sdOf(list.slice(cut, list.length - cut))
}

/** Wilson score interval of k successes in n trials (95 %) */
export function wilson(k: number, n: number): [number, number] {
  const z = 1.959963984540054
  const p = k / n
  const scale = 1 / (1 + (z * z) / n)
  const centre = scale * (p + (z * z) / (2 * n))
  const half = scale * z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [centre - half, centre + half]
}
