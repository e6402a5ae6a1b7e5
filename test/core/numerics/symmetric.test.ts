import { describe, expect, it } from 'vitest'
import { cholesky, eigenSymmetric } from '../../../src-main/core/numerics/symmetric'
import { Stream } from '../../../src-main/core/random/stream'

describe('symmetric matrices', () => {
  it.each([1, 2, 5, 16])('of %i rows are put together again by their eigenvectors', (n) => {
    const stream = new Stream(1, 'symmetric', n)
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = stream.normal()
    const { values, vectors } = eigenSymmetric(a, n)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let again = 0
        let overlap = 0
        for (let k = 0; k < n; k++) {
          again += vectors[i * n + k] * values[k] * vectors[j * n + k]
          overlap += vectors[k * n + i] * vectors[k * n + j]
        }
        expect(again).toBeCloseTo(a[i * n + j], 12)
        expect(overlap).toBeCloseTo(i === j ? 1 : 0, 12)
      }
    }
  })

  it('have the eigenvalues of a chain in closed form', () => {
    // 2 on the diagonal, −1 beside it: 2 − 2 cos(k π / (n + 1))
    const n = 9
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      a[i * (n + 1)] = 2
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1
    }
    const values = [...eigenSymmetric(a, n).values].sort((x, y) => x - y)
    values.forEach((value, k) => expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13))
  })

  it('are the square of their Cholesky factors, also where they are singular', () => {
    const b = [1, 2, 0.5, 1, -1, 3]
    const a = new Float64Array(9)
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) a[i * 3 + j] = b[i] * b[j] + b[3 + i] * b[3 + j]
    const l = cholesky(a, 3)
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let again = 0
        for (let k = 0; k < 3; k++) again += l[i * 3 + k] * l[j * 3 + k]
        expect(again).toBeCloseTo(a[i * 3 + j], 12)
      }
    }
  })
})
