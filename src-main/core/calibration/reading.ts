/** Several readings of a routine's result on the chip as it is: mean and spread of every instance. */
import type { Bench } from './bench'
import type { Check } from './routine'

/** mean of several readings, neuron by neuron */
export function averaged(times: number, read: (k: number) => Float64Array): Float64Array {
  const sum = read(0)
  for (let k = 1; k < times; k++) read(k).forEach((value, n) => (sum[n] += value))
  return sum.map((value) => value / times)
}

export interface Reading {
  mean: Float64Array
  /** sd of single readings (n − 1); NaN for a single one */
  sigma: Float64Array
}

export function takeReading(bench: Bench, check: Check, reads: number): Reading {
  const leave = check.prepare(bench)
  const first = check.read(bench, 0)
  const mean = first.slice()
  const squares = new Float64Array(first.length)
  for (let k = 1; k < reads; k++) {
    // running mean and sum of squared deviations (Welford 1962)
    check.read(bench, k).forEach((value, n) => {
      const delta = value - mean[n]
      mean[n] += delta / (k + 1)
      squares[n] += delta * (value - mean[n])
    })
  }
  leave()
  return { mean, sigma: squares.map((sum) => Math.sqrt(sum / (reads - 1))) }
}
