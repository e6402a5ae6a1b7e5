/**
 * The complete neuron of HICANN-X, in float64: circuits with adaptation, exponential term and conductance-based inputs,
 * on one membrane or on several that are coupled by conductances. Where nothing of this is switched on, lif-reference.ts
 * is the definition and quicker; tests hold the two against each other.
 *
 * Equations (hardware.md 2; exponential term and adaptation: Brette and Gerstner 2005), for compartment i:
 *   C_i dV_i/dt = Σ_circuits [ g (leak − V) + S_exc − S_inh + constant + g·ΔT·exp((V − V_exp)/ΔT) − w ]
 *               + Σ_j g_ij (V_j − V_i)  +  resetConductance (reset − V) while a circuit's reset switch is closed
 *   S_x = (limit_x · tanh(I_x / limit_x) + offset_x) · (1 + slope_x (reference_x − V)) ,  dI_x/dt = −I_x / tau_x
 *   (slope 0: current-based. The conductance-based stage changes the bias current of the current-based one, and with it
 *   what its offset gives: calix tests/hw/py/test_neuron_coba.py)
 *   tau_w dw/dt = a (V − reference_w) − (w − rest_w) ,  w += b at a spike of its circuit
 * A circuit fires when its compartment reaches its threshold from below outside its refractory period. Of that period
 * the reset switch stays closed for all but the hold-off at the end. Inputs and adaptation run on meanwhile. Where the
 * membrane is above the threshold at the end of the hold-off, the circuit fires then, provided that the reset had brought
 * it below: a comparator that never fell fires no more, which is the chip's rate of zero for a reset above the threshold
 * (that a rise during the hold-off counts at its end is assumed).
 *
 * Any consistent units; the emulator's are CADC LSB, µs, capacitance relative to nominal, currents LSB / µs at
 * capacitance 1.
 */
import { exp, tanh } from '../numerics/functions'
import { DormandPrince, type Level } from './dormand-prince'
import { decay } from './propagators'

export interface SynapticInput {
  tau: number
  /** largest current of the stage: it passes limit · tanh(I / limit); Infinity: a linear stage */
  limit: number
  /** constant current of the input stage */
  offset: number
  /** 1 / (reversal − reference): the strength is 1 at the reference and 0 at the reversal potential; 0: no modulation */
  slope: number
  reference: number
}

export interface Adaptation {
  tau: number
  a: number
  b: number
  reference: number
  rest: number
}

export interface Unit {
  compartment: number
  /** leak conductance and potential */
  conductance: number
  leak: number
  /** constant current */
  current: number
  exc: SynapticInput
  inh: SynapticInput
  /** slope ΔT and threshold of the exponential current */
  exponential: { slope: number; threshold: number } | null
  adaptation: Adaptation | null
  /** Infinity: the comparator is off */
  threshold: number
  reset: number
  /** of the closed reset switch; Infinity: the reset is immediate and perfect */
  resetConductance: number
  refractory: number
  /** the last part of the refractory period, in which the membrane is free */
  holdOff: number
}

export interface Group {
  /** of each compartment */
  capacitance: Float64Array
  units: readonly Unit[]
  couplings: readonly { from: number; to: number; conductance: number }[]
  /** what the circuit can do at most: largest exponential current, and the potential at which it has no headroom left */
  limits: { exponential: number; rail: number; headroom: number }
}

export interface GroupState {
  /** per compartment */
  v: Float64Array
  /** per unit: adaptation current, synaptic currents, time for which the comparator stays masked */
  w: Float64Array
  exc: Float64Array
  inh: Float64Array
  refractoryLeft: Float64Array
  /** 1: the membrane was below the unit's threshold when its reset switch opened */
  fell: Uint8Array
}

export const NO_LIMITS: Group['limits'] = { exponential: Infinity, rail: Infinity, headroom: 1 }

export function restingState(group: Group, v: ArrayLike<number>): GroupState {
  const none = (): Float64Array => new Float64Array(group.units.length)
  const w = Float64Array.from(group.units, ({ adaptation }) => adaptation?.rest ?? 0)
  return {
    v: Float64Array.from(v),
    w,
    exc: none(),
    inh: none(),
    refractoryLeft: none(),
    fell: new Uint8Array(group.units.length)
  }
}

/** whether a unit's reset switch is closed */
export function clamps(unit: Unit, refractoryLeft: number): boolean {
  return refractoryLeft > unit.holdOff
}

export class GroupIntegrator {
  readonly #solver: DormandPrince
  readonly #compartments: number
  readonly #closed: Uint8Array
  readonly #held: Uint8Array
  readonly #current: Float64Array
  readonly #y: Float64Array
  #state!: GroupState
  #extra: Float64Array

  /** @param tolerance error allowed an integration step, relative to 1 + |V| */
  constructor(
    readonly group: Group,
    tolerance: number
  ) {
    const { units, capacitance } = group
    this.#compartments = capacitance.length
    this.#closed = new Uint8Array(units.length)
    this.#held = new Uint8Array(capacitance.length)
    this.#current = new Float64Array(capacitance.length)
    this.#extra = new Float64Array(units.length)
    const size = capacitance.length + units.length
    this.#solver = new DormandPrince({ size, derivative: (t, y, dy) => this.#derivative(t, y, dy) }, tolerance)
    this.#y = new Float64Array(size)
  }

  /**
   * Advances `state` by h.
   * @param extra a further constant current into each unit
   * @param forced all reset switches are closed and all comparators masked
   * @param onSpike hears the unit and the time of each spike, counted from the start of this call
   */
  advance(
    state: GroupState,
    h: number,
    extra: Float64Array,
    forced: boolean,
    onSpike: (unit: number, after: number) => void
  ): void {
    const { units } = this.group
    this.#state = state
    this.#extra = extra
    for (let done = 0; done < h;) {
      const rest = h - done
      const part = Math.min(rest, this.#nextSwitch())
      this.#close(forced)
      const levels: Level[] = []
      const armed: number[] = []
      units.forEach((unit, u) => {
        if (forced || state.refractoryLeft[u] > 0 || unit.threshold === Infinity) return
        levels.push({ component: unit.compartment, level: unit.threshold })
        armed.push(u)
      })
      this.#y.set(state.v)
      this.#y.set(state.w, this.#compartments)
      const { time, reached } = this.#solver.advance(this.#y, part, levels)
      const ended = this.#take(time)
      done += time
      if (time === part && part === rest) done = h
      if (reached >= 0) {
        fire(this.group, state, armed[reached])
        onSpike(armed[reached], done)
      }
      for (const u of forced ? [] : ended) {
        fire(this.group, state, u)
        onSpike(u, done)
      }
    }
  }

  /** time to the next opening of a reset switch or end of a refractory period */
  #nextSwitch(): number {
    let next = Infinity
    this.group.units.forEach((unit, u) => {
      const left = this.#state.refractoryLeft[u]
      if (left > 0) next = Math.min(next, clamps(unit, left) ? left - unit.holdOff : left)
    })
    return next
  }

  #close(forced: boolean): void {
    this.#held.fill(0)
    this.group.units.forEach((unit, u) => {
      const closed = forced || clamps(unit, this.#state.refractoryLeft[u])
      this.#closed[u] = closed ? 1 : 0
      if (closed && unit.resetConductance === Infinity) {
        this.#held[unit.compartment] = 1
        this.#state.v[unit.compartment] = unit.reset
      }
    })
  }

  /** the solver has moved on by `time`; the units whose hold-off has ended above their threshold */
  #take(time: number): number[] {
    const state = this.#state
    const before = state.refractoryLeft.slice()
    state.v.set(this.#y.subarray(0, this.#compartments))
    state.w.set(this.#y.subarray(this.#compartments))
    relax(this.group, state, time)
    const ended: number[] = []
    this.group.units.forEach((unit, u) => {
      if (unit.holdOff === 0 || before[u] === 0) return
      const above = state.v[unit.compartment] >= unit.threshold
      if (clamps(unit, before[u]) && !clamps(unit, state.refractoryLeft[u])) state.fell[u] = above ? 0 : 1
      if (state.refractoryLeft[u] === 0 && above && state.fell[u] === 1) ended.push(u)
    })
    return ended
  }

  #derivative(t: number, y: Float64Array, dy: Float64Array): void {
    const { units, couplings, capacitance, limits } = this.group
    const { exc, inh } = this.#state
    const m = this.#compartments
    const current = this.#current.fill(0)
    for (let u = 0; u < units.length; u++) {
      const unit = units[u]
      const v = y[unit.compartment]
      let sum = unit.conductance * (unit.leak - v) + unit.current + this.#extra[u]
      const e = stage(exc[u], t, unit.exc)
      const i = stage(inh[u], t, unit.inh)
      sum += e * (1 + unit.exc.slope * (unit.exc.reference - v)) - i * (1 + unit.inh.slope * (unit.inh.reference - v))
      if (unit.exponential) {
        const { slope, threshold } = unit.exponential
        const wanted = unit.conductance * slope * exp((v - threshold) / slope)
        const room = limits.rail === Infinity ? 1 : Math.min(1, Math.max(0, (limits.rail - v) / limits.headroom))
        sum += Math.min(wanted, limits.exponential) * room
      }
      dy[m + u] = 0
      if (unit.adaptation) {
        const { a, reference, rest, tau } = unit.adaptation
        sum -= y[m + u]
        dy[m + u] = (a * (v - reference) - (y[m + u] - rest)) / tau
      }
      if (this.#closed[u] && unit.resetConductance < Infinity) sum += unit.resetConductance * (unit.reset - v)
      current[unit.compartment] += sum
    }
    for (const { from, to, conductance } of couplings) {
      const flow = conductance * (y[from] - y[to])
      current[to] += flow
      current[from] -= flow
    }
    for (let c = 0; c < m; c++) dy[c] = this.#held[c] ? 0 : current[c] / capacitance[c]
  }
}

/** current of an input's stage at time t after its line stood for `current` */
export function stage(current: number, t: number, { tau, limit, offset }: SynapticInput): number {
  if (current === 0) return offset
  const now = current * decay(t, tau)
  return (limit < Infinity ? limit * tanh(now / limit) : now) + offset
}

/** a unit's comparator has fired: its reset switch closes, its adaptation steps */
export function fire(group: Group, state: GroupState, u: number): void {
  const unit = group.units[u]
  state.refractoryLeft[u] = unit.refractory
  if (unit.resetConductance === Infinity) state.v[unit.compartment] = unit.reset
  if (unit.adaptation) state.w[u] += unit.adaptation.b
}

/** what passes by itself in `time`: synaptic currents and refractory periods */
export function relax(group: Group, state: GroupState, time: number): void {
  group.units.forEach((unit, u) => {
    if (state.exc[u] !== 0) state.exc[u] *= decay(time, unit.exc.tau)
    if (state.inh[u] !== 0) state.inh[u] *= decay(time, unit.inh.tau)
    const left = state.refractoryLeft[u]
    if (left === 0) return
    const after = left - time
    // differences of times leave a rest of rounding: a switch whose time is over changes
    if (after <= 1e-12 * unit.refractory) state.refractoryLeft[u] = 0
    else state.refractoryLeft[u] = Math.abs(after - unit.holdOff) <= 1e-12 * unit.refractory ? unit.holdOff : after
  })
}
