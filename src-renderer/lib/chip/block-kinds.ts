/**
 * What each kind of block of a HICANN-X does, its numbers, who says so, and what it gets its events, currents or codes
 * from: for people who meet the chip. Numbers: halco v3, haldls, calix, as named.
 */

/** pages of the same chip where a block's state is shown in full */
export type BlockPage = 'map' | 'scope' | 'crossbar' | 'synapses'

export interface BlockFact {
  label: string
  value: string
  unit?: string
}

interface About {
  what: string
  facts: readonly BlockFact[]
  source: string
  /** kinds of blocks that it gets something from */
  from: readonly string[]
  page: BlockPage | null
}

const KINDS = {
  synapses: {
    what: 'Each cell holds a weight and a label. When an event arrives on its row and carries its label, it sends a pulse of current, as strong as its weight, down its column to the neuron.',
    facts: [
      { label: 'Synapses', value: '256 rows × 128 columns', unit: 'of 131 072' },
      { label: 'Weight', value: '6 bit', unit: '0 … 63' },
      { label: 'Label', value: '6 bit' },
      { label: 'Correlation sensor', value: '1 a synapse', unit: 'causal, acausal' }
    ],
    source: 'halco v3; haldls synapse.h',
    from: ['drivers', 'processor'],
    page: 'synapses'
  },
  drivers: {
    what: 'A driver takes events from its bus and sends them along two synapse rows. It decides each row’s sign: excitatory, inhibitory or off, so a signed weight needs two rows. Short-term plasticity lives here.',
    facts: [
      { label: 'Drivers', value: '128', unit: 'a half' },
      { label: 'Rows', value: '2', unit: 'a driver' },
      { label: 'Bus', value: 'number mod 4' },
      { label: 'Row address', value: '5 bit', unit: 'with compare mask' }
    ],
    source: 'halco synapse_driver.cpp; haldls synapse_driver.h',
    from: ['crossbar'],
    page: 'synapses'
  },
  neurons: {
    what: 'Each circuit is a capacitor that leaks, is charged by its synapses, and fires when it crosses a threshold: a leaky integrate-and-fire neuron, with adaptation and an exponential term if wanted. It runs a thousand times faster than a nerve cell.',
    facts: [
      { label: 'Circuits', value: '128', unit: 'of 512' },
      { label: 'Speed-up', value: '1000', unit: '1 µs is 1 ms' },
      { label: 'Capacitance', value: '0 … 63', unit: '63: 2.4 ± 0.2 pF' },
      { label: 'Own analog cells', value: '24', unit: '8 voltages, 16 currents' }
    ],
    source: 'halco v3/neuron.h; lola neuron.h; neuromorphic-bistability (parameter table)',
    from: ['synapses', 'memory'],
    page: 'scope'
  },
  memory: {
    what: 'Capacitors that keep the analog parameters of the quadrant’s neurons, refreshed all the time. A written cell needs 20 ms to settle, and many cells of a row at the same value pull each other.',
    facts: [
      { label: 'Cells', value: '24 × 129', unit: '128 own columns, 1 shared' },
      { label: 'Code', value: '10 bit', unit: '0 … 1022' },
      { label: 'Voltage cells', value: '0 … 1.8 V', unit: '1.76 mV a code' },
      { label: 'Settles in', value: '20', unit: 'ms' }
    ],
    source: 'haldls vx capmem.h; calix constants.py',
    from: [],
    page: 'map'
  },
  converters: {
    what: 'One slow converter a column and side, all sampling at once: the eyes of the processors and of calibration. Each has its own offset and gain, which calibration evens out first.',
    facts: [
      { label: 'Channels', value: '512', unit: '256 causal, 256 acausal' },
      { label: 'Resolution', value: '8 bit', unit: 'about 4.2 mV a count' },
      { label: 'Reliable', value: '30 … 210', unit: 'LSB' },
      { label: 'Period', value: '1.7', unit: 'µs' }
    ],
    source: 'halco v3/cadc.h; calix constants.py; brainscales2-demos',
    from: ['neurons', 'synapses', 'memory'],
    page: 'scope'
  },
  processor: {
    what: 'A small processor with a vector unit as wide as half a row: it reads the converters of its half and rewrites weights while the experiment runs. Plasticity is a program here.',
    facts: [
      { label: 'Clock', value: '250', unit: 'MHz' },
      { label: 'Memory', value: '16', unit: 'kB' },
      { label: 'Vector', value: '128 × 8', unit: 'bit' }
    ],
    source: 'haldls ppu.h; neuromorphic-bistability (appendix)',
    from: ['converters'],
    page: null
  },
  crossbar: {
    what: 'All events pass here: from neurons, the host and the noise sources to the synapse buses and back to the host. Each node passes an event if its label, masked, equals a target.',
    facts: [
      { label: 'Inputs', value: '20', unit: '8 neuron, 4 FPGA, 8 noise' },
      { label: 'Outputs', value: '12', unit: '8 buses, 4 FPGA' },
      { label: 'Nodes', value: '76', unit: 'of 240 crossings' },
      { label: 'Neuron to synapse', value: '1.0 ± 0.1', unit: 'µs' }
    ],
    source: 'halco v3/routing_crossbar.h; neuromorphic-bistability (parameter table)',
    from: ['links', 'noise', 'neurons'],
    page: 'crossbar'
  },
  noise: {
    what: 'Generators of background events, regular or Poisson, so that noise needs no events from the host.',
    facts: [
      { label: 'Sources', value: '8' },
      { label: 'Period', value: '16 bit', unit: 'clock cycles' },
      { label: 'All together', value: '1000', unit: 'MEvent/s at most' }
    ],
    source: 'haldls background.h; brainscales2-demos',
    from: [],
    page: 'crossbar'
  },
  links: {
    what: 'The way to the FPGA on the board, which keeps time, plays programs back and records spikes. A volley of all 512 neurons at once is more than the links carry: part of it is lost.',
    facts: [
      { label: 'Time stamps', value: '8', unit: 'ns' },
      { label: 'Recorded spikes', value: '1 … 3', unit: 'each 8 ns' },
      { label: 'Volley of 512', value: 'over 250', unit: 'arrive' }
    ],
    source: 'haldls timer; calix test_neuron_threshold_calibration.py',
    from: ['crossbar'],
    page: 'crossbar'
  },
  fast: {
    what: 'One fast converter for the whole chip, switched to one neuron at a time: the oscilloscope. What it delivers in its first 8 µs may be garbage.',
    facts: [
      { label: 'Resolution', value: '10 bit', unit: 'about 1.4 mV a count' },
      { label: 'Rate', value: '29.4', unit: 'MS/s (500 MHz / 17)' },
      { label: 'Longest recording', value: '65 535', unit: 'samples, 2.2 ms' },
      { label: 'Noise', value: '1.65', unit: 'LSB rms' }
    ],
    source: 'haldls madc.h; calix common/madc_base.py; brainscales2-demos',
    from: ['neurons'],
    page: 'scope'
  }
} as const satisfies Record<string, About>

export type Kind = keyof typeof KINDS

export function about(kind: Kind): About {
  return KINDS[kind]
}

/** whether one kind of block gets events, currents or codes from the other */
export function feeds(from: Kind, to: Kind): boolean {
  return about(to).from.includes(from)
}
