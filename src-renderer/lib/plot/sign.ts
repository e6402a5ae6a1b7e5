/**
 * The sign of a deviation beside its hue: a stroke in every cell that is below 0, since the two ends of a diverging map are
 * equally dark, and in grey alike. What hardly differs from 0 recedes and has none. Bars of a few px stand high or low.
 */
import type { Limits } from './scale'

/** of the scale's lower end */
const FAINT = 0.1
/** px; smaller cells have no room for a stroke */
export const LEAST_CELL = 5

export function isBelow(value: number, [low]: Limits): boolean {
  return value < FAINT * Math.min(low, 0)
}

export type Stand = readonly [top: number, height: number]
const [FULL, HIGH, LOW]: readonly Stand[] = [
  [0, 1],
  [0, 0.6],
  [0.4, 0.6]
]

/**
 * For bars too narrow for a stroke, where they stand, as shares of a row's height: what is above 0 in its upper part,
 * what is below in its lower part, what hardly differs in all of it.
 */
export function standOf(value: number, limits: Limits): Stand {
  if (isBelow(value, limits)) return LOW
  return value > FAINT * Math.max(limits[1], 0) ? HIGH : FULL
}

/** px */
export function strokeOf(height: number): number {
  return height >= 10 ? 1.5 : 1
}
