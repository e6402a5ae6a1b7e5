/** What a version of the program might offer; the real list comes from main. */
import type { Catalogue, Option } from '../../../src-renderer/api/types'
import { TARGETS } from '../../../src-main/core/calibration/target-table'

const number = (key: string, usual: number, unit: string, min: number, max: number, help: string): Option => ({
  key,
  type: 'number',
  default: usual,
  unit,
  min,
  max,
  help
})

export const catalogue: Catalogue = {
  routines: [
    { name: 'cadc', label: 'Column converter' },
    { name: 'reference_exc', label: 'Excitatory input reference' },
    { name: 'reference_inh', label: 'Inhibitory input reference' },
    { name: 'leak', label: 'Leak potential' },
    { name: 'reset', label: 'Reset potential' },
    { name: 'threshold', label: 'Threshold' },
    { name: 'tau_mem', label: 'Membrane time constant' },
    { name: 'tau_syn_exc', label: 'Excitatory synaptic time constant' },
    { name: 'tau_syn_inh', label: 'Inhibitory synaptic time constant' },
    { name: 'gain', label: 'Synaptic gain' }
  ],
  presets: [
    {
      name: 'spiking2',
      label: 'Spiking networks, for training in the loop',
      help: 'leak 80, reset 80, threshold 150 LSB, time constants 6 µs',
      routines: [
        'cadc',
        'reference_exc',
        'reference_inh',
        'leak',
        'reset',
        'threshold',
        'tau_mem',
        'tau_syn_exc',
        'tau_syn_inh',
        'gain'
      ],
      targets: {},
      onTop: false
    },
    {
      name: 'correlation',
      label: 'Correlation sensors',
      help: 'correlation sensors with the trims of every synapse, on top of the active calibration',
      routines: ['gain'],
      targets: { leak: 100 },
      onTop: true
    }
  ],
  targets: TARGETS.map(({ key, label, type, default: usual, unit, min, max, help, each }) => ({
    key,
    type,
    default: usual,
    unit,
    min,
    max,
    help: `${label}: ${help}`,
    each
  })),
  methods: [
    {
      name: 'surrogate',
      label: 'Surrogate gradients in the loop',
      mapped: true,
      activity: 'hidden spikes',
      settings: [
        number('learningRate', 0.0015, '', 1e-6, 0.1, 'step of Adam'),
        number('beta', 50, '', 1, 500, 'steepness of the surrogate derivative'),
        number('burst', 4e-6, '', 0, 1, 'weight of the burst regulariser'),
        {
          key: 'hidden',
          type: 'integer',
          default: 246,
          unit: 'neurons',
          min: 1,
          max: 500,
          help: 'size of the hidden layer'
        },
        { key: 'inLoop', type: 'boolean', default: true, unit: '', help: 'inject measured membranes and spikes' }
      ],
      preset: 'spiking2',
      targets: { leak: 80, reset: 80, threshold: 150, tau_mem: 6, tau_syn_exc: 6, tau_syn_inh: 6 }
    }
  ],
  datasets: ['mnist16'],
  benchmarks: []
}
