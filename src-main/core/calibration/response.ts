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
