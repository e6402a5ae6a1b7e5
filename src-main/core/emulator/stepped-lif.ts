/**
 * The neuron on a grid of time, as simulators without events define it: one step with the order of its parts and the
 * kind of reset as parameters. Its propagators are those of propagators.ts; between two spikes a step of either order is
 * exact for inputs that arrive on the grid.
 *
 * - NEST iaf_psc_exp (Rotter and Diesmann 1999): the membrane moves with the current of the step's start, the current
 *   decays and takes the step's input, then the threshold is compared; the membrane is held at reset.
 * - Networks of surrogate gradients (Cramer, Billaudelle et al. 2022): the current takes its input first, the membrane
 *   moves with the new current, and a spike subtracts in the step after it.
 */
export interface SteppedLif {
  /** what a step leaves of the membrane's distance from rest, and of the current */
  membraneDecay: number
  currentDecay: number
  /** what a current of 1 adds to the membrane in a step */
  fromCurrent: number
  /** where the membrane settles without input */
  rest: number
  threshold: number
  order: 'membrane first' | 'current first'
  /** hold: the membrane stays at `to` for `steps` further steps; subtract: it loses `by` one step later */
  reset: { kind: 'hold'; to: number; steps: number } | { kind: 'subtract'; by: number }
}

export interface SteppedState {
  v: number
  current: number
  /** steps for which the membrane is still held */
  held: number
  /** whether the last step ended in a spike */
  spiked: boolean
}

/** one step that reads `input` (added to the current); true: it ended in a spike */
export function stepOnGrid(lif: SteppedLif, state: SteppedState, input: number): boolean {
  const moveCurrent = (): void => {
    state.current = state.current * lif.currentDecay + input
  }
  if (lif.order === 'current first') moveCurrent()
  if (state.held > 0) state.held--
  else state.v = lif.rest + (state.v - lif.rest) * lif.membraneDecay + state.current * lif.fromCurrent
  if (lif.order === 'membrane first') moveCurrent()
  if (state.spiked && lif.reset.kind === 'subtract') state.v -= lif.reset.by
  state.spiked = state.v >= lif.threshold
  if (state.spiked && lif.reset.kind === 'hold') {
    state.v = lif.reset.to
    state.held = lif.reset.steps
  }
  return state.spiked
}
