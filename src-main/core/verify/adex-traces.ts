/** `adex` of suite `lif_traces`: the emulator's neuron group with one circuit against solutions of order 8. */
import { GroupIntegrator, NO_LIMITS, restingState } from '../emulator/neuron-group'
import type { Group } from '../emulator/neuron-group'
import type { Entry } from './document'
import { FAR } from './errors'
import type { Errors } from './errors'

/** the reference was made with 1e-12, at order 8 */
const TOLERANCE = 1e-13
/** membranes are compared where no spike is nearer than this, ms: a spike's time error times its slope is no limit */
const NEAR_SPIKE_MS = 0.05
const NAMES = 'C g_l E_l V_T D_T a b tau_w tau_s V_r V_peak t_ref V0 w0 I_step t_on t_off'.split(' ')

/** units of the file: pF, nS, mV, ms, pA; an input spike adds its weight to the synaptic current */
export function adaptive(entry: Entry, errors: Errors): void {
  const p = Object.fromEntries(NAMES.map((name) => [name, entry.get('params').get(name).number()]))
  const input = { tau: p['tau_s'], limit: Infinity, offset: 0, slope: 0, reference: 0 }
  const group: Group = {
    capacitance: Float64Array.of(p['C']),
    couplings: [],
    limits: NO_LIMITS,
    units: [
      {
        compartment: 0,
        conductance: p['g_l'],
        leak: p['E_l'],
        current: 0,
        exc: input,
        inh: input,
        exponential: { slope: p['D_T'], threshold: p['V_T'] },
        adaptation: { tau: p['tau_w'], a: p['a'], b: p['b'], reference: p['E_l'], rest: 0 },
        threshold: p['V_peak'],
        reset: p['V_r'],
        resetConductance: Infinity,
        refractory: p['t_ref'],
        holdOff: 0
      }
    ]
  }
  const state = restingState(group, [p['V0']])
  state.w[0] = p['w0']
  const integrator = new GroupIntegrator(group, TOLERANCE)

  const events = entry
    .get('input_spikes')
    .list()
    .map((pair) => pair.array(2))
  events.sort((a, b) => a[0] - b[0])
  const expectedV = entry.get('V').numbers()
  const expectedW = entry.get('w').array(expectedV.length)
  const expectedI = entry.get('I').array(expectedV.length)
  const expected = entry.get('spikes').numbers()
  const step = entry.get('grid_dt').number()
  const points = Math.round(entry.get('t_end').number() / step) + 1
  errors.add('adex membrane', expectedV.length === points ? 0 : FAR, 'adex.V_mV_more_than_0.05ms_from_spikes')
  const spikes: number[] = []
  let now = 0
  const go = (to: number): void => {
    // the step of the current is where conditions change
    for (const edge of [p['t_on'], p['t_off'], to]) {
      if (edge <= now || edge > to) continue
      const on = now >= p['t_on'] && now < p['t_off']
      const start = now
      const hear = (_: number, after: number): void => {
        spikes.push(start + after)
      }
      integrator.advance(state, edge - now, Float64Array.of(on ? p['I_step'] : 0), false, hear)
      now = edge
    }
  }
  let next = 0
  for (let k = 0; k < expectedV.length; k++) {
    while (next < events.length && events[next][0] <= k * step) {
      const [time, weight] = events[next++]
      go(time)
      if (weight > 0) state.exc[0] += weight
      else state.inh[0] -= weight
    }
    go(k * step)
    if (expected.every((time) => Math.abs(time - k * step) > NEAR_SPIKE_MS)) {
      errors.add('adex membrane', state.v[0] - expectedV[k], 'adex.V_mV_more_than_0.05ms_from_spikes')
      errors.add('adex adaptation', state.w[0] - expectedW[k], 'adex.V_mV_more_than_0.05ms_from_spikes')
    }
    errors.add('adex current', state.exc[0] - state.inh[0] - expectedI[k], 'adex.V_mV_more_than_0.05ms_from_spikes')
  }
  errors.add('adex spike time', spikes.length === expected.length ? 0 : FAR, 'adex.spike_ms')
  expected.forEach((time, k) => errors.add('adex spike time', spikes[k] - time, 'adex.spike_ms'))
}
