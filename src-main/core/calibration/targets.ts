/**
 * What a calibration can be asked for: names, defaults, ranges. Names and ranges are calix's (spiking/neuron.py,
 * constants.py). Outside the feasible range a chip can often not follow: a warning. Outside the allowed range the
 * routines themselves make no sense: an error.
 */
import { InputError } from '../errors/input-error'
import type { Targets } from './types'

export interface TargetDescription {
  key: string
  label: string
  type: 'number' | 'integer'
  /** what surrogate-gradient training in the loop needs (Cramer et al. 2022; fmi-basel, chip "cube 66") */
  default: number
  unit: string
  /** allowed */
  min: number
  max: number
  feasible: readonly [number, number]
  help: string
}

const target = (
  key: string,
  label: string,
  unit: string,
  value: number,
  [min, max]: [number, number],
  feasible: [number, number],
  help: string,
  type: 'number' | 'integer' = 'number'
): TargetDescription => ({ key, label, type, default: value, unit, min, max, feasible, help })

/** In the order of forms and reports. LSB are those of the calibrated column converter (CADC). */
export const TARGETS: readonly TargetDescription[] = [
  target('leak', 'Leak potential', 'LSB', 80, [30, 210], [50, 160], 'resting potential, read by the column converter'),
  target('reset', 'Reset potential', 'LSB', 80, [30, 210], [50, 160], 'potential after a spike'),
  target('threshold', 'Threshold', 'LSB', 150, [30, 220], [50, 220], 'potential at which a spike is fired'),
  target('tau_mem', 'Membrane time constant', 'µs', 6, [0.1, 2000], [3, 60], 'decay of the membrane towards leak'),
  target(
    'tau_syn_exc',
    'Excitatory synaptic time constant',
    'µs',
    6,
    [0.1, 100],
    [0.3, 30],
    'decay of an input current'
  ),
  target(
    'tau_syn_inh',
    'Inhibitory synaptic time constant',
    'µs',
    6,
    [0.1, 100],
    [0.3, 30],
    'decay of an input current'
  ),
  target(
    'synaptic_response',
    'Synaptic response',
    'LSB/weight',
    0.9,
    [0.001, 10],
    [0.1, 1],
    'height of the response of one circuit to an event, per weight LSB, at its time constants'
  ),
  target(
    'i_synin_gm',
    'Highest synaptic gain',
    'code',
    800,
    [1, 1022],
    [30, 800],
    'bias code of the input amplifiers that is not exceeded for the sake of the response (median neuron)',
    'integer'
  ),
  target(
    'synapse_dac_bias',
    'Synapse DAC bias',
    'code',
    1000,
    [1, 1022],
    [30, 1022],
    'code of the strongest quadrants before they are matched to the weakest',
    'integer'
  ),
  target(
    'membrane_capacitance',
    'Membrane capacitance',
    'code',
    10,
    [0, 63],
    [0, 63],
    'capacitors switched on, 63 is about 2.4 pF; fewer, because training joins two circuits to a neuron',
    'integer'
  ),
  target(
    'refractory_time',
    'Refractory time',
    'µs',
    2,
    [0.256, 65.28],
    [0.512, 32],
    'clamped to reset after a spike, in cycles of 0.256 µs'
  ),
  target(
    'correlation_amplitude',
    'Correlation amplitude',
    'LSB/pair',
    0.5,
    [0.05, 10],
    [0.2, 2],
    'what a pair of pulses without delay stores in a correlation sensor'
  ),
  target('correlation_tau', 'Correlation time constant', 'µs', 5, [0.5, 40], [2, 30], 'decay of that with the delay')
]

/**
 * The defaults with overrides; every target is present in the answer.
 * @throws InputError, one line naming the target, the value and what is allowed
 */
export function resolveTargets(overrides: Targets = {}): Targets {
  for (const [key, value] of Object.entries(overrides)) {
    const known = TARGETS.find((t) => t.key === key)
    if (!known)
      throw new InputError(
        'bad-input',
        `target "${key}" does not exist; there are: ${TARGETS.map((t) => t.key).join(', ')}`
      )
    const whole = known.type === 'integer'
    if (!(value >= known.min && value <= known.max) || (whole && !Number.isInteger(value))) {
      const kind = whole ? 'a whole number ' : ''
      throw new InputError(
        'bad-input',
        `target ${key} = ${value}: allowed is ${kind}${known.min} to ${known.max} ${known.unit}`
      )
    }
  }
  const targets: Targets = { ...Object.fromEntries(TARGETS.map((t) => [t.key, t.default])), ...overrides }
  if (targets.threshold <= targets.reset) {
    throw new InputError(
      'bad-input',
      `target threshold = ${targets.threshold}: allowed is more than target reset = ${targets.reset} LSB`
    )
  }
  return targets
}

/** one line for every target outside the range in which chips are known to follow */
export function targetWarnings(targets: Targets): string[] {
  return TARGETS.filter((t) => targets[t.key] < t.feasible[0] || targets[t.key] > t.feasible[1]).map(
    (t) => `target ${t.key} = ${targets[t.key]}: chips follow between ${t.feasible[0]} and ${t.feasible[1]} ${t.unit}`
  )
}
