/**
 * Walks the membranes of one group of circuits through a timeline: exactly, in the modes of the network, where nothing
 * but its linear part acts and no comparator can be reached; by the integrator otherwise. membranes.ts does the same for
 * plain neurons, and the noise is the same: normal kicks at the ends of steps, of the linear network's exact covariance.
 */
import { CIRCUITS } from '../../../chip/hicann-x/topology'
import { isLinear, MembraneModes } from '../../membrane-modes'
import { clamps, fire, GroupIntegrator, relax, restingState, type GroupState } from '../../neuron-group'
import type { CircuitGroup } from './groups'
import type { Walk } from './membranes'
import { isStraight, StraightSteps } from './straight-steps'

/** as in membranes.ts: so many sd of noise do not reach a threshold unseen */
const NOISE_MARGIN = 7
/** error an integration step may make, relative to 1 + |V|: spike times are then good to far below a nanosecond */
const TOLERANCE = 1e-8
/** the settled state is looked for during this many of the slowest time constant, but not for longer than … µs */
const SETTLING = 8
const MOST_SETTLING_US = 2000
/** so many noise factors are kept: parts of a presentation have steps of any length */
const MOST_LENGTHS = 4096

/** of a clock cycle: what a refractory period lasts at least (see membranes.ts) */
const SHORTEST_PERIOD = 0.1

export class GroupMembranes {
  readonly #free: MembraneModes
  readonly #forced: MembraneModes
  readonly #integrator: GroupIntegrator
  readonly #linear: boolean
  /** null: not a membrane of that kind */
  readonly #straight: StraightSteps | null
  readonly #none: Float64Array
  readonly #noisy: boolean
  /** noise factor of each length of a step, made when first needed */
  readonly #kicks = new Map<number, Float64Array>()
  readonly #normals: Float64Array
  #settled: { state: GroupState; period: number } | null = null

  /**
   * @param walk of a whole presentation, or of its first part
   * @param watched events may come later: comparators are watched and stages saturate whatever this walk's drive
   */
  constructor(
    private readonly walk: Walk,
    private readonly circuits: CircuitGroup,
    watched = false
  ) {
    const { group, noise } = circuits
    this.#free = new MembraneModes(group, false)
    this.#forced = new MembraneModes(group, true)
    this.#integrator = new GroupIntegrator(group, TOLERANCE)
    this.#none = new Float64Array(group.units.length)
    this.#noisy = noise.some((power) => power > 0)
    this.#normals = new Float64Array(noise.length)
    const bypassed = circuits.circuits.some((n) => walk.bypass?.exc[n] === 1 || walk.bypass?.inh[n] === 1)
    this.#linear = bypassed
      ? false
      : watched
        ? isLinear(group, true) && group.units.every(({ threshold }) => threshold === Infinity)
        : isLinear(group, walk.drive.any) && !this.#mayFire()
    const straight = !bypassed && !watched && !this.#linear && isStraight(group)
    this.#straight = straight ? new StraightSteps(group, TOLERANCE) : null
  }

  /** whether a comparator could be reached: a bound on what all charge at once could do */
  #mayFire(): boolean {
    const { group, gainExc, offsetCurrent, circuits, noise } = this.circuits
    const { drive, coarse } = this.walk
    let highest = -Infinity
    const consider = (membranes: Float64Array): void => {
      for (const v of membranes) highest = Math.max(highest, v)
    }
    consider(this.#free.rest(offsetCurrent))
    consider(this.#free.rest(this.#none))
    if (coarse.resets) for (const unit of group.units) highest = Math.max(highest, unit.reset)
    // the network is passive: a charge lifts no membrane by more than its own
    group.units.forEach((unit, u) => {
      for (let at = circuits[u]; at < drive.exc.length; at += CIRCUITS) {
        highest += (gainExc[u] * drive.exc[at] * unit.exc.tau) / group.capacitance[unit.compartment]
      }
    })
    const factor = this.#free.noise(noise, Infinity)
    const m = noise.length
    const sd = (c: number): number => Math.sqrt(factor.subarray(c * m, c * m + m).reduce((sum, x) => sum + x * x, 0))
    return group.units.some((unit) => highest + NOISE_MARGIN * sd(unit.compartment) >= unit.threshold)
  }

  /**
   * One presentation, from the settled state.
   * @param observed receives V of each unit's membrane at each observation, CADC LSB, [unit][observation]
   * @param onSpike hears the circuit and the time of each spike, µs
   */
  present(observed: readonly Float64Array[], onSpike: (circuit: number, timeUs: number) => void): void {
    this.proceed(this.walk, this.start(), observed, onSpike)
  }

  /** walks `state` through one part of a presentation; times count from its beginning */
  proceed(
    { drive, trial, coarse, fine, bypass }: Walk,
    state: GroupState,
    observed: readonly Float64Array[],
    onSpike: (circuit: number, timeUs: number) => void
  ): void {
    const { group, circuits, gainExc, gainInh, offsetCurrent, glitches, cycleUs } = this.circuits
    const timeline = this.#linear ? coarse : fine()
    const { lengths, length, start, forced, offsetOn, event, observation, count } = timeline
    const hear = (u: number, timeUs: number): void => {
      onSpike(circuits[u], timeUs)
      const off = cycleUs[u] * (2 * trial.uniform() - 1)
      state.refractoryLeft[u] = Math.max(SHORTEST_PERIOD * cycleUs[u], group.units[u].refractory + off)
      if (glitches[u] > 0 && trial.uniform() < glitches[u]) state.refractoryLeft[u] = cycleUs[u]
    }
    for (let k = 0; k < count; k++) {
      const at = length[k]
      if (at >= 0) {
        const h = lengths[at]
        const extra = offsetOn[k] ? offsetCurrent : this.#none
        if (this.#linear) {
          ;(forced[k] ? this.#forced : this.#free).advance(state, h, extra)
          relax(group, state, h)
        } else if (this.#straight) {
          this.#straight.advance(k, state, h, extra, forced[k] === 1)
        } else {
          this.#integrator.advance(state, h, extra, forced[k] === 1, (u, after) => hear(u, start[k] + after))
        }
        if (!forced[k]) this.#kick(state, h, (u) => hear(u, start[k] + h))
      }
      if (event[k] >= 0) {
        group.units.forEach((_, u) => {
          const n = circuits[u]
          const [exc, inh] = [drive.exc[event[k] * CIRCUITS + n], drive.inh[event[k] * CIRCUITS + n]]
          const [directly, inhibitory] = [bypass?.exc[n] === 1, bypass?.inh[n] === 1]
          if (((directly && exc > 0) || (inhibitory && inh > 0)) && state.refractoryLeft[u] === 0) {
            fire(group, state, u)
            hear(u, start[k] + (at >= 0 ? lengths[at] : 0))
          }
          if (!directly) state.exc[u] += gainExc[u] * exc
          if (!inhibitory) state.inh[u] += gainInh[u] * inh
        })
      }
      if (observation[k] >= 0) {
        group.units.forEach((unit, u) => {
          observed[u][observation[k]] = state.v[unit.compartment]
        })
      }
    }
  }

  /** the step's noise; a membrane that noise lifts over a threshold fires. Closed reset switches keep noise away */
  #kick(state: GroupState, h: number, onSpike: (unit: number) => void): void {
    const { group } = this.circuits
    if (!this.#noisy || group.units.some((unit, u) => clamps(unit, state.refractoryLeft[u]))) return
    const before = state.v.slice()
    this.#add(this.#factor(h), state.v)
    group.units.forEach((unit, u) => {
      const c = unit.compartment
      if (state.refractoryLeft[u] > 0 || before[c] >= unit.threshold || state.v[c] < unit.threshold) return
      fire(group, state, u)
      onSpike(u)
    })
  }

  #factor(h: number): Float64Array {
    let factor = this.#kicks.get(h)
    if (!factor) {
      if (this.#kicks.size >= MOST_LENGTHS) this.#kicks.clear()
      this.#kicks.set(h, (factor = this.#free.noise(this.circuits.noise, h)))
    }
    return factor
  }

  #add(factor: Float64Array, v: Float64Array): void {
    const m = v.length
    for (let k = 0; k < m; k++) this.#normals[k] = this.walk.trial.normal()
    for (let c = 0; c < m; c++) for (let k = 0; k <= m - 1; k++) v[c] += factor[c * m + k] * this.#normals[k]
  }

  /** the settled state that a presentation starts from: with noise where the group rests, at any phase where it fires */
  start(): GroupState {
    const { group, noise, offsetCurrent } = this.circuits
    const extra = this.walk.coarse.offsetBefore ? offsetCurrent : this.#none
    const { state: settled, period } = (this.#settled ??= this.#settle(extra))
    const state: GroupState = {
      v: settled.v.slice(),
      w: settled.w.slice(),
      exc: settled.exc.slice(),
      inh: settled.inh.slice(),
      refractoryLeft: settled.refractoryLeft.slice(),
      fell: settled.fell.slice()
    }
    if (period > 0) {
      this.#integrator.advance(state, this.walk.trial.uniform() * period, extra, false, () => undefined)
    } else if (this.#noisy) {
      this.#add(this.#free.noise(noise, Infinity), state.v)
      for (const { compartment: c, threshold } of group.units) {
        if (settled.v[c] <= threshold) state.v[c] = Math.min(state.v[c], threshold)
      }
    }
    return state
  }

  /** without noise and events: the linear rest, and from there, or from reset, as long as it takes the other parts */
  #settle(extra: Float64Array): { state: GroupState; period: number } {
    const { group } = this.circuits
    const state = restingState(group, this.#free.rest(extra))
    if (this.#linear) return { state, period: 0 }
    for (const { compartment: c, threshold, reset } of group.units) {
      if (state.v[c] >= threshold) state.v[c] = reset
    }
    const slowest = group.units.reduce(
      (most, { adaptation }) => Math.max(most, adaptation?.tau ?? 0),
      this.#free.slowest
    )
    const duration = Math.min(MOST_SETTLING_US, SETTLING * slowest)
    const last = group.units.map(() => -Infinity)
    let period = 0
    for (const from of [0, duration / 2]) {
      // only what still fires in the second half fires for ever
      period = 0
      this.#integrator.advance(state, duration / 2, extra, false, (u, after) => {
        period = Math.max(period, Math.min(from + after - last[u], duration))
        last[u] = from + after
      })
    }
    return { state, period }
  }
}
