/**
 * Small dense symmetric matrices, row-major: eigen-decomposition by Jacobi's rotations (Golub and Van Loan, Matrix
 * Computations, 8.5) and Cholesky factors. Meant for a few dozen rows.
 */

export interface Eigen {
  /** n eigenvalues */
  values: Float64Array
  /** eigenvector k is column k: vectors[row · n + k]; orthonormal */
  vectors: Float64Array
}

/** sweeps until nothing is left off the diagonal; a dozen are enough for any matrix of this size */
const SWEEPS = 60

/** @param matrix symmetric, n × n; not changed */
export function eigenSymmetric(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice()
  const vectors = new Float64Array(n * n)
  for (let k = 0; k < n; k++) vectors[k * n + k] = 1
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0
    let all = 0
    for (let p = 0; p < n; p++) for (let q = 0; q < n; q++) all += a[p * n + q] ** 2
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2
    if (off <= 1e-34 * all) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q)
  }
  return { values: Float64Array.from({ length: n }, (_, k) => a[k * n + k]), vectors }
}

/** one rotation in the plane of p and q that makes a[p][q] zero */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]
  if (apq === 0) return
  const tau = (a[q * n + q] - a[p * n + p]) / (2 * apq)
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const c = 1 / Math.sqrt(1 + t * t)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p], a[k * n + q]]
    a[k * n + p] = c * kp - s * kq
    a[k * n + q] = s * kp + c * kq
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k], a[q * n + k]]
    a[p * n + k] = c * pk - s * qk
    a[q * n + k] = s * pk + c * qk
    const [vp, vq] = [vectors[k * n + p], vectors[k * n + q]]
    vectors[k * n + p] = c * vp - s * vq
    vectors[k * n + q] = s * vp + c * vq
  }
}

/** lower-triangular L with L·Lᵀ = matrix (n × n, positive semi-definite: what rounding makes negative counts as zero) */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]
      for (let k = 0; k < j; k++) rest -= l[i * n + k] * l[j * n + k]
      if (i === j) l[i * n + i] = Math.sqrt(Math.max(0, rest))
      else l[i * n + j] = l[j * n + j] > 0 ? rest / l[j * n + j] : 0
    }
  }
  return l
}
