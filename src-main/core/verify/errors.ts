/** Collects how far results are from reference values, by quantity, in units of each quantity's limit. */
import type { Entry } from './document'

export interface Quantity {
  name: string
  worst: number
  limit: number
  /** of a measured quantity: what it came to, and what it is compared with */
  value?: number
  reference?: number
}

export interface Suite {
  suite: string
  cases: number
  /** worst error divided by its limit */
  maxError: number
  tolerance: 1
  passed: boolean
  quantities: Quantity[]
}

/** what a missing value or a wrong count is taken for */
export const FAR = Number.MAX_VALUE

export class Errors {
  readonly #quantities = new Map<string, Quantity>()

  /** @param limits the file's limits; a quantity takes the limit of the key it names */
  constructor(readonly limits: Entry) {}

  /** @param limit key of `limits` */
  add(name: string, error: number, limit: string): void {
    const known = this.#quantities.get(name)
    const quantity = known ?? { name, worst: 0, limit: this.limits.get(limit).number() }
    if (!known) this.#quantities.set(name, quantity)
    const size = Number.isFinite(error) ? Math.abs(error) : FAR
    if (size > quantity.worst) quantity.worst = size
  }

  /** one value against one reference, which the result then shows; the error is their difference divided by `scale` */
  measured(name: string, value: number, reference: number, limit: string, scale = 1): void {
    this.add(name, (value - reference) / scale, limit)
    Object.assign(this.#quantities.get(name) ?? {}, { value, reference })
  }

  /** largest difference of two arrays, divided by `scale` */
  arrays(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>, limit: string, scale = 1): void {
    this.add(name, actual.length === expected.length ? 0 : FAR, limit)
    for (let k = 0; k < expected.length; k++) this.add(name, (actual[k] - expected[k]) / scale, limit)
  }

  /** relative to the largest of the expected values */
  relative(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>, limit: string): void {
    this.arrays(name, actual, expected, limit, largestOf(expected) || 1)
  }

  suite(suite: string, cases: number): Suite {
    const quantities = [...this.#quantities.values()]
    const maxError = quantities.reduce((worst, each) => Math.max(worst, inLimits(each)), 0)
    return { suite, cases, maxError, tolerance: 1, passed: cases > 0 && maxError <= 1, quantities }
  }
}

/** a limit of 0 allows nothing: any error then counts as more than 1 */
function inLimits({ worst, limit }: Quantity): number {
  if (limit > 0) return Math.min(FAR, worst / limit)
  return worst === 0 ? 0 : Math.min(FAR, 1 + worst)
}

export function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]))
  return largest
}
