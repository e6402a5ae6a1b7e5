/**
 * The analog parameter memory: what a cell holds after a write is not quite the code written (hardware.md 1.1, 7).
 *
 * - Every write lands N(0, 0.5) codes off, drawn anew each time.
 * - Cells of a row that hold the same value pull each other: 0.02 codes for every other cell of the same row and block
 *   within ±1 code, at most 5. This is why calix jitters what it writes (common/algorithms.py, issue 2654).
 */
import type { Stream } from '../../random/stream'
import { CIRCUITS, LARGEST_CODE, QUADRANTS, quadrantOf } from './topology'

const WRITE_NOISE = 0.5
const CROSSTALK = 0.02
const CROSSTALK_LIMIT = 5
const CODES = LARGEST_CODE + 1

/** what a row's cells (one a circuit) hold after `codes` were written; `trial` is the run's noise */
export function writeRow(codes: Uint16Array, trial: Stream): Float64Array {
  const shift = crosstalk(codes)
  return Float64Array.from(codes, (code, n) => code + shift[n] + WRITE_NOISE * trial.normal())
}

/** what one cell of each quadrant holds after a write: nothing else lies in its row, so nothing pulls it */
export function writeShared(codes: Uint16Array, trial: Stream): Float64Array {
  return Float64Array.from(codes, (code) => code + WRITE_NOISE * trial.normal())
}

/** shift of each cell of a row through its equals, codes */
export function crosstalk(codes: Uint16Array): Float64Array {
  // one slot more on either side, so that the neighbours of 0 and of the largest code exist
  const counts = new Uint16Array(QUADRANTS * (CODES + 2))
  const slot = (n: number): number => quadrantOf(n) * (CODES + 2) + codes[n] + 1
  for (let n = 0; n < CIRCUITS; n++) counts[slot(n)]++
  return Float64Array.from(codes, (_, n) => {
    const at = slot(n)
    const others = counts[at - 1] + counts[at] + counts[at + 1] - 1
    return Math.min(CROSSTALK_LIMIT, CROSSTALK * others)
  })
}
