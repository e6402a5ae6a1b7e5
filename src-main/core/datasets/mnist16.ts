/**
 * MNIST at 16 × 16 as the code of Cramer, Billaudelle et al. (PNAS 119, e2109194119) makes it: two pixels cropped from
 * each side, then resampled with a cubic spline as `scipy.ndimage.zoom(image, 16 / 24)` does.
 *
 * That resampling is linear and separable: one 16 × 24 matrix on both sides. The matrix is the cubic B-spline evaluated
 * at k · 23 / 15 times the inverse of the spline's sampling matrix, both with mirrored ends (Unser, "Splines: a perfect
 * fit for signal and image processing", 1999; scipy filters mode `constant` with mirrored ends).
 */
import type { ImageSet } from '../training/types'
import { MNIST_SIDE } from './mnist'

const CROP = 2
const INNER = MNIST_SIDE - 2 * CROP
export const SIDE = 16

/** index mirrored about the first and the last sample (the ends are not repeated) */
function mirrored(k: number): number {
  const up = Math.abs(k)
  return up > INNER - 1 ? 2 * (INNER - 1) - up : up
}

/** cubic B-spline, support (−2, 2) */
function spline(x: number): number {
  const u = Math.abs(x)
  if (u < 1) return 2 / 3 - u * u + (u * u * u) / 2
  return u < 2 ? (2 - u) ** 3 / 6 : 0
}

/** the 16 × 24 resampling matrix, row-major */
export function resamplingMatrix(): Float64Array {
  // Row k of the matrix is the solution m of mᵀ A = bᵀ with A[i][j] = Σ over images of j of spline(i − j), tridiagonal.
  const lower = new Float64Array(INNER).fill(1 / 6)
  const upper = new Float64Array(INNER).fill(1 / 6)
  // Aᵀ: the mirrored ends double the entry that reaches back into the ends' neighbours
  lower[1] = 2 / 6
  upper[INNER - 2] = 2 / 6
  const matrix = new Float64Array(SIDE * INNER)
  for (let k = 0; k < SIDE; k++) {
    const at = (k * (INNER - 1)) / (SIDE - 1)
    const row = matrix.subarray(k * INNER, (k + 1) * INNER)
    const first = Math.floor(at) - 1
    for (let j = first; j < first + 4; j++) row[mirrored(j)] += spline(at - j)
    solveTridiagonal(lower, upper, row)
  }
  return matrix
}

/** solves in place the system with diagonal 4/6, `lower[i]` left and `upper[i]` right of it in row i (Thomas) */
function solveTridiagonal(lower: Float64Array, upper: Float64Array, x: Float64Array): void {
  const n = x.length
  const c = new Float64Array(n)
  c[0] = upper[0] / (4 / 6)
  x[0] /= 4 / 6
  for (let i = 1; i < n; i++) {
    const pivot = 4 / 6 - lower[i] * c[i - 1]
    c[i] = upper[i] / pivot
    x[i] = (x[i] - lower[i] * x[i - 1]) / pivot
  }
  for (let i = n - 2; i >= 0; i--) x[i] -= c[i] * x[i + 1]
}

/**
 * @param set 28 × 28 images
 * @param into u8 [sample][256] that takes the pixels (may be in shared memory); samples from … to are filled
 */
function resample16(set: ImageSet, into: Uint8Array, from = 0, to = set.labels.length): void {
  const matrix = resamplingMatrix()
  // by column, so that the inner loops run over 16 neighbouring sums; four fifths of a digit's pixels are 0 and skipped
  const column = Array.from({ length: INNER }, (_, x) =>
    Float64Array.from({ length: SIDE }, (_, k) => matrix[k * INNER + x])
  )
  const vertical = Array.from({ length: INNER }, () => new Float64Array(SIDE))
  const row = new Float64Array(SIDE)
  for (let sample = from; sample < to; sample++) {
    const base = sample * MNIST_SIDE * MNIST_SIDE + CROP * MNIST_SIDE + CROP
    for (let x = 0; x < INNER; x++) {
      const sums = vertical[x].fill(0)
      for (let y = 0; y < INNER; y++) add(sums, column[y], set.pixels[base + y * MNIST_SIDE + x])
    }
    for (let r = 0; r < SIDE; r++) {
      row.fill(0)
      for (let x = 0; x < INNER; x++) add(row, column[x], vertical[x][r])
      const at = (sample * SIDE + r) * SIDE
      for (let c = 0; c < SIDE; c++) into[at + c] = Math.max(0, Math.min(255, Math.floor(row[c] + 0.5)))
    }
  }
}

/** sums += factor · terms (16 each) */
function add(sums: Float64Array, terms: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let k = 0; k < SIDE; k++) sums[k] += terms[k] * factor
}

/** the whole set at 16 × 16 */
export function mnist16(set: ImageSet): ImageSet {
  const pixels = new Uint8Array(set.labels.length * SIDE * SIDE)
  resample16(set, pixels)
  return { side: SIDE, classes: set.classes, pixels, labels: set.labels }
}
