/**
 * A membrane on its own, comparator off, moved by leak, reset, synaptic inputs and constant currents alone: its equation is
 * linear in V, conductance-based inputs included (their currents run their course whatever V is, and scale with it). Over a
 * step the potential at the end is then a straight line of that at the start. Two integrations tell that line, and a program
 * that repeats has the same inputs in the same step each time: 24 repeats cost two and not 24.
 */
import { type Group, type GroupIntegrator, type GroupState, relax } from '../../neuron-group'

/** from 0 to here: the two potentials that a step is integrated from, CADC LSB; any two would do */
const SPAN = 250

interface Line {
  /** currents that the step began with: others need a line of their own */
  exc: number
  inh: number
  at0: number
  slope: number
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
  readonly #lines = new Map<number, Line>()

  constructor(
    private readonly group: Group,
    private readonly integrator: GroupIntegrator
  ) {}

  /** Advances `state` by h; `k` numbers the step in its program. Errors as the integrator's, to a few times. */
  advance(k: number, state: GroupState, h: number, extra: Float64Array, forced: boolean): void {
    const [exc, inh] = [state.exc[0], state.inh[0]]
    let line = this.#lines.get(k)
    if (line?.exc !== exc || line.inh !== inh) {
      const [low, high] = [0, SPAN].map((v) => this.#end(v, state, h, extra, forced))
      line = { exc, inh, at0: low, slope: (high - low) / SPAN }
      this.#lines.set(k, line)
    }
    state.v[0] = line.at0 + line.slope * state.v[0]
    relax(this.group, state, h)
  }

  #end(
    v: number,
    { exc, inh, w, refractoryLeft, fell }: GroupState,
    h: number,
    extra: Float64Array,
    forced: boolean
  ): number {
    const state = {
      v: Float64Array.of(v),
      w: w.slice(),
      exc: exc.slice(),
      inh: inh.slice(),
      refractoryLeft: refractoryLeft.slice(),
      fell: fell.slice()
    }
    this.integrator.advance(state, h, extra, forced, () => undefined)
    return state.v[0]
  }
}
