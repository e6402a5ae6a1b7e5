/**
 * Walks one membrane through a timeline. Two paths give the same result where both apply, and tests hold them against
 * each other: the closed form, for a membrane that cannot reach its comparator's threshold (one multiplication and
 * addition a term and step), and the spiking neuron of lif-reference.ts with the same noise.
 *
 * A refractory counter starts with the next edge of its clock and is read by another: each period is off by up to one
 * cycle either way, evenly (hardware.md 7).
 *
 * What the input stages pass of a line (input-stage.ts) is taken half-way through each step, for all of the step: with
 * steps of at most SPIKING_STEP_US, a sixth of a usual time constant, that is good to 1e-3 of the current.
 *
 * Membrane noise is an Ornstein-Uhlenbeck process of correlation time tauMem: because the membrane is linear, that is a
 * normal kick of the exact variance at the end of each step.
 */
import type { Circuits } from '../../../chip/hicann-x/circuits'
import { CIRCUITS } from '../../../chip/hicann-x/topology'
import { tanh } from '../../../numerics/functions'
import { advance, clamp, fire, type Lif, type LifState } from '../../lif-reference'
import { currentToMembrane, decay, noiseKick } from '../../propagators'
import type { TrialNoise } from '../../trial-noise'
import type { Drive } from './drive'
import { settledSpiking } from './settled'
import type { Timeline } from './timeline'

/** the path is chosen so that noise of this many sd does not reach the threshold unseen */
const NOISE_MARGIN = 7
/** lines that stay below this part of the stage's range are linear to 0.1 % */
const LINEAR_PART = 0.05
/** longest step of a spiking neuron, µs: noise is drawn at least this often, so that it can make the neuron fire */
export const SPIKING_STEP_US = 1

/** of a clock cycle: what a refractory period lasts at least */
const SHORTEST_PERIOD = 0.1

export interface Walk {
  membranes: Circuits
  drive: Drive
  /** the program's own steps; finer ones for neurons that may spike (made when first needed) */
  coarse: Timeline
  fine(): Timeline
  trial: TrialNoise
  /**
   * The input stages are taken as linear. ASSUMED for rate mode: experiments sum hundreds of pulses there within the
   * linear range (hardware.md 8), so a pulse must pull the line far less than a spike; by how much is not published.
   */
  linear?: boolean
  /** null or left out: no input bypasses its membrane */
  bypass?: Bypass | null
}

/** one entry a circuit, 1: events on this input make the circuit fire and do nothing else */
export interface Bypass {
  exc: Uint8Array
  inh: Uint8Array
}

/** what a length of a timeline does to a membrane: one factor or weight for each length */
interface Propagators {
  mem: Float64Array
  exc: Float64Array
  inh: Float64Array
  excToMem: Float64Array
  inhToMem: Float64Array
  kick: Float64Array
}

function propagatorsOf(lengths: Float64Array, lif: Lif, noise: number, driven: boolean): Propagators {
  const mem = lengths.map((h) => decay(h, lif.tauMem))
  return {
    mem,
    kick: lengths.map((h) => noiseKick(h, lif.tauMem, noise)),
    // without events the currents stay zero and nobody asks
    exc: driven ? lengths.map((h) => decay(h, lif.tauSynExc)) : mem,
    inh: driven ? lengths.map((h) => decay(h, lif.tauSynInh)) : mem,
    excToMem: driven ? lengths.map((h) => currentToMembrane(h, lif.tauMem, lif.tauSynExc)) : mem,
    inhToMem: driven ? lengths.map((h) => currentToMembrane(h, lif.tauMem, lif.tauSynInh)) : mem
  }
}

/** One membrane in one program: made once, presented as often as the program repeats. */
export class Membrane {
  readonly #lif: Lif
  readonly #cycle: number
  readonly #noise: number
  readonly #gainExc: number
  readonly #gainInh: number
  readonly #limitExc: number
  readonly #limitInh: number
  readonly #restWith: number
  readonly #restWithout: number
  readonly #spiking: boolean
  readonly #bypassed: boolean
  readonly #timeline: Timeline
  readonly #propagators: Propagators

  /**
   * @param n circuit that the membrane's parameters are taken from
   * @param inhibited circuit whose inhibitory synapses reach it (n, or its lower partner where joined)
   * @param watched its comparator is watched whatever the drive: it may arrive with currents from before
   * @param glitches probability that a spike's refractory period ends after one cycle (quirks.ts)
   */
  constructor(
    private readonly walk: Walk,
    private readonly n: number,
    private readonly inhibited: number,
    watched = false,
    private readonly glitches = 0
  ) {
    const { membranes, drive } = walk
    const perCapacitance = 1 / membranes.capacitance[n]
    const perCurrent = membranes.tauMem[n] * perCapacitance
    this.#restWithout = membranes.leak[n] + perCurrent * (membranes.inputOffsetExc[n] - membranes.inputOffsetInh[n])
    this.#restWith = this.#restWithout + perCurrent * membranes.offsetCurrent[n]
    const { bypass } = walk
    this.#bypassed = bypass?.exc[n] === 1 || bypass?.inh[n] === 1
    // an input that is bypassed does nothing to its membrane
    this.#gainExc = bypass?.exc[n] === 1 ? 0 : membranes.gainExc[n] * perCapacitance
    this.#gainInh = bypass?.inh[n] === 1 ? 0 : membranes.gainInh[n] * perCapacitance
    this.#limitExc = walk.linear ? Infinity : membranes.limitExc[n] * perCapacitance
    this.#limitInh = walk.linear ? Infinity : membranes.limitInh[n] * perCapacitance
    this.#noise = membranes.noise[n]
    const lif = {
      rest: walk.coarse.offsetBefore ? this.#restWith : this.#restWithout,
      tauMem: membranes.tauMem[n],
      tauSynExc: membranes.tauSynExc[n],
      tauSynInh: membranes.tauSynInh[n],
      threshold: membranes.fires[n] ? membranes.threshold[n] : Infinity,
      reset: membranes.reset[n],
      tauReset: membranes.tauReset[n],
      refractory: membranes.refractory[n]
    }
    this.#lif = lif
    this.#cycle = membranes.refractoryCycle[n]

    // a current of 1 that decays with tauSyn lifts the membrane by less than the shorter of the two time constants
    let [most, least] = [0, 0]
    let highest = Math.max(this.#restWith, this.#restWithout, walk.coarse.resets ? lif.reset : -Infinity)
    for (let at = n; at < drive.exc.length; at += CIRCUITS) {
      highest += this.#gainExc * drive.exc[at] * Math.min(lif.tauMem, lif.tauSynExc)
      most += this.#gainExc * drive.exc[at]
      least += this.#gainInh * drive.inh[at - n + this.inhibited]
    }
    const bends = most > LINEAR_PART * this.#limitExc || least > LINEAR_PART * this.#limitInh || watched
    this.#spiking = watched || this.#bypassed || highest + NOISE_MARGIN * this.#noise >= lif.threshold
    this.#timeline = this.#spiking || bends ? walk.fine() : walk.coarse
    this.#propagators = propagatorsOf(this.#timeline.lengths, lif, this.#noise, drive.any)
  }

  /**
   * One presentation, from the settled state.
   * @param observed receives V at each observation, CADC LSB
   * @param onSpike hears the time of each spike, µs
   */
  present(observed: Float64Array, onSpike: (timeUs: number) => void): void {
    this.proceed(this.settled(), observed, onSpike)
  }

  /** the state that a presentation starts from */
  settled(): LifState {
    const { trial, coarse } = this.walk
    const lif = this.#lif
    lif.rest = coarse.offsetBefore ? this.#restWith : this.#restWithout
    return this.#spiking
      ? settledSpiking(lif, this.#noise, trial)
      : { v: lif.rest + this.#noise * trial.normal(), exc: 0, inh: 0, refractoryLeft: 0 }
  }

  /** whether such an event comes in by an input that makes the circuit fire */
  #fires(exc: number, inh: number): boolean {
    const { bypass } = this.walk
    return (exc > 0 && bypass?.exc[this.n] === 1) || (inh > 0 && bypass?.inh[this.n] === 1)
  }

  /** walks `state` to the end of the timeline */
  proceed(state: LifState, observed: Float64Array, onFire: (timeUs: number) => void): void {
    const { trial, drive } = this.walk
    const { lengths, length, start, forced, offsetOn, event, observation, count } = this.#timeline
    const propagators = this.#propagators
    const lif = this.#lif
    const spiking = this.#spiking
    const onSpike = (timeUs: number): void => {
      const off = this.#cycle * (2 * trial.uniform() - 1)
      state.refractoryLeft = Math.max(SHORTEST_PERIOD * this.#cycle, lif.refractory + off)
      if (this.glitches > 0 && trial.uniform() < this.glitches) state.refractoryLeft = this.#cycle
      onFire(timeUs)
    }
    for (let k = 0; k < count; k++) {
      const at = length[k]
      if (at >= 0) {
        const h = lengths[at]
        lif.rest = offsetOn[k] ? this.#restWith : this.#restWithout
        const v = lif.rest + (state.v - lif.rest) * propagators.mem[at]
        const free = state.exc === 0 && state.inh === 0 && state.refractoryLeft === 0 && forced[k] === 0
        if (free && (!spiking || Math.max(state.v, v) < lif.threshold)) {
          // most steps of a calibration: what the general case comes to without currents
          state.v = v
          kick(lif, state, propagators.kick[at], trial, start[k] + h, onSpike)
        } else {
          // the stages' share of both lines, for this step
          const exc = passed(state.exc, lif.tauSynExc, h, this.#limitExc)
          const inh = passed(state.inh, lif.tauSynInh, h, this.#limitInh)
          state.exc *= exc
          state.inh *= inh
          if (forced[k]) {
            clamp(lif, state, h)
            state.refractoryLeft = Math.max(0, state.refractoryLeft - h)
          } else if (!spiking || quiet(lif, state, h, propagators.mem[at])) {
            freeStep(lif, state, propagators, at)
            kick(lif, state, propagators.kick[at], trial, start[k] + h, onSpike)
          } else {
            advance(lif, state, h, (after) => onSpike(start[k] + after))
            if (state.refractoryLeft === 0) kick(lif, state, propagators.kick[at], trial, start[k] + h, onSpike)
          }
          state.exc /= exc
          state.inh /= inh
        }
      }
      if (event[k] >= 0) {
        const exc = drive.exc[event[k] * CIRCUITS + this.n]
        const inh = drive.inh[event[k] * CIRCUITS + this.inhibited]
        if (this.#bypassed && this.#fires(exc, inh) && state.refractoryLeft === 0) {
          // the reset switch closes where the membrane is: no threshold was reached
          onSpike(start[k] + (at >= 0 ? lengths[at] : 0))
        }
        state.exc += this.#gainExc * exc
        state.inh += this.#gainInh * inh
      }
      if (observation[k] >= 0) observed[observation[k]] = state.v
    }
  }
}

/** share of a current that its input stage passes, half-way through a step of h µs */
function passed(current: number, tauSyn: number, h: number, limit: number): number {
  if (current < 1e-3 * limit || limit === 0) return 1
  const u = (current * decay(h / 2, tauSyn)) / limit
  return tanh(u) / u
}

function freeStep(lif: Lif, state: LifState, p: Propagators, length: number): void {
  let v = lif.rest + (state.v - lif.rest) * p.mem[length]
  if (state.exc !== 0) {
    v += state.exc * p.excToMem[length]
    state.exc *= p.exc[length]
  }
  if (state.inh !== 0) {
    v -= state.inh * p.inhToMem[length]
    state.inh *= p.inh[length]
  }
  state.v = v
}

/** true where the comparator surely stays silent during the step, by a bound that costs next to nothing */
function quiet(lif: Lif, state: LifState, h: number, memDecay: number): boolean {
  if (state.refractoryLeft > 0) return false
  // without an excitatory current the membrane only approaches its rest from where it is
  const without = Math.max(state.v, lif.rest + (state.v - lif.rest) * memDecay)
  return without + state.exc * Math.min(h, lif.tauSynExc) < lif.threshold
}

/** the step's noise; a membrane that noise lifts over the threshold fires */
function kick(
  lif: Lif,
  state: LifState,
  sd: number,
  trial: TrialNoise,
  now: number,
  onSpike: (timeUs: number) => void
): void {
  const before = state.v
  state.v += sd * trial.normal()
  if (before < lif.threshold && state.v >= lif.threshold) {
    fire(lif, state)
    onSpike(now)
  }
}
