/** The four quadrants of 128 neurons (halco v3): 0 top-left, 1 top-right, 2 bottom-left, 3 bottom-right. */
import { median } from '../statistics/summary'

/** median of each quadrant's numbers (NaN left out) */
export function quadrantMedians(values: ArrayLike<number>): Float64Array {
  return Float64Array.from([0, 128, 256, 384], (from) =>
    median(Array.from({ length: 128 }, (_, k) => values[from + k]))
  )
}
