/** A run's accuracy as a line in its row: one scale for all rows, so that rows can be compared by eye. */

export interface SparkInput {
  epoch: readonly number[]
  testAccuracy: readonly number[]
  /** epochs asked for: a run that was stopped ends early */
  epochs: number
}

/** test error at the top and at the bottom, on a logarithmic scale: 99 % and 97 % stand apart as 90 % and 70 % do */
export const SPARK_ERRORS = [0.005, 0.9] as const

/** share of the height, 0 at the bottom, 1 at the top; accuracy from 0 to 1 */
export function sparkHeight(accuracy: number): number {
  const [top, bottom] = SPARK_ERRORS
  const share = Math.log(bottom / Math.max(1 - accuracy, top)) / Math.log(bottom / top)
  return Math.min(1, Math.max(0, share))
}

/** points in px, from the upper left; empty where there is nothing to draw */
export function sparkPoints({ epoch, testAccuracy, epochs }: SparkInput, width: number, height: number): string {
  const across = (e: number): number => (epochs > 1 ? ((e - 1) / (epochs - 1)) * width : width)
  return epoch
    .map((e, k) => `${across(e).toFixed(1)},${((1 - sparkHeight(testAccuracy[k])) * height).toFixed(1)}`)
    .join(' ')
}
