/**
 * Exact propagators of the leaky integrator with exponentially decaying input currents (Rotter and Diesmann 1999,
 * "Exact digital simulation of time-invariant linear systems"):
 *   dV/dt = (V∞ − V) / tauMem + I ,  dI/dt = −I / tauSyn        (I already divided by the capacitance)
 *   V(t) = V∞ + (V(0) − V∞) · decay(t, tauMem) + I(0) · currentToMembrane(t, tauMem, tauSyn)
 *
 * The textbook form tauMem·tauSyn / (tauMem − tauSyn) · (e^(−t/tauMem) − e^(−t/tauSyn)) loses all digits where the two
 * time constants agree, which is the working point of most experiments (6 and 6 µs). Times in µs.
 */
import { exp, expm1 } from '../numerics/functions'

/** e^(−t / tau) */
export function decay(t: number, tau: number): number {
  return exp(-t / tau)
}

/** (1 − e^(−x)) / x for x >= 0, the series where the quotient would be 0 / 0 */
function meanDecay(x: number): number {
  return x < 1e-8 ? 1 - x / 2 : -expm1(-x) / x
}

/**
 * Membrane voltage at time t that a current of 1 at time 0 leaves, µs: ∫ e^(−(t−s)/tauMem) e^(−s/tauSyn) ds.
 * Relative error below 1e-12 for every ratio of the time constants and t up to 700 of the longer one.
 */
export function currentToMembrane(t: number, tauMem: number, tauSyn: number): number {
  // with the slower rate taken out, the rest is a mean of a falling exponential: nothing cancels, nothing overflows
  const slow = Math.max(tauMem, tauSyn)
  const difference = Math.abs(tauMem - tauSyn) / (tauMem * tauSyn)
  return t * exp(-t / slow) * meanDecay(difference * t)
}

/** membrane voltage at time t that a constant current of 1 since time 0 leaves, µs: tauMem · (1 − e^(−t/tauMem)) */
export function constantToMembrane(t: number, tauMem: number): number {
  return t * meanDecay(t / tauMem)
}

/** sd that white noise current adds over time t to a membrane whose stationary sd is `sd` (Ornstein and Uhlenbeck) */
export function noiseKick(t: number, tauMem: number, sd: number): number {
  return sd * Math.sqrt(-expm1((-2 * t) / tauMem))
}
