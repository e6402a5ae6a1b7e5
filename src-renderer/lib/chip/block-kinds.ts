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

/** a name, a value, a unit or what else belongs to it */
type Row = readonly [label: string, value: string, unit?: string]

interface About<Fact = BlockFact> {
  what: string
  facts: readonly Fact[]
  source: string
  /** kinds of blocks that it gets something from */
  from: readonly string[]
  page: BlockPage | null
}

const KINDS = {
  synapses: {
    what: 'Each cell holds a weight and a label. When an event arrives on its row and carries its label, it sends a pulse of current, as strong as its weight, down its column to the neuron.',
    facts: [
      ['Synapses', '256 rows × 128 columns', 'of 131 072'],
      ['Weight', '6 bit', '0 … 63'],
      ['Label', '6 bit'],
      ['Correlation sensor', '1 a synapse', 'causal, acausal']
    ],
    source: 'halco v3; haldls synapse.h',
    from: ['drivers', 'processor'],
    page: 'synapses'
  },
  drivers: {
    what: 'A driver takes events from its bus and sends them along two synapse rows. It decides each row’s sign: excitatory, inhibitory or off, so a signed weight needs two rows. Short-term plasticity lives here.',
    facts: [
      ['Drivers', '128', 'a half'],
      ['Rows', '2', 'a driver'],
      ['Bus', 'number mod 4'],
      ['Row address', '5 bit', 'with compare mask']
    ],
    source: 'halco synapse_driver.cpp; haldls synapse_driver.h',
    from: ['crossbar'],
    page: 'synapses'
  },
  neurons: {
    what: 'Each circuit is a capacitor that leaks, is charged by its synapses, and fires when it crosses a threshold: a leaky integrate-and-fire neuron, with adaptation and an exponential term if wanted. It runs a thousand times faster than a nerve cell.',
    facts: [
      ['Circuits', '128', 'of 512'],
      ['Speed-up', '1000', '1 µs is 1 ms'],
      ['Capacitance', '0 … 63', '63: 2.4 ± 0.2 pF'],
      ['Own analog cells', '24', '8 voltages, 16 currents']
    ],
    source: 'halco v3/neuron.h; lola neuron.h; neuromorphic-bistability (parameter table)',
    from: ['synapses', 'memory'],
    page: 'scope'
  },
  memory: {
    what: 'Capacitors that keep the analog parameters of the quadrant’s neurons, refreshed all the time. A written cell needs 20 ms to settle, and many cells of a row at the same value pull each other.',
    facts: [
      ['Cells', '24 × 129', '128 own, 1 shared'],
      ['Code', '10 bit', '0 … 1022'],
      ['Voltage cells', '0 … 1.8 V', '1.76 mV a code'],
      ['Settles in', '20', 'ms']
    ],
    source: 'haldls vx capmem.h; calix constants.py',
    from: [],
    page: 'map'
  },
  converters: {
    what: 'One slow converter a column and side, all sampling at once: the eyes of the processors and of calibration. Each has its own offset and gain, which calibration evens out first.',
    facts: [
      ['Channels', '512', '256 causal, 256 acausal'],
      ['Resolution', '8 bit', 'about 4.2 mV a count'],
      ['Reliable', '30 … 210', 'LSB'],
      ['Period', '1.7', 'µs']
    ],
    source: 'halco v3/cadc.h; calix constants.py; brainscales2-demos',
    from: ['neurons', 'synapses', 'memory'],
    page: 'scope'
  },
  processor: {
    what: 'A small processor with a vector unit as wide as half a row: it reads the converters of its half and rewrites weights while the experiment runs. Plasticity is a program here.',
    facts: [
      ['Clock', '250', 'MHz'],
      ['Memory', '16', 'kB'],
      ['Vector', '128 × 8', 'bit']
    ],
    source: 'haldls ppu.h; neuromorphic-bistability (appendix)',
    from: ['converters'],
    page: null
  },
  crossbar: {
    what: 'All events pass here: from neurons, the host and the noise sources to the synapse buses and back to the host. Each node passes an event if its label, masked, equals a target.',
    facts: [
      ['Inputs', '20', '8 neuron, 4 FPGA, 8 noise'],
      ['Outputs', '12', '8 buses, 4 FPGA'],
      ['Nodes', '76', 'of 240 crossings'],
      ['Neuron to synapse', '1.0 ± 0.1', 'µs']
    ],
    source: 'halco v3/routing_crossbar.h; neuromorphic-bistability (parameter table)',
    from: ['links', 'noise', 'neurons'],
    page: 'crossbar'
  },
  noise: {
    what: 'Generators of background events, regular or Poisson, so that noise needs no events from the host.',
    facts: [
      ['Sources', '8'],
      ['Period', '16 bit', 'clock cycles'],
      ['All together', '1000', 'MEvent/s at most']
    ],
    source: 'haldls background.h; brainscales2-demos',
    from: [],
    page: 'crossbar'
  },
  links: {
    what: 'The way to the FPGA on the board, which keeps time, plays programs back and records spikes. A volley of all 512 neurons at once is more than the links carry: part of it is lost.',
    facts: [
      ['Time stamps', '8', 'ns'],
      ['Recorded spikes', '1 … 3', 'each 8 ns'],
      ['Volley of 512', 'over 250', 'arrive']
    ],
    source: 'haldls timer; calix test_neuron_threshold_calibration.py',
    from: ['crossbar'],
    page: 'crossbar'
  },
  fast: {
    what: 'One fast converter for the whole chip, switched to one neuron at a time: the oscilloscope. What it delivers in its first 8 µs may be garbage.',
    facts: [
      ['Resolution', '10 bit', 'about 1.4 mV a count'],
      ['Rate', '29.4', 'MS/s (500 MHz / 17)'],
      ['Longest recording', '65 535', 'samples, 2.2 ms'],
      ['Noise', '1.65', 'LSB rms']
    ],
    source: 'haldls madc.h; calix common/madc_base.py; brainscales2-demos',
    from: ['neurons'],
    page: 'scope'
  }
} as const satisfies Record<string, About<Row>>

export type Kind = keyof typeof KINDS

export function about(kind: Kind): About {
  const { facts, ...rest } = KINDS[kind] as About<Row>
  return { ...rest, facts: facts.map(([label, value, unit]) => ({ label, value, ...(unit ? { unit } : {}) })) }
}

/** whether one kind of block gets events, currents or codes from the other */
export function feeds(from: Kind, to: Kind): boolean {
  return about(to).from.includes(from)
}
