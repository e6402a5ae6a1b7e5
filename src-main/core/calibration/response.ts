/**
 * Response of a leaky membrane to a synaptic event, for planning measurements: what a height at one pair of time constants
 * is at another. dV/dt = −V/tauMem + I, dI/dt = −I/tauSyn (Rotter and Diesmann 1999). Times in µs.
 */
import { exp, log } from '../numerics/functions'

/** nearer than this (relative) the two time constants count as one: the error of the response is as small */
const EQUAL = 1e-3

/** membrane at time t after a current step of 1 per µs */
export function responseAt(t: number, tauMem: number, tauSyn: number): number {
  if (t <= 0) return 0
  if (Math.abs(tauMem - tauSyn) < EQUAL * tauMem) return t * exp((-2 * t) / (tauMem + tauSyn))
  return ((tauMem * tauSyn) / (tauMem - tauSyn)) * (exp(-t / tauMem) - exp(-t / tauSyn))
}

/** time from an event to the peak of its response: τ for equal time constants, else ln(a / b) · ab / (a − b) */
export function peakTime(a: number, b: number): number {
  return Math.abs(a - b) < EQUAL * a ? (a + b) / 2 : (log(a / b) * a * b) / (a - b)
}

/** height of the response to a current step of 1 per µs */
export function peakHeight(tauMem: number, tauSyn: number): number {
  return responseAt(peakTime(tauMem, tauSyn), tauMem, tauSyn)
}

/** intervals of the mean below: midpoints of 200 are exact to 1e-5 */
const INTERVALS = 200

/**
 * Where the membrane is while it takes up what it has at the peak, as a share of the peak's height: the mean of the response
 * over the current, each part weighted by what is left of it at the peak. To first order an input whose strength changes by
 * k per LSB answers as high as one without, over 1 + k · share · height (perturbation of the equation above).
 */
export function shareWhileRising(tauMem: number, tauSyn: number): number {
  const peak = peakTime(tauMem, tauSyn)
  const height = responseAt(peak, tauMem, tauSyn)
  const step = peak / INTERVALS
  let sum = 0
  for (let k = 0; k < INTERVALS; k++) {
    const t = (k + 0.5) * step
    sum += exp(-t / tauSyn) * exp((t - peak) / tauMem) * responseAt(t, tauMem, tauSyn) * step
  }
  return sum / height ** 2
}
