/**
 * How far a test accuracy, or the median of several, is above another one, and whether that can be told from chance: the
 * one rule of the window and of the command line. (No zod here: the window's library takes it.)
 *
 * Of one run the standard error is half its 95 % Wilson score interval (Wilson 1927) over 1.96. Of several it is that of
 * their median, √(π/2)·s/√n with s the standard deviation between the runs (large samples of a normal distribution:
 * Kendall and Stuart, The Advanced Theory of Statistics). The two sides are taken as independent.
 *
 * Two single runs that read the same test samples are not independent: what is hard for one is hard for the other. Where it is
 * kept which samples each read right (`right`; runs of before have none), they are paired: with b samples that the base alone
 * read wrong and c that it alone read right, of n, the difference is (b − c)/n and its standard error
 * √(b + c − (b − c)²/n)/n, from the discordant pairs alone (McNemar 1947, Psychometrika 12:153; the variance of a difference of
 * correlated proportions as in Agresti, Categorical Data Analysis, ch. 10). Without them the independent error stands, which is
 * rather too wide.
 */
/** accuracies that differ by less are taken for equal until somebody says otherwise, points of a per cent (assumed) */
export const TOLERANCE = 0.3

const Z95 = 1.959963984540054

/** where a run ended: share of its test samples that were read as they should be, null without a test */
export interface Ended {
  testAccuracy: number | null
  n: number
}

/** what two runs made of the same test samples */
export interface Pair {
  /** test samples that both read */
  n: number
  /** those that the base read wrong and the other right */
  gained: number
  /** those that the base read right and the other wrong */
  lost: number
}

/** of which test samples a run's `right` tells */
export interface Readings extends Ended {
  /** SHA-256 of the data */
  data: string
  /** the first so many test samples; null: all */
  limit: number | null
  /** bit k % 8 (from the lowest) of byte k / 8: sample k was read right; null: not kept */
  right: Uint8Array | null
}

export interface Delta {
  /** above the base, points of a per cent */
  points: number
  /** twice the standard error of that, points of a per cent */
  twoSigma: number
  /** more than the tolerance and more than two standard errors */
  told: boolean
  /** by the samples on which the two differ; false: as if they had read different ones */
  paired: boolean
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

/** null: they did not read the same samples, or it is not kept what each made of them */
export function pairOf(base: Readings, other: Readings): Pair | null {
  if (base.data !== other.data || base.limit !== other.limit || base.n !== other.n) return null
  if (!whole(base) || !whole(other)) return null
  let [gained, lost] = [0, 0]
  for (let k = 0; k < base.right.length; k++) {
    gained += ones(~base.right[k] & other.right[k])
    lost += ones(base.right[k] & ~other.right[k] & 0xff)
  }
  return { n: base.n, gained, lost }
}

/** the bits are of the very reading that the accuracy is of */
function whole(one: Readings): one is Readings & { right: Uint8Array } {
  const { right, n, testAccuracy } = one
  if (right === null || testAccuracy === null || n === 0 || right.length !== Math.ceil(n / 8)) return false
  return right.reduce((sum, byte) => sum + ones(byte), 0) === Math.round(testAccuracy * n)
}

function ones(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
}

/**
 * @param tolerance points of a per cent that are taken for nothing
 * @param pair of two single runs, where there is one
 * @returns null: one of the two has no test
 */
export function deltaOf(
  base: readonly Ended[],
  other: readonly Ended[],
  tolerance: number,
  pair: Pair | null = null
): Delta | null {
  const [a, b] = [middleOf(base), middleOf(other)]
  if (a === null || b === null) return null
  const points = 100 * (b.median - a.median)
  // of these very readings: a run that goes on has others by now
  const fits = pair !== null && Math.round((b.median - a.median) * pair.n) === pair.gained - pair.lost
  const paired = fits && base.length === 1 && other.length === 1
  const twoSigma = 200 * (paired ? pairedError(pair) : Math.hypot(a.error, b.error))
  return { points, twoSigma, told: Math.abs(points) > Math.max(tolerance, twoSigma), paired }
}

/** standard error of the difference of two shares over the same n samples */
export function pairedError({ n, gained, lost }: Pair): number {
  return Math.sqrt(gained + lost - (gained - lost) ** 2 / n) / n
}
