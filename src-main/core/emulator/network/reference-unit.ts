/**
 * One unit of the float64 reference (reference.ts), and what the chip's event outputs pass of the spikes of all.
 *
 * Equations (hardware.md 2, without its exponential and adaptation terms), V in CADC LSB, currents in LSB / µs:
 *   dV/dt = (rest − V) / tauMem + sat(E) − sat(I)   free, with sat(x) = limit · tanh(x / limit) of either input
 *   …     + (reset − V) / tauReset                  while refractory; E and I run on, the threshold is masked
 *   dE/dt = −E / tauSynExc, dI/dt = −I / tauSynInh; an event adds its step to E (positive) or to I (negative).
 * V crossing the threshold from below is a spike. A neuron event output passes one event in each cycle of its clock: of
 * several the one of the lowest unit; the neurons fire all the same (cycles are counted from the start of a bin).
 */
import { neuronOutput, OUTPUT_CYCLE_US } from '../../chip/hicann-x/router'
import { tanh } from '../../numerics/functions'
import { clamped } from '../lif-reference'
import { currentToMembrane, decay } from '../propagators'
import { lifOf } from './units'
import type { Units } from './units'

/** an event at a synapse: the signed current step of `currentStep` */
export interface SynapticEvent {
  timeUs: number
  step: number
}

export interface Trace {
  /** V at the sampling times: 0, binUs, 2 binUs, … */
  membrane: Float64Array
  spikesUs: number[]
}

/**
 * One unit through one sample, from rest.
 * @param events sorted by time
 * @param samples number of sampling times
 * @param dtUs longest step; inside it a crossing is found by linear interpolation
 */
export function traceUnit(
  units: Units,
  unit: number,
  events: readonly SynapticEvent[],
  samples: number,
  binUs: number,
  dtUs: number
): Trace {
  const lif = lifOf(units, unit)
  const reset = clamped(lif)
  const { threshold } = lif
  const membrane = new Float64Array(samples)
  const spikesUs: number[] = []
  let [v, e, i, t] = [lif.rest, 0, 0, 0]
  let release = -Infinity
  let next = 0

  const after = (dt: number): number => {
    const free = release <= t
    const tau = free ? lif.tauMem : reset.tau
    const rest = free ? lif.rest : reset.rest
    return (
      rest +
      (v - rest) * decay(dt, tau) +
      e * passed(e * decay(dt / 2, lif.tauSynExc), units.limitExc[unit]) * currentToMembrane(dt, tau, lif.tauSynExc) -
      i * passed(i * decay(dt / 2, lif.tauSynInh), units.limitInh[unit]) * currentToMembrane(dt, tau, lif.tauSynInh)
    )
  }
  const move = (to: number, potential: number): void => {
    e *= decay(to - t, lif.tauSynExc)
    i *= decay(to - t, lif.tauSynInh)
    v = potential
    t = to
  }

  membrane[0] = v
  for (let k = 1; k < samples; k++) {
    const end = k * binUs
    while (t < end) {
      for (; next < events.length && events[next].timeUs <= t; next++) {
        if (events[next].step > 0) e += events[next].step
        else i -= events[next].step
      }
      let to = Math.min(end, t + dtUs)
      if (next < events.length) to = Math.min(to, events[next].timeUs)
      if (release > t) to = Math.min(to, release)
      const v1 = after(to - t)
      if (release <= t && v <= threshold && v1 > threshold) {
        const crossing = t + ((to - t) * (threshold - v)) / (v1 - v)
        spikesUs.push(crossing)
        move(crossing, threshold)
        release = crossing + lif.refractory
      } else move(to, v1)
    }
    membrane[k] = v
  }
  return { membrane, spikesUs }
}

/** the share of a current that its input stage passes; over a short step, that of the current half-way */
function passed(current: number, limit: number): number {
  return current === 0 || limit === Infinity ? 1 : (limit / current) * tanh(current / limit)
}

export interface ReferenceNetwork {
  hidden: Units
  outputs: Units
  /** current steps, [input][hidden] and [hidden][output] */
  hiddenSteps: Float64Array
  outputSteps: Float64Array
  /** [hidden that fires][hidden that hears]; absent: none hears another */
  recurrentSteps?: Float64Array
}

export interface ReferenceSample {
  /** what the converter sees before it rounds, [bin][hidden units, then outputs] */
  converter: Float64Array
  /** those that the event outputs passed, by time */
  spikes: { unit: number; timeUs: number }[]
}

/** of what fired, what the event outputs pass, by time */
export function passedByOutputs(
  fired: ReferenceSample['spikes'],
  hidden: Units,
  binUs: number
): ReferenceSample['spikes'] {
  const taken = new Set<string>()
  const passed = fired
    .toSorted((a, b) => a.unit - b.unit)
    .filter(({ unit, timeUs }) => {
      const bin = Math.floor(timeUs / binUs)
      const cycle = Math.floor((timeUs - bin * binUs) / OUTPUT_CYCLE_US)
      const slot = `${neuronOutput(hidden.column[unit])} ${bin} ${cycle}`
      const free = !taken.has(slot)
      taken.add(slot)
      return free
    })
  return passed.sort((a, b) => a.timeUs - b.timeUs || a.unit - b.unit)
}
