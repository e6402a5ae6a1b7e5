/**
 * Suite `lif_traces`: the emulator's reference neuron, its step on a grid, and its integrator for the exponential
 * neuron with adaptation, against trajectories of independent programs.
 */
import { advance } from '../emulator/lif-reference'
import type { Lif, LifState } from '../emulator/lif-reference'
import { currentToMembrane, decay } from '../emulator/propagators'
import { stepOnGrid } from '../emulator/stepped-lif'
import type { SteppedLif, SteppedState } from '../emulator/stepped-lif'
import { adaptive } from './adex-traces'
import type { Entry } from './document'
import { Errors, FAR } from './errors'
import type { Suite } from './errors'

export function verifyLifTraces(file: Entry): Suite {
  const errors = new Errors(file.get('limits'))
  const free = file.get('lif').list()
  const grid = file.get('grid').list()
  for (const each of free) eventDriven(each, errors)
  const adex = file.get('adex').list()
  for (const each of grid) onGrid(each, errors)
  for (const each of adex) adaptive(each, errors)
  return errors.suite('lif_traces', free.length + grid.length + adex.length)
}

const parameters = (entry: Entry): Record<string, number> => {
  const names = ['tau_m', 'tau_s', 'C', 'E_l', 'V_reset', 'theta', 't_ref', 'I_bias', 'V0', 'I0']
  return Object.fromEntries(names.map((name) => [name, entry.get('params').get(name).number()]))
}

/** `lif`: spikes anywhere, membrane and current on a grid, just after whatever happens at that instant */
function eventDriven(entry: Entry, errors: Errors): void {
  const p = parameters(entry)
  const lif: Lif = {
    rest: p['E_l'] + (p['I_bias'] * p['tau_m']) / p['C'],
    tauMem: p['tau_m'],
    tauSynExc: p['tau_s'],
    tauSynInh: p['tau_s'],
    threshold: p['theta'],
    reset: p['V_reset'],
    tauReset: 0,
    refractory: p['t_ref']
  }
  // the neuron keeps excitation and inhibition apart; with one time constant only their difference matters
  const current = p['I0'] / p['C']
  const state: LifState = { v: p['V0'], exc: Math.max(0, current), inh: Math.max(0, -current), refractoryLeft: 0 }
  const inputs = entry
    .get('input_spikes')
    .list()
    .map((pair) => pair.array(2))
  inputs.sort((a, b) => a[0] - b[0])
  const expectedV = entry.get('V').numbers()
  const expectedI = entry.get('I').array(expectedV.length)
  const step = entry.get('grid_dt').number()
  // a file that was cut short would be checked in part only
  const points = Math.round(entry.get('t_end').number() / step) + 1
  errors.add('lif membrane', expectedV.length === points ? 0 : FAR, 'lif.V')
  const spikes: number[] = []
  let now = 0
  let next = 0
  const go = (to: number): void => {
    advance(lif, state, to - now, (after) => spikes.push(now + after))
    now = to
  }
  for (let k = 0; k < expectedV.length; k++) {
    while (next < inputs.length && inputs[next][0] <= k * step) {
      const [time, weight] = inputs[next++]
      go(time)
      if (weight > 0) state.exc += weight / p['C']
      else state.inh -= weight / p['C']
    }
    if (k * step > now) go(k * step)
    errors.add('lif membrane', state.v - expectedV[k], 'lif.V')
    errors.add('lif current', (state.exc - state.inh) * p['C'] - expectedI[k], 'lif.I')
  }
  const expected = entry.get('spikes').numbers()
  errors.add('lif spike time', spikes.length === expected.length ? 0 : FAR, 'lif.spike_over_tau_m')
  expected.forEach((time, k) => errors.add('lif spike time', (spikes[k] - time) / p['tau_m'], 'lif.spike_over_tau_m'))
}

/** `grid`: spikes on the steps of a grid, in NEST's order (iaf_psc_exp), with the emulator's propagators */
function onGrid(entry: Entry, errors: Errors): void {
  const p = parameters(entry)
  const dt = entry.get('dt').number()
  const steps = entry.get('n_steps').integer(1, 1_000_000)
  const membraneDecay = decay(dt, p['tau_m'])
  const fromCurrent = currentToMembrane(dt, p['tau_m'], p['tau_s']) / p['C']
  const currentDecay = decay(dt, p['tau_s'])
  const given = entry.get('propagators')
  errors.add('grid propagator', membraneDecay - given.get('P22').number(), 'grid.V')
  errors.add('grid propagator', fromCurrent - given.get('P21').number(), 'grid.V')
  errors.add('grid propagator', currentDecay - given.get('P11').number(), 'grid.V')

  const input = new Float64Array(steps + 1)
  for (const pair of entry.get('input_step_weight').list()) {
    const [step, weight] = pair.list(2)
    input[step.integer(0, steps)] += weight.number()
  }
  const expectedV = entry.get('V').array(steps + 1)
  const expectedI = entry.get('I').array(steps + 1)
  const lif: SteppedLif = {
    membraneDecay,
    currentDecay,
    fromCurrent,
    rest: p['E_l'] + (p['I_bias'] * p['tau_m']) / p['C'],
    threshold: p['theta'],
    order: 'membrane first',
    reset: { kind: 'hold', to: p['V_reset'], steps: Math.round(p['t_ref'] / dt) }
  }
  const state: SteppedState = { v: p['V0'], current: p['I0'], held: 0, spiked: false }
  const spikes: number[] = []
  for (let k = 0; k <= steps; k++) {
    if (k > 0 && stepOnGrid(lif, state, input[k])) spikes.push(k)
    errors.add('grid membrane', state.v - expectedV[k], 'grid.V')
    errors.add('grid current', state.current - expectedI[k], 'grid.I')
  }
  errors.arrays('grid spike steps', spikes, entry.get('spike_steps').numbers(), 'grid.spike_steps')
}
