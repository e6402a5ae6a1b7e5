/**
 * Walks one membrane through a timeline. Two paths give the same result where both apply, and tests hold them against
 * each other: the closed form, for a membrane that cannot reach its comparator's threshold (one multiplication and
 * addition a term and step), and the spiking neuron of lif-reference.ts with the same noise.
 *
 * Membrane noise is an Ornstein-Uhlenbeck process of correlation time tauMem: because the membrane is linear, that is a
 * normal kick of the exact variance at the end of each step.
 */
import type { Circuits } from '../../chip/hicann-x/circuits'
import { CIRCUITS } from '../../chip/hicann-x/topology'
import { log } from '../../numerics/functions'
import type { Stream } from '../../random/stream'
import { advance, clamp, clamped, fire, type Lif, type LifState } from '../lif-reference'
import { currentToMembrane, decay, noiseKick } from '../propagators'
import type { Drive } from './drive'
import type { Timeline } from './timeline'

/** the path is chosen so that noise of this many sd does not reach the threshold unseen */
const NOISE_MARGIN = 7
/** longest step of a spiking neuron, µs: noise is drawn at least this often, so that it can make the neuron fire */
export const SPIKING_STEP_US = 1

export interface Walk {
  membranes: Circuits
  drive: Drive
  /** the program's own steps; finer ones for neurons that may spike (made when first needed) */
  coarse: Timeline
  fine(): Timeline
  trial: Stream
}

/** a membrane's constants and, for each length of a timeline, its propagators */
class Propagators {
  readonly mem: Float64Array
  readonly exc: Float64Array
  readonly inh: Float64Array
  readonly excToMem: Float64Array
  readonly inhToMem: Float64Array
  readonly kick: Float64Array

  constructor(lengths: Float64Array, lif: Lif, noise: number, driven: boolean) {
    this.mem = lengths.map((h) => decay(h, lif.tauMem))
    this.kick = lengths.map((h) => noiseKick(h, lif.tauMem, noise))
    // without events the currents stay zero and nobody asks
    this.exc = driven ? lengths.map((h) => decay(h, lif.tauSynExc)) : this.mem
    this.inh = driven ? lengths.map((h) => decay(h, lif.tauSynInh)) : this.mem
    this.excToMem = driven ? lengths.map((h) => currentToMembrane(h, lif.tauMem, lif.tauSynExc)) : this.mem
    this.inhToMem = driven ? lengths.map((h) => currentToMembrane(h, lif.tauMem, lif.tauSynInh)) : this.mem
  }
}

/**
 * One presentation to membrane n, from the settled state.
 * @param inhibited circuit whose inhibitory synapses reach this membrane (n, or its lower partner where joined)
 * @param observed receives V at each observation, CADC LSB
 * @param onSpike hears the time of each spike, µs
 */
export function walkMembrane(
  walk: Walk,
  n: number,
  inhibited: number,
  observed: Float64Array,
  onSpike: (timeUs: number) => void
): void {
  const { membranes, drive, trial } = walk
  const perCapacitance = 1 / membranes.capacitance[n]
  const offsets = membranes.tauMem[n] * perCapacitance
  const restWithout = membranes.leak[n] + offsets * (membranes.inputOffsetExc[n] - membranes.inputOffsetInh[n])
  const restWith = restWithout + offsets * membranes.offsetCurrent[n]
  const lif: Lif = {
    rest: walk.coarse.offsetBefore ? restWith : restWithout,
    tauMem: membranes.tauMem[n],
    tauSynExc: membranes.tauSynExc[n],
    tauSynInh: membranes.tauSynInh[n],
    threshold: membranes.fires[n] ? membranes.threshold[n] : Infinity,
    reset: membranes.reset[n],
    tauReset: membranes.tauReset[n],
    refractory: membranes.refractory[n]
  }
  const noise = membranes.noise[n]
  const gainExc = membranes.gainExc[n] * perCapacitance
  const gainInh = membranes.gainInh[n] * perCapacitance

  let highest = Math.max(restWith, restWithout, walk.coarse.resets ? lif.reset : -Infinity)
  for (let at = n; at < drive.exc.length; at += CIRCUITS) {
    highest += gainExc * drive.exc[at] * Math.min(lif.tauMem, lif.tauSynExc)
  }
  const spiking = highest + NOISE_MARGIN * noise >= lif.threshold
  const timeline = spiking ? walk.fine() : walk.coarse
  const propagators = new Propagators(timeline.lengths, lif, noise, drive.any)
  const state = spiking
    ? settledSpiking(lif, noise, trial)
    : { v: lif.rest + noise * trial.normal(), exc: 0, inh: 0, refractoryLeft: 0 }

  for (let k = 0; k < timeline.count; k++) {
    const length = timeline.length[k]
    if (length >= 0) {
      lif.rest = timeline.offsetOn[k] ? restWith : restWithout
      if (timeline.forced[k]) {
        clamp(lif, state, timeline.lengths[length])
        state.refractoryLeft = Math.max(0, state.refractoryLeft - timeline.lengths[length])
      } else if (!spiking || quiet(lif, state, timeline.lengths[length], propagators.mem[length])) {
        freeStep(lif, state, propagators, length)
        kick(lif, state, propagators.kick[length], trial, timeline.start[k] + timeline.lengths[length], onSpike)
      } else {
        const start = timeline.start[k]
        advance(lif, state, timeline.lengths[length], (after) => onSpike(start + after))
        if (state.refractoryLeft === 0) {
          kick(lif, state, propagators.kick[length], trial, start + timeline.lengths[length], onSpike)
        }
      }
    }
    const event = timeline.event[k]
    if (event >= 0) {
      state.exc += gainExc * drive.exc[event * CIRCUITS + n]
      state.inh += gainInh * drive.inh[event * CIRCUITS + inhibited]
    }
    if (timeline.observation[k] >= 0) observed[timeline.observation[k]] = state.v
  }
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
  trial: Stream,
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

/**
 * The settled state of a neuron with its comparator on: at rest below the threshold; firing periodically above, of
 * which we meet any phase; latched at rest where the reset does not lead below the threshold.
 */
function settledSpiking(lif: Lif, noise: number, trial: Stream): LifState {
  const state: LifState = { v: lif.rest + noise * trial.normal(), exc: 0, inh: 0, refractoryLeft: 0 }
  const phase = trial.uniform()
  if (lif.rest <= lif.threshold) {
    state.v = Math.min(state.v, lif.threshold)
    return state
  }
  const reset = clamped(lif)
  const released = reset.rest + (lif.threshold - reset.rest) * decay(lif.refractory, reset.tau)
  if (released >= lif.threshold) return state
  const rise = lif.tauMem * log((lif.rest - released) / (lif.rest - lif.threshold))
  const since = phase * (lif.refractory + rise)
  if (since < lif.refractory) {
    state.v = lif.threshold
    state.refractoryLeft = lif.refractory
    clamp(lif, state, since)
    state.refractoryLeft = lif.refractory - since
  } else state.v = lif.rest + (released - lif.rest) * decay(since - lif.refractory, lif.tauMem)
  return state
}
