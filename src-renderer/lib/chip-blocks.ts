/**
 * The blocks of a HICANN-X and where they lie, for people who meet the chip: what each does, its numbers, who says so.
 * Synapse arrays, drivers and neuron rows are drawn to the counts of their rows and columns, with a synapse of 3 : 2
 * (assumed); places and sizes of all other blocks are schematic. Numbers: halco v3, haldls, calix, as named.
 */

/** pages of the same chip where a block's state is shown in full */
export type BlockPage = 'map' | 'scope' | 'crossbar' | 'synapses'

export interface BlockFact {
  label: string
  value: string
  unit?: string
}

export interface Block {
  id: string
  name: string
  kind: Kind
  /** in units of the drawing */
  x: number
  y: number
  w: number
  h: number
  /** written into the block where it fits */
  caption: string
  /** 0 top left, 1 top right, 2 bottom left, 3 bottom right; −1: not one quadrant's */
  quadrant: number
}

export const DRAWING = { width: 640, height: 560 }

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
    page: 'scope'
  }
} as const satisfies Record<
  string,
  { what: string; facts: readonly BlockFact[]; source: string; page: BlockPage | null }
>

export type Kind = keyof typeof KINDS

export function about(kind: Kind): {
  what: string
  facts: readonly BlockFact[]
  source: string
  page: BlockPage | null
} {
  return KINDS[kind]
}

const PLACES = ['top left', 'top right', 'bottom left', 'bottom right']
/** of the analog core: left edge, width of half an array, of the drivers between the halves */
const CORE = { left: 196, half: 144, drivers: 34 }
/** heights from the edge of the chip to its middle; 128 columns are 144 wide, 256 rows 192 high */
const ROWS = { processor: 22, converters: 14, synapses: 192, memory: 16, neurons: 15, gap: 2 }

function core(): Block[] {
  const list: Block[] = []
  const right = CORE.left + CORE.half + CORE.drivers
  for (const half of [0, 1]) {
    const name = half === 0 ? 'top' : 'bottom'
    let depth = 10
    const add = (kind: Kind, height: number, title: string, caption: string, parts: 'whole' | 'quadrants'): void => {
      const y = half === 0 ? depth : DRAWING.height - depth - height
      if (parts === 'whole') {
        list.push({
          id: `${kind}-${name}`,
          name: `${title}, ${name}`,
          kind,
          x: CORE.left,
          y,
          w: 2 * CORE.half + CORE.drivers,
          h: height,
          caption,
          quadrant: -1
        })
      } else {
        for (const side of [0, 1]) {
          const quadrant = 2 * half + side
          list.push({
            id: `${kind}-${quadrant}`,
            name: `${title}, ${PLACES[quadrant]}`,
            kind,
            x: side === 0 ? CORE.left : right,
            y,
            w: CORE.half,
            h: height,
            caption,
            quadrant
          })
        }
      }
      depth += height + ROWS.gap
    }
    add('processor', ROWS.processor, 'Plasticity processor', 'plasticity processor', 'whole')
    add('converters', ROWS.converters, 'Column converters', 'column converters', 'whole')
    const y = depth
    add('synapses', ROWS.synapses, 'Synapses', 'synapses', 'quadrants')
    list.push({
      id: `drivers-${name}`,
      name: `Synapse drivers, ${name}`,
      kind: 'drivers',
      x: CORE.left + CORE.half + ROWS.gap,
      y: half === 0 ? y : DRAWING.height - y - ROWS.synapses,
      w: CORE.drivers - 2 * ROWS.gap,
      h: ROWS.synapses,
      caption: 'drivers',
      quadrant: -1
    })
    add('memory', ROWS.memory, 'Parameter memory', 'parameter memory', 'quadrants')
    add('neurons', ROWS.neurons, 'Neurons', 'neurons', 'quadrants')
  }
  return list
}

/** every block, in the order in which a person tabs: from the top left to the bottom right */
export const BLOCKS: readonly Block[] = [
  block('links', 'Links to the FPGA', 10, 10, 52, 540, 'links'),
  block('noise', 'Noise sources', 74, 10, 110, 90, 'noise sources'),
  block('crossbar', 'Event crossbar', 74, 112, 110, 438, 'event crossbar'),
  ...core(),
  block('fast', 'Fast converter', 530, 230, 100, 100, 'fast converter')
]

function block(kind: Kind, name: string, x: number, y: number, w: number, h: number, caption: string): Block {
  return { id: kind, name, kind, x, y, w, h, caption, quadrant: -1 }
}

const centre = ({ x, y, w, h }: Block): [number, number] => [x + w / 2, y + h / 2]

/** the block that an arrow key leads to: the nearest one that lies more in that direction than across it */
export function nextBlock(from: Block, key: string): Block {
  const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (!along) return from
  const [dx, dy] = along
  const gap = (block: Block): number | null => {
    // from edge to edge; what overlaps across the direction counts as straight ahead
    const ahead = dx !== 0 ? dx * (centre(block)[0] - centre(from)[0]) : dy * (centre(block)[1] - centre(from)[1])
    if (block === from || ahead <= 1) return null
    const [a, b] = dx !== 0 ? [block.y, block.h] : [block.x, block.w]
    const [c, d] = dx !== 0 ? [from.y, from.h] : [from.x, from.w]
    const across = Math.max(0, a - (c + d), c - (a + b))
    const off = dx !== 0 ? centre(block)[1] - centre(from)[1] : centre(block)[0] - centre(from)[0]
    return ahead + 4 * across + 0.2 * Math.abs(off)
  }
  let best: { block: Block; at: number } | null = null
  for (const block of BLOCKS) {
    const at = gap(block)
    if (at !== null && (best === null || at < best.at)) best = { block, at }
  }
  return best?.block ?? from
}
