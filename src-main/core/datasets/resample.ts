/**
 * Images resampled with a cubic spline as `scipy.ndimage.zoom(image, to / from)` does it.
 *
 * That is linear and separable: one to × from matrix on both sides. The matrix is the cubic B-spline evaluated at
 * k · (from − 1) / (to − 1) times the inverse of the spline's sampling matrix, both with mirrored ends (Unser, "Splines:
 * a perfect fit for signal and image processing", 1999; scipy filters mode `constant` with mirrored ends).
 */
import type { ImageSet } from '../training/types'

/** index mirrored about the first and the last of n samples (the ends are not repeated) */
function mirrored(k: number, n: number): number {
  const up = Math.abs(k)
  return up > n - 1 ? 2 * (n - 1) - up : up
}

/** cubic B-spline, support (−2, 2) */
function spline(x: number): number {
  const u = Math.abs(x)
  if (u < 1) return 2 / 3 - u * u + (u * u * u) / 2
  return u < 2 ? (2 - u) ** 3 / 6 : 0
}

/** the to × from resampling matrix, row-major */
export function resamplingMatrix(from: number, to: number): Float64Array {
  // Row k of the matrix is the solution m of mᵀ A = bᵀ with A[i][j] = Σ over images of j of spline(i − j), tridiagonal.
  const lower = new Float64Array(from).fill(1 / 6)
  const upper = new Float64Array(from).fill(1 / 6)
  // Aᵀ: the mirrored ends double the entry that reaches back into the ends' neighbours
  lower[1] = 2 / 6
  upper[from - 2] = 2 / 6
  const matrix = new Float64Array(to * from)
  for (let k = 0; k < to; k++) {
    const at = (k * (from - 1)) / (to - 1)
    const row = matrix.subarray(k * from, (k + 1) * from)
    const first = Math.floor(at) - 1
    for (let j = first; j < first + 4; j++) row[mirrored(j, from)] += spline(at - j)
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
 * @param set square images
 * @param crop pixels left away at each side first
 * @param to side of the new images
 */
export function resample(set: ImageSet, crop: number, to: number): ImageSet {
  const samples = set.labels.length
  const inner = set.side - 2 * crop
  const pixels = new Uint8Array(samples * to * to)
  const matrix = resamplingMatrix(inner, to)
  // by column, so that the inner loops run over neighbouring sums; most pixels of a digit are 0 and skipped
  const column = Array.from({ length: inner }, (_, x) =>
    Float64Array.from({ length: to }, (_, k) => matrix[k * inner + x])
  )
  const vertical = Array.from({ length: inner }, () => new Float64Array(to))
  const row = new Float64Array(to)
  for (let sample = 0; sample < samples; sample++) {
    const base = (sample * set.side + crop) * set.side + crop
    for (let x = 0; x < inner; x++) {
      const sums = vertical[x].fill(0)
      for (let y = 0; y < inner; y++) add(sums, column[y], set.pixels[base + y * set.side + x])
    }
    for (let r = 0; r < to; r++) {
      row.fill(0)
      for (let x = 0; x < inner; x++) add(row, column[x], vertical[x][r])
      const at = (sample * to + r) * to
      for (let c = 0; c < to; c++) pixels[at + c] = Math.max(0, Math.min(255, Math.floor(row[c] + 0.5)))
    }
  }
  return { side: to, classes: set.classes, pixels, labels: set.labels }
}

/** sums += factor · terms */
function add(sums: Float64Array, terms: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let k = 0; k < sums.length; k++) sums[k] += terms[k] * factor
}
