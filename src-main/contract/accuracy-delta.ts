/**
 * How far a test accuracy, or the median of several, is above another one, and whether that can be told from chance: the
 * one rule of the window and of the command line. (No zod here: the window's library takes it.)
 *
 * Of one run the standard error is half its 95 % Wilson score interval (Wilson 1927) over 1.96. Of several it is that of
 * their median, √(π/2)·s/√n with s the standard deviation between the runs (large samples of a normal distribution:
 * Kendall and Stuart, The Advanced Theory of Statistics). The two sides are taken as independent; runs that read the same
 * test images are not quite, so that the true error is rather smaller (assumed: nobody keeps which images each got wrong).
 */
/** accuracies that differ by less are taken for equal until somebody says otherwise, points of a per cent (assumed) */
export const TOLERANCE = 0.3

const Z95 = 1.959963984540054

/** where a run ended: share of its test samples that were read as they should be, null without a test */
export interface Ended {
  testAccuracy: number | null
  n: number
}

export interface Delta {
  /** above the base, points of a per cent */
  points: number
  /** twice the standard error of that, points of a per cent */
  twoSigma: number
  /** more than the tolerance and more than two standard errors */
  told: boolean
}

/** half the width of the 95 % Wilson score interval of `share` in n trials */
export function wilsonHalf(share: number, n: number): number {
  return (Z95 / (1 + (Z95 * Z95) / n)) * Math.sqrt((share * (1 - share)) / n + (Z95 * Z95) / (4 * n * n))
}

/** standard error of the median of values; 0 of a single one, which has no spread */
export function medianError(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  return Math.sqrt(((Math.PI / 2) * variance) / n)
}

/** median and its standard error as shares; null: none of them was tested */
export function middleOf(list: readonly Ended[]): { median: number; error: number } | null {
  const tested = list.flatMap(({ testAccuracy, n }) => (testAccuracy === null ? [] : [{ share: testAccuracy, n }]))
  const count = tested.length
  if (count === 0) return null
  const shares = tested.map(({ share }) => share).sort((a, b) => a - b)
  const median = (shares[(count - 1) >> 1] + shares[count >> 1]) / 2
  return { median, error: count === 1 ? wilsonHalf(median, tested[0].n) / Z95 : medianError(shares) }
}

/** @param tolerance points of a per cent that are taken for nothing @returns null: one of the two has no test */
export function deltaOf(base: readonly Ended[], other: readonly Ended[], tolerance: number): Delta | null {
  const [a, b] = [middleOf(base), middleOf(other)]
  if (a === null || b === null) return null
  const points = 100 * (b.median - a.median)
  const twoSigma = 200 * Math.hypot(a.error, b.error)
  return { points, twoSigma, told: Math.abs(points) > Math.max(tolerance, twoSigma) }
}
