/**
 * Weights in blocks of 16 hidden units, as the kernels want them (kernels/surrogate.ts), and in plain rows, as a
 * checkpoint and a port want them. Units that only fill the last block are 0.
 */
import { BLOCK, blocksOf } from '../../kernels/surrogate'

/** plain [rows][hidden] to [block][rows][16]; `into` must be zero where a block is not filled */
export function rowsToBlocks(plain: ArrayLike<number>, rows: number, hidden: number, into: Float32Array): void {
  for (let h = 0; h < hidden; h++) {
    const at = Math.floor(h / BLOCK) * rows * BLOCK + (h % BLOCK)
    for (let r = 0; r < rows; r++) into[at + r * BLOCK] = plain[r * hidden + h]
  }
}

export function blocksToRows(blocks: Float32Array, rows: number, hidden: number): Float32Array {
  const plain = new Float32Array(rows * hidden)
  for (let h = 0; h < hidden; h++) {
    const at = Math.floor(h / BLOCK) * rows * BLOCK + (h % BLOCK)
    for (let r = 0; r < rows; r++) plain[r * hidden + h] = blocks[at + r * BLOCK]
  }
  return plain
}

/** [hidden][outputs] to [outputs][hidden] and back */
export function transposed(matrix: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = matrix[r * columns + c]
  return out
}

/** how many numbers `rows` rows take in blocks */
export const blockedLength = (rows: number, hidden: number): number => blocksOf(hidden) * rows * BLOCK

/** plain [hidden][hidden] to [block][blocks · 16][16]; `into` must be zero where a block is not filled */
export function squareToBlocks(plain: ArrayLike<number>, hidden: number, into: Float32Array): void {
  const rows = blocksOf(hidden) * BLOCK
  for (let post = 0; post < hidden; post++) {
    const at = (post >> 4) * rows * BLOCK + (post & 15)
    for (let pre = 0; pre < hidden; pre++) into[at + pre * BLOCK] = plain[pre * hidden + post]
  }
}

export function blocksToSquare(blocks: Float32Array, hidden: number): Float32Array {
  const rows = blocksOf(hidden) * BLOCK
  const plain = new Float32Array(hidden * hidden)
  for (let post = 0; post < hidden; post++) {
    const at = (post >> 4) * rows * BLOCK + (post & 15)
    for (let pre = 0; pre < hidden; pre++) plain[pre * hidden + post] = blocks[at + pre * BLOCK]
  }
  return plain
}
