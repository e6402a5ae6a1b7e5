/**
 * Colour and line style of a run: from the number in its id, so that it keeps them for life and in every view, and so
 * that the eight runs before it have other colours.
 */
const DASHES: readonly (readonly number[])[] = [[], [6, 2], [2, 2], [8, 2, 2, 2]]

export interface RunStyle {
  /** name of the colour token */
  token: string
  dash: readonly number[]
}

export function runStyle(id: string): RunStyle {
  const number = Number(/\d+$/.exec(id)?.[0] ?? 0)
  return { token: `--run-${1 + (number % 8)}`, dash: DASHES[Math.floor(number / 8) % 4] }
}
