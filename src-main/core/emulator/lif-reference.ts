/**
 * The definition of the emulated neuron, in float64 and event driven: exact between events, spike times by root
 * finding. Everything faster is tested against it; it is tested against trajectories computed with 40 digits.
 *
 * Equations (hardware.md 2 without adaptation and exponential term), currents already divided by the capacitance:
 *   dV/dt = (rest − V) / tauMem + exc − inh                      free
 *   …     + (reset − V) / tauReset                               reset switch closed: while refractory
 *   dexc/dt = −exc / tauSynExc,  dinh/dt = −inh / tauSynInh      an event adds to exc or inh, also while refractory
 * V reaching the threshold from below, outside the refractory period, is a spike. A membrane that is already above
 * (reset above threshold) does not spike until it has been below: silicon then shows a rate of zero, too.
 *
 * Potentials in CADC LSB, times in µs, currents in LSB / µs.
 */
import { log } from '../numerics/functions'
import { currentToMembrane, decay } from './propagators'

export interface Lif {
  /** where the membrane settles without events */
  rest: number
  tauMem: number
  tauSynExc: number
  tauSynInh: number
  /** Infinity: the comparator is off */
  threshold: number
  reset: number
  /** 0: the reset is immediate and perfect, as textbooks have it */
  tauReset: number
  refractory: number
}

export interface LifState {
  v: number
  exc: number
  inh: number
  /** time for which the reset switch stays closed, µs */
  refractoryLeft: number
}

/** advances `state` by h µs; `onSpike` hears the time of each spike, counted from the start of this call */
export function advance(lif: Lif, state: LifState, h: number, onSpike: (afterUs: number) => void): void {
  let done = 0
  while (done < h) {
    if (state.refractoryLeft > 0) {
      const part = Math.min(state.refractoryLeft, h - done)
      clamp(lif, state, part)
      // the difference of two times of day may leave a rest of rounding: the switch opens when its time is over
      state.refractoryLeft = part < state.refractoryLeft ? state.refractoryLeft - part : 0
      done += part
      continue
    }
    const crossing = firstCrossing(lif, state, h - done)
    if (crossing > h - done) {
      state.v = membraneAfter(lif, state, h - done)
      relax(lif, state, h - done)
      return
    }
    relax(lif, state, crossing)
    done += crossing
    fire(lif, state)
    onSpike(done)
  }
}

/** the comparator has fired: the reset switch closes */
export function fire(lif: Lif, state: LifState): void {
  state.v = lif.tauReset === 0 ? lif.reset : lif.threshold
  state.refractoryLeft = lif.refractory
}

/** with the reset switch closed a second conductance pulls the membrane: it settles faster, elsewhere */
export function clamped(lif: Lif): { tau: number; rest: number } {
  if (lif.tauReset === 0) return { tau: 0, rest: lif.reset }
  const tau = 1 / (1 / lif.tauMem + 1 / lif.tauReset)
  return { tau, rest: tau * (lif.rest / lif.tauMem + lif.reset / lif.tauReset) }
}

/** h µs with the reset switch closed */
export function clamp(lif: Lif, state: LifState, h: number): void {
  const { tau, rest } = clamped(lif)
  state.v = tau === 0 ? rest : settle(lif, state, h, tau, rest)
  relax(lif, state, h)
}

/** the free membrane after t µs */
export function membraneAfter(lif: Lif, state: LifState, t: number): number {
  return settle(lif, state, t, lif.tauMem, lif.rest)
}

function settle(lif: Lif, state: LifState, t: number, tau: number, rest: number): number {
  let v = rest + (state.v - rest) * decay(t, tau)
  if (state.exc !== 0) v += state.exc * currentToMembrane(t, tau, lif.tauSynExc)
  if (state.inh !== 0) v -= state.inh * currentToMembrane(t, tau, lif.tauSynInh)
  return v
}

function relax(lif: Lif, state: LifState, h: number): void {
  if (state.exc !== 0) state.exc *= decay(h, lif.tauSynExc)
  if (state.inh !== 0) state.inh *= decay(h, lif.tauSynInh)
}

/**
 * When the free membrane first reaches the threshold from below within h µs; Infinity: not.
 *
 * The trajectory is cut into monotone pieces. With I = exc − inh, dV/dt · e^(t/tauMem) has the derivative
 * dI/dt · e^(t/tauMem), and dI/dt is zero at most once, at a time in closed form: on either side of it dV/dt changes
 * its sign at most once. No crossing is missed, however short.
 */
export function firstCrossing(lif: Lif, state: LifState, h: number): number {
  const { threshold, tauMem, tauSynExc, tauSynInh } = lif
  // the cheap bound first: a current of 1 adds at most min(t, tauSyn) to the membrane
  const most = Math.max(state.v, lif.rest) + push(state.exc, tauSynExc, h) + push(-state.inh, tauSynInh, h)
  if (most < threshold) return Infinity
  if (state.exc === 0 && state.inh === 0) {
    if (state.v >= threshold || lif.rest <= threshold) return Infinity
    const crossing = tauMem * log((lif.rest - state.v) / (lif.rest - threshold))
    return crossing <= h ? crossing : Infinity
  }

  const membrane = (t: number): number => membraneAfter(lif, state, t)
  const slope = (t: number): number =>
    (lif.rest - membrane(t)) / tauMem + state.exc * decay(t, tauSynExc) - state.inh * decay(t, tauSynInh)
  const curvature = (t: number): number =>
    -slope(t) / tauMem - (state.exc / tauSynExc) * decay(t, tauSynExc) + (state.inh / tauSynInh) * decay(t, tauSynInh)

  const cuts = [0]
  const split = turningPoint(lif, state)
  const bounds = split > 0 && split < h ? [0, split, h] : [0, h]
  for (let k = 1; k < bounds.length; k++) {
    const [from, to] = [bounds[k - 1], bounds[k]]
    if (slope(from) * slope(to) < 0) cuts.push(root(slope, curvature, from, to))
    cuts.push(to)
  }
  for (let k = 1; k < cuts.length; k++) {
    if (membrane(cuts[k - 1]) < threshold && membrane(cuts[k]) >= threshold) {
      return root((t) => membrane(t) - threshold, slope, cuts[k - 1], cuts[k])
    }
  }
  return Infinity
}

/** where exc / tauSynExc · e^(−t/tauSynExc) = inh / tauSynInh · e^(−t/tauSynInh); NaN where nowhere or everywhere */
function turningPoint({ tauSynExc, tauSynInh }: Lif, { exc, inh }: LifState): number {
  const ratio = (exc * tauSynInh) / (inh * tauSynExc)
  return ratio > 0 && ratio < Infinity ? log(ratio) / (1 / tauSynExc - 1 / tauSynInh) : NaN
}

function push(current: number, tauSyn: number, h: number): number {
  return Math.max(0, current) * Math.min(h, tauSyn)
}

/** root of f between `low` and `high`, where it changes its sign: Newton's steps, kept inside a shrinking bracket */
function root(f: (t: number) => number, derivative: (t: number) => number, low: number, high: number): number {
  const rising = f(high) > 0 || f(low) < 0
  let t = (low + high) / 2
  for (let k = 0; k < 200; k++) {
    const y = f(t)
    if (y === 0) return t
    if (y > 0 === rising) high = t
    else low = t
    const newton = t - y / derivative(t)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - t) <= 1e-16 * Math.abs(t) || next === low || next === high) return next
    t = next
  }
  return t
}
