/**
 * A membrane on its own, comparator off, moved by leak, reset, synaptic inputs and constant currents alone: its equation is
 * linear in V, conductance-based inputs included (their currents run their course whatever V is, and scale with it):
 *   dV/dt = push(t) − pull(t) V
 * Over a step the potential at the end is then a straight line of that at the start. One integration of the line's slope
 * (homogeneous solution from 1) and constant (particular solution from 0) tells it, and as a program that repeats has the
 * same inputs in the same step each time, it serves all repeats. Tests hold it against the integrator of neuron-group.ts.
 */
import { DormandPrince } from '../../dormand-prince'
import { type Group, type GroupState, relax, stage } from '../../neuron-group'

interface Line {
  /** currents that the step began with: others need a line of their own */
  exc: number
  inh: number
  slope: number
  constant: number
}

export function isStraight({ units, couplings }: Group): boolean {
  const { adaptation, exponential, threshold } = units[0]
  return (
    units.length === 1 &&
    couplings.length === 0 &&
    adaptation === null &&
    exponential === null &&
    threshold === Infinity
  )
}

export class StraightSteps {
  readonly #lines: (Line | undefined)[] = []
  readonly #solver: DormandPrince
  readonly #y = new Float64Array(2)
  // of the step that is being integrated
  #exc = 0
  #inh = 0
  #extra = 0
  #closed = false

  /** @param tolerance error allowed an integration step, of the line's slope and of its constant in LSB */
  constructor(
    private readonly group: Group,
    tolerance: number
  ) {
    this.#solver = new DormandPrince({ size: 2, derivative: (t, y, dy) => this.#derivative(t, y, dy) }, tolerance)
  }

  /** Advances `state` by h; `k` numbers the step in its program, whose switches and constant currents never change. */
  advance(k: number, state: GroupState, h: number, extra: Float64Array, forced: boolean): void {
    const [exc, inh] = [state.exc[0], state.inh[0]]
    let line = this.#lines[k]
    if (line?.exc !== exc || line.inh !== inh) line = this.#lines[k] = this.#line(exc, inh, h, extra[0], forced)
    state.v[0] = line.constant + line.slope * state.v[0]
    relax(this.group, state, h)
  }

  #line(exc: number, inh: number, h: number, extra: number, forced: boolean): Line {
    const [{ reset, resetConductance }] = this.group.units
    if (forced && resetConductance === Infinity) return { exc, inh, slope: 0, constant: reset }
    this.#exc = exc
    this.#inh = inh
    this.#extra = extra
    this.#closed = forced
    this.#y.set([1, 0])
    this.#solver.advance(this.#y, h, [])
    return { exc, inh, slope: this.#y[0], constant: this.#y[1] }
  }

  #derivative(t: number, y: Float64Array, dy: Float64Array): void {
    const unit = this.group.units[0]
    const { exc, inh, conductance } = unit
    const e = stage(this.#exc, t, exc)
    const i = stage(this.#inh, t, inh)
    let pull = conductance + e * exc.slope - i * inh.slope
    let push = conductance * unit.leak + unit.current + this.#extra
    push += e * (1 + exc.slope * exc.reference) - i * (1 + inh.slope * inh.reference)
    if (this.#closed) {
      pull += unit.resetConductance
      push += unit.resetConductance * unit.reset
    }
    const capacitance = this.group.capacitance[0]
    dy[0] = (-pull * y[0]) / capacitance
    dy[1] = (push - pull * y[1]) / capacitance
  }
}
