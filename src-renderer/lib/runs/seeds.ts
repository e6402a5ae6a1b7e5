/** Runs that differ in their seed alone, taken together. */
import { median } from '../plot/statistics'

export interface RangePoint {
  x: number
  low: number
  middle: number
  high: number
}

/** least, median and largest of the curves at every epoch that two of them reached */
export function rangeOver(curves: readonly (readonly { x: number; y: number }[])[]): RangePoint[] {
  const at = new Map<number, number[]>()
  for (const { x, y } of curves.flat()) at.set(x, [...(at.get(x) ?? []), y])
  return [...at]
    .filter(([, values]) => values.length > 1)
    .sort(([a], [b]) => a - b)
    .map(([x, values]) => ({ x, low: Math.min(...values), middle: median(values), high: Math.max(...values) }))
}
