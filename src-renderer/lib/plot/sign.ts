/**
 * The sign of a deviation beside its hue: a stroke in every cell that is below 0, since the two ends of a diverging map are
 * equally dark, and in grey alike. What hardly differs from 0 recedes and has none.
 */
import type { Limits } from './scale'

/** of the scale's lower end */
const FAINT = 0.1
/** px; smaller cells have no room for a stroke */
export const LEAST_CELL = 5

export function isBelow(value: number, [low]: Limits): boolean {
  return value < FAINT * Math.min(low, 0)
}

/** px */
export function strokeOf(height: number): number {
  return height >= 10 ? 1.5 : 1
}
