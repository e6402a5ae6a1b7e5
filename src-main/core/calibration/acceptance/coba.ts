/**
 * Conductance-based inputs (calix, tests/hw/py/test_neuron_coba.py): over several resting potentials the response of at
 * least 90 % of the neurons falls with the potential by more than 5/100 (excitatory) and rises by more than 10/100
 * (inhibitory); current-based it changes by less than 8/100. The potential at which the straight line through the
 * responses vanishes lies between 650 and 1500 MADC LSB (excitatory), 0 and 330 (inhibitory), for 90 % as well.
 */
import { mean } from '../../statistics/summary'
import type { Bench } from '../bench'
import { EXC, INH, type Input } from '../routines/input-reference'
import { prepareResponses, respond, switchCoba } from '../routines/coba'
import { leakFor } from '../routines/leak-for-rest'
import { MADC } from '../routines/threshold-madc'
import type { Check } from '../types'
import { atLeast, type Group, share } from './group'

const SPANS = [-45, -15, 15, 45]
const LEAST_SHARE = 0.9

/** response over resting potential: slope, and potential where it vanishes, CADC LSB */
function line(bench: Bench, input: Input): { slope: Float64Array; zero: Float64Array } {
  const leave = prepareResponses(bench, input)
  const codes = bench.port.readNeuron('leak').slice()
  const rest = bench.rest(24)
  const points = SPANS.map((lsb) => {
    bench.write('leak', leakFor(codes, rest, bench.targets.coba_reference + lsb))
    return respond(bench, input)
  })
  leave()
  const slope = rest.map((_, n) => {
    const centre = mean(points.map((p) => p.rest[n]))
    const norm = points.reduce((sum, p) => sum + (p.rest[n] - centre) ** 2, 0)
    return points.reduce((sum, p) => sum + ((p.rest[n] - centre) / norm) * p.height[n], 0)
  })
  const zero = slope.map((x, n) => mean(points.map((p) => p.rest[n])) - mean(points.map((p) => p.height[n])) / x)
  return { slope, zero }
}

function checks(bench: Bench, input: Input, counted: Uint8Array): Check[] {
  const name = input === EXC ? 'Excitatory' : 'Inhibitory'
  switchCoba(bench, input, 1)
  const on = line(bench, input)
  switchCoba(bench, input, 0)
  const off = line(bench, input)
  const madc = on.zero.map((v) => MADC.at0 + MADC.slope * v)
  const [falls, from, to] = input === EXC ? [(x: number) => x < -0.05, 650, 1500] : [(x: number) => x > 0.1, 0, 330]
  return [
    atLeast(`${name} conductance: responses that change enough`, share(on.slope, counted, falls), LEAST_SHARE),
    atLeast(
      `${name} conductance: reversal within ${from} … ${to} MADC LSB`,
      share(madc, counted, (v) => v > from && v < to),
      LEAST_SHARE
    ),
    atLeast(
      `${name} current: responses that do not change`,
      share(off.slope, counted, (x) => Math.abs(x) < 0.08),
      LEAST_SHARE
    )
  ]
}

export const coba: Group = {
  name: 'coba',
  label: 'Conductance-based inputs',
  needs: ['coba_gain_exc', 'coba_gain_inh', 'coba_reference_exc', 'coba_reference_inh'],
  measure: ({ bench, counted }) => [...checks(bench, EXC, counted), ...checks(bench, INH, counted)]
}
