/**
 * What is calibrated together and aimed at: the lists that calix generates by itself every night and week (calix,
 * scripts/; targets of spiking/neuron.py and hagen/neuron.py). A person's own targets come on top.
 */
import { InputError } from '../errors/input-error'
import { CORRELATION, HAGEN, SPIKING } from './order'
import type { Routine } from './routine'
import { TARGETS } from './target-table'
import type { Targets } from './types'

export interface Preset {
  name: string
  label: string
  help: string
  /** what differs from the defaults */
  targets: Targets
  routines: readonly Routine[]
  /** starts from the chip's active calibration, which it keeps; false: from a known state */
  onTop: boolean
}

/** a response that no gain reaches: the gain then stays at `i_synin_gm`, as calix takes it */
const GIVEN_GAIN = { synaptic_response: TARGETS.find(({ key }) => key === 'synaptic_response')!.feasible[1] }

export const PRESETS: readonly Preset[] = [
  {
    name: 'spiking2',
    label: 'Spiking networks, for training in the loop',
    help: 'leak 80, reset 80, threshold 150 LSB, time constants 6 µs; the working point of surrogate-gradient training',
    targets: {},
    routines: SPIKING,
    onTop: false
  },
  {
    name: 'first-spike',
    label: 'Spiking networks with strong synapses, for first-spike times',
    help: 'as spiking2, synaptic response 1.6 LSB/weight: 30 weight codes to a model unit, as in Göltz, Kriener et al. 2021',
    // their chip: leak 0.70, threshold 1.08 V, 30 codes a unit, so that weights reach 2.1 units; here 1.15 at 0.9 LSB/weight
    targets: { synaptic_response: 1.6 },
    routines: SPIKING,
    onTop: false
  },
  {
    name: 'nightly',
    label: "Spiking networks, calix's defaults",
    help: 'leak 80, reset 70, threshold 125 LSB, time constants 10 µs',
    targets: {
      reset: 70,
      threshold: 125,
      tau_mem: 10,
      tau_syn_exc: 10,
      tau_syn_inh: 10,
      i_synin_gm: 500,
      synapse_dac_bias: 600,
      membrane_capacitance: 63,
      ...GIVEN_GAIN
    },
    routines: SPIKING,
    onTop: false
  },
  {
    name: 'weekly',
    label: 'Spiking networks with plasticity',
    help: 'neurons for plasticity (tau_mem 20, tau_syn 5 µs) and correlation sensors with the trims of every synapse',
    targets: {
      leak: 100,
      threshold: 130,
      tau_mem: 20,
      tau_syn_exc: 5,
      tau_syn_inh: 5,
      i_synin_gm: 400,
      membrane_capacitance: 63,
      correlation_amplitude: 1.5,
      correlation_tau: 30,
      ...GIVEN_GAIN
    },
    routines: [...SPIKING, ...CORRELATION],
    onTop: false
  },
  {
    name: 'hagen',
    label: 'Rate mode: vectors times matrices',
    help: 'neurons that integrate (leak 120, tau_mem 60, tau_syn 0.32 µs), comparators off; ramps and trims of the drivers',
    targets: {
      leak: 120,
      reset: 120,
      tau_mem: 60,
      tau_syn_exc: 0.32,
      tau_syn_inh: 0.32,
      // calix takes gain 450 and DAC bias 1022 as given. A chip whose weakest quadrant gives half the usual current then
      // answers with half the height, under the limits for drivers and neurons: so the response is given, that of a
      // usual chip at those codes (hardware.md 7), and the gain may go higher
      i_synin_gm: 750,
      synaptic_response: 0.034,
      synapse_dac_bias: 1022,
      membrane_capacitance: 63
    },
    routines: HAGEN,
    onTop: false
  },
  {
    name: 'correlation',
    label: 'Correlation sensors',
    help: 'correlation sensors with the trims of every synapse, on top of the active calibration',
    targets: {},
    routines: CORRELATION,
    onTop: true
  }
]

/** @throws InputError that lists the presets there are */
export function presetNamed(name: string): Preset {
  const found = PRESETS.find((preset) => preset.name === name)
  if (found) return found
  const there = PRESETS.map((preset) => preset.name).join(', ')
  throw new InputError('bad-input', `preset "${name}" does not exist; there are: ${there}`)
}
