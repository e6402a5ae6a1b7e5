/** Colour and line style of a run: drawn from its id, so that it keeps them for life and in every view. */
const DASHES: readonly (readonly number[])[] = [[], [6, 2], [2, 2], [8, 2, 2, 2]]

export interface RunStyle {
  /** name of the colour token */
  token: string
  dash: readonly number[]
}

export function runStyle(id: string): RunStyle {
  let hash = 0x811c9dc5
  for (let k = 0; k < id.length; k++) hash = Math.imul(hash ^ id.charCodeAt(k), 0x01000193)
  hash = (hash ^ (hash >>> 15)) >>> 0
  return { token: `--run-${1 + (hash % 8)}`, dash: DASHES[(hash >>> 3) % 4] }
}
