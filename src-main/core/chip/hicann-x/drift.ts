/**
 * What age and temperature do to a chip: a pure function of (seed, days, temperature), so that a chip has one history,
 * however often and in whatever pieces it is let to age.
 *
 * ASSUMED throughout. No drift or temperature coefficient of the silicon is published; what is known is that its users
 * calibrate every night and watch the board's temperature. The coefficients are hardware.md 3.5's suggestion:
 *   potentials (leak, reset, threshold)  a slow random walk of 0.3 CADC LSB / √day each circuit and potential on its own;
 *                                        0.05 … 0.1 CADC LSB / K, one value a quadrant
 *   conductances (leak, reset, gm)       −0.2 % / K
 *   synaptic time constants              −0.3 % / K
 * The chip's other parts stay as they are. `mismatch` scales all of it: 0 is a chip that does not change.
 *
 * The walk is Lévy's construction of Brownian motion: its value after 2^14 days, then midpoints of midpoints down to
 * 2^−10 days (84 s), linear in between. Each point is drawn from a stream of its own, so W(t) never depends on which
 * other times were looked at.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import type { ChipDraw } from './draw'
import { CIRCUITS, QUADRANTS, quadrantOf } from './topology'
import { POTENTIAL_SLOPES } from './transfer'

export interface Age {
  /** since the chip was made */
  days: number
  /** °C, all through what is done now */
  temperature: number
}

/** °C of a chip that nobody warmed or cooled (boards read 25 … 40; hardware.md 7) */
export const USUAL_TEMPERATURE = 30
export const MOST_DAYS = 10_000

const WALK = 0.3
const PER_KELVIN = { potentialLeast: 0.05, potentialMost: 0.1, conductance: -0.002, synapticTau: -0.003 }
const SPAN_DAYS = 2 ** 14
const LEVELS = 24

/** the chip as it is at this age; the very same object where nothing has changed */
export function agedChip(draw: ChipDraw, { days, temperature }: Age): ChipDraw {
  const warmer = draw.mismatch * (temperature - USUAL_TEMPERATURE)
  if (days === 0 && warmer === 0) return draw
  const source = new Stream(draw.seed, 'hicann-x', 'drift-temperature')
  const perKelvin = Float64Array.from({ length: QUADRANTS }, () => {
    return PER_KELVIN.potentialLeast + (PER_KELVIN.potentialMost - PER_KELVIN.potentialLeast) * source.uniform()
  })
  const { circuit } = draw
  const potential = (name: keyof typeof POTENTIAL_SLOPES): Float64Array => {
    const walk = walkAt(draw.seed, name, days)
    return circuit[name].map((own, n) => {
      const lsb = draw.mismatch * WALK * walk[n] + perKelvin[quadrantOf(n)] * warmer
      return own + lsb / POTENTIAL_SLOPES[name]
    })
  }
  const conductance = exp(PER_KELVIN.conductance * warmer)
  const faster = exp(-PER_KELVIN.synapticTau * warmer)
  const times = (values: Float64Array, factor: number): Float64Array => values.map((x) => x * factor)
  return {
    ...draw,
    circuit: {
      ...circuit,
      leak: potential('leak'),
      reset: potential('reset'),
      threshold: potential('threshold'),
      leakBias: times(circuit.leakBias, conductance),
      gainExc: times(circuit.gainExc, conductance),
      gainInh: times(circuit.gainInh, conductance),
      // a time constant, which rises as its conductance falls
      tauReset: times(circuit.tauReset, 1 / conductance),
      // factors on the currents that shorten the time constants
      tauExc: times(circuit.tauExc, faster),
      tauInh: times(circuit.tauInh, faster)
    }
  }
}

/** Brownian motion of every circuit after `days`, of variance 1 a day: W(0) = 0 */
function walkAt(seed: number, name: string, days: number): Float64Array {
  const normals = (level: number, index: number): Float64Array => {
    const source = new Stream(seed, 'hicann-x', 'drift', name, level, index)
    return Float64Array.from({ length: CIRCUITS }, () => source.normal())
  }
  let [from, to] = [0, SPAN_DAYS]
  let low = new Float64Array(CIRCUITS)
  let high = normals(0, 0).map((x) => Math.sqrt(SPAN_DAYS) * x)
  for (let level = 1; level <= LEVELS && days > from && days < to; level++) {
    const middle = (from + to) / 2
    // halfway between two known points: their mean, and a quarter of the interval as variance
    const sd = Math.sqrt(to - from) / 2
    const own = normals(level, from / (to - from))
    const between = own.map((x, n) => (low[n] + high[n]) / 2 + sd * x)
    if (days < middle) [to, high] = [middle, between]
    else [from, low] = [middle, between]
  }
  const share = (days - from) / (to - from)
  return low.map((w, n) => w + (high[n] - w) * share)
}
