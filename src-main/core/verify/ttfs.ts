/**
 * Suite `ttfs`: first spike of one neuron and its derivatives, and the height from which on it does not spike: the float64
 * reference and the kernel of training.
 */
import { firstSpike } from '../kernels/first-spike'
import { exp } from '../numerics/functions'
import { firstSpikeReference } from '../training/first-spike/reference'
import type { Entry } from './document'
import { Errors, FAR } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './tools'

/** a threshold this far below a membrane's peak, as a share of its height, is reached; one as far above is not */
const BESIDE_PEAK = 1e-9

export function verifyTtfs(file: Entry, tools: VerifyTools): Suite {
  const errors = new Errors(file.get('limits'))
  const cases = file.get('cases').list()
  for (const each of cases) {
    const kind = each.get('kind').text()
    const params = each.get('params')
    const value = (name: string): number => params.get(name).number()
    const ratio = params.get('ratio').integer(1, 2) as 1 | 2
    const tau = value('tau_s')
    const theta = value('g_l') * (value('theta') - value('E_l'))
    const times = each
      .get('t_in')
      .numbers()
      .map((t) => t / tau)
    const weights = each.get('w').array(times.length)
    const answersFor = (level: number) => [
      firstSpikeReference(ratio, times, weights, level),
      firstSpike(tools.kernels, ratio, times, times.map(exp), weights, level)
    ]
    const answers = answersFor(theta)
    const peak = kind === 'none' ? value('g_l') * (each.get('V_max').number() - value('E_l')) : 0
    // a membrane that never rises has its peak at rest
    for (const [side, spikes] of peak > 0
      ? ([
          [-1, true],
          [1, false]
        ] as const)
      : []) {
      for (const { time } of answersFor(peak * (1 + side * BESIDE_PEAK))) {
        const spiked = time < Infinity
        errors.add('peak of the membrane', spiked === spikes ? 0 : 1, 'none.reported_spikes')
      }
    }
    for (const { time, dw, dt } of answers) {
      if (kind === 'none') {
        errors.add('spikes where there is none', time === Infinity ? 0 : 1, 'none.reported_spikes')
        continue
      }
      // cases that barely reach the threshold are ill-conditioned and have limits of their own
      const [suffix, prefix] = kind === 'graze' ? [', grazing', 'graze.'] : ['', '']
      const off = time === Infinity ? FAR : time - each.get('T').number() / tau
      errors.add(`time${suffix}`, off, `${prefix}T_over_tau_s`)
      const causal = times.filter((t) => t < time).length
      errors.add(`causal inputs${suffix}`, causal - each.get('causal_set_size').number(), `${prefix}T_over_tau_s`)
      // V'(T), from dT/dw = −(dV/dw) / V'(T) of the input that counts most
      const reach = times.map((t) => (t < time ? perWeight(ratio, time - t) : 0))
      const most = reach.indexOf(Math.max(...reach))
      const slope = -reach[most] / (value('g_l') * dw[most])
      errors.relative(`dV/dT${suffix}`, [slope], [each.get('dVdT').number() * tau], `${prefix}grad_rel_to_max`)
      const scaled = each
        .get('dT_dw')
        .array(times.length)
        .map((d) => d / tau)
      errors.relative(`dT/dw${suffix}`, dw, scaled, `${prefix}grad_rel_to_max`)
      errors.relative(`dT/dt${suffix}`, dt, each.get('dT_dt').array(times.length), `${prefix}grad_rel_to_max`)
    }
  }
  return errors.suite('ttfs', cases.length)
}

/** g_l dV/dw at a time after an input, in tau_s: the response of the membrane to one event of weight 1 */
const perWeight = (ratio: 1 | 2, since: number): number =>
  ratio === 1 ? since * exp(-since) : exp(-since / 2) - exp(-since)
