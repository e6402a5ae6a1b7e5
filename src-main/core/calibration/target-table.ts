/**
 * What a calibration can be asked for: names, defaults, ranges. Names and ranges are calix's (spiking/neuron.py,
 * constants.py). Outside the feasible range a chip can often not follow: a warning. Outside the allowed range the
 * routines themselves make no sense: an error.
 */
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
  /** true: neurons may have targets of their own */
  each: boolean
  help: string
}

/** what neurons may have targets of their own for: the settings that each has a cell or counter for */
const EACH: ReadonlySet<string> = new Set([
  'leak',
  'reset',
  'threshold',
  'tau_mem',
  'tau_syn_exc',
  'tau_syn_inh',
  'refractory_time',
  'hold_off_time',
  'threshold_madc',
  'spike_rate'
])

const target = (
  key: string,
  label: string,
  unit: string,
  value: number,
  [min, max]: [number, number],
  feasible: [number, number],
  help: string,
  type: 'number' | 'integer' = 'number'
): TargetDescription => ({ key, label, type, default: value, unit, min, max, feasible, each: EACH.has(key), help })

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
    [0.01, 1],
    'height of the response of one circuit to an event, per weight LSB, at its time constants'
  ),
  target(
    'i_synin_gm',
    'Synaptic gain',
    'code',
    700,
    [1, 1022],
    [30, 800],
    'bias code of the input amplifiers (median neuron); the larger, the further their linear range reaches',
    'integer'
  ),
  target(
    'synapse_dac_bias',
    'Highest synapse DAC bias',
    'code',
    1000,
    [1, 1022],
    [30, 1022],
    'code of the weakest quadrant, to which the others are matched; lowered as far as the response allows',
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
    [0.04, 1000],
    [0.04, 32],
    'time without spikes after a spike, hold-off included'
  ),
  target('hold_off_time', 'Hold-off time', 'µs', 0, [0, 100], [0, 4], 'end of it, during which the membrane is free'),
  target(
    'correlation_amplitude',
    'Correlation amplitude',
    'LSB/pair',
    0.5,
    [0.05, 10],
    [0.2, 2],
    'what a pair of pulses without delay stores in a correlation sensor'
  ),
  target('correlation_tau', 'Correlation time constant', 'µs', 5, [0.5, 40], [2, 30], 'decay of that with the delay'),
  // the rest is for routines that only run when they are named
  target(
    'threshold_madc',
    'Threshold, fast converter',
    'MADC LSB',
    510,
    [160, 1000],
    [216, 715],
    'routine threshold_madc: highest sample of the fast converter'
  ),
  target(
    'spike_rate',
    'Leak over threshold',
    'kHz',
    100,
    [0, 1000],
    [0, 200],
    'routine leak_over_threshold: rate at which the neurons fire by themselves; 0 leaves a neuron as it is'
  ),
  target(
    'coba_reversal_exc',
    'Excitatory reversal potential',
    'LSB',
    300,
    [60, 2000],
    [200, 1000],
    'routines coba_*: where an excitatory input has no effect any more'
  ),
  target(
    'coba_reversal_inh',
    'Inhibitory reversal potential',
    'LSB',
    30,
    [-1000, 160],
    [-200, 60],
    'routines coba_*: where an inhibitory input has no effect any more'
  ),
  target(
    'coba_reference',
    'Reference of conductance-based inputs',
    'LSB',
    115,
    [40, 180],
    [60, 160],
    'routines coba_*: where an input is as strong as without; between leak and threshold'
  ),
  target(
    'tau_icc',
    'Inter-compartment time constant',
    'µs',
    4,
    [0.1, 100],
    [0.1, 30],
    'routine inter_compartment: membrane capacitance over the conductance between two compartments'
  )
]
