import { z } from 'zod'
import { chipId, neuronNumber } from './chips'
import { command, query } from './define'

const bytes = z.instanceof(Uint8Array)
const times = z.instanceof(Float64Array)

const calibration = z
  .string()
  .optional()
  .describe(
    "id, `active`, or `none` (median codes); default: the active one, or the data sheet's codes where there is none"
  )

/** how a trace is read: what its counts are */
const axis = z.object({
  unit: z.enum(['CADC LSB', 'MADC LSB']),
  fullScale: z.int(),
  millivolts: z.number().nullable().describe('about so many mV are one count; null: not a potential'),
  ofColumn: z
    .object({ offset: z.number(), slope: z.number() })
    .nullable()
    .describe('a membrane at v CADC LSB lies at offset + slope v')
})

const node = z.object({
  input: z.int().describe('0 … 7 neurons, 8 … 11 FPGA, 12 … 19 noise'),
  output: z.int().describe('0 … 3 top, 4 … 7 bottom buses, 8 … 11 FPGA'),
  mask: z.int().describe('14 bits of the label that count'),
  target: z.int().describe('what they have to be'),
  countDrops: z.boolean().describe('whether events that do not pass count as drops')
})

const source = z.object({
  source: z.int().describe('0 … 7'),
  on: z.boolean(),
  poisson: z.boolean().describe('in each period an event or none; else one in each'),
  period: z.int().describe('cycles of 8 ns'),
  rate: z.int().describe('Poisson: chance of an event in a period, of 255'),
  seed: z.int(),
  label: z.int().describe('14 bits'),
  mask: z.int().describe('of the lower 8 bits of the label, those that are drawn at random (Poisson)')
})

const crossbar = z.object({
  nodes: z.array(node).describe('every node there is'),
  dropped: z.instanceof(Uint16Array).describe('events, one entry an input'),
  passed: z.instanceof(Uint32Array).describe('events, one entry an output')
})

const scopeTrace = z.object({
  chip: z.string(),
  calibration: z.string().nullable(),
  calibrationUse: z.enum(['calibrated', 'median', 'default']),
  neuron: z.int(),
  targets: z
    .object({ leak: z.number(), reset: z.number(), threshold: z.number() })
    .describe('what the codes aim at, CADC LSB'),
  axis,
  startUs: z.number(),
  stepUs: z.number(),
  samples: z.instanceof(Uint16Array).describe('counts'),
  invalid: z.int().describe('so many first samples are not valid'),
  events: times.describe('input events, µs'),
  spikes: z
    .object({ timeUs: times, neuron: z.instanceof(Uint16Array) })
    .describe('of all neurons, as the host got them'),
  counted: z.object({ count: bytes, overflow: bytes }).describe("the neurons' own 8-bit counters"),
  crossbar: crossbar.nullable().describe('null: the events were set on the rows'),
  synapses: z.object({
    rows: z.array(z.int()),
    neurons: bytes,
    weight: z.int(),
    sign: z.enum(['exc', 'inh']),
    label: z.int()
  }),
  hardwareMs: z.number()
})

const range = { low: z.number(), median: z.number(), high: z.number() }

/** of one quadrant: parameter memory, neurons, converters */
const quadrant = z.object({
  index: z.int(),
  usable: z.int().describe('neurons that may be used'),
  neurons: z.int(),
  cells: z.array(z.object({ name: z.string(), ...range })).describe('own parameter cells of the neurons, codes'),
  shared: z.array(z.object({ name: z.string(), code: z.number() })).describe('shared cells, codes'),
  switches: z.array(z.object({ name: z.string(), ...range })),
  converterOffset: z.object(range).describe('digital offsets of the column converters, LSB')
})

const chipState = z.object({
  chip: z.string(),
  calibration: z.string().nullable(),
  calibrationUse: z.enum(['calibrated', 'median', 'default']),
  quadrants: z.array(quadrant),
  routines: z
    .array(
      z.object({
        routine: z.string(),
        label: z.string(),
        per: z.enum(['neuron', 'driver', 'synapse']),
        failed: z.array(z.int()).describe('neurons of the chip, drivers 0 … 255 (top, then bottom), or synapses')
      })
    )
    .describe('of the calibration, and where each failed'),
  excluded: z.array(z.int()),
  nodes: z.array(node).describe('of the crossbar, as an operator wrote them; the oscilloscope sets the others'),
  sources: z.array(source).describe('of noise, as an operator set them; the others are off')
})

const LARGEST_LABEL = 0x3fff

const synapseArrays = z.object({
  run: z.string(),
  chip: z.string(),
  weights: bytes.describe(
    'codes 0 … 63, [row][neuron]; neurons 0 … 255 in the top array, the others in the bottom one'
  ),
  labels: bytes,
  topSigns: z.instanceof(Int8Array).describe('+1 excitatory, -1 inhibitory, 0 off, one entry a row'),
  bottomSigns: z.instanceof(Int8Array),
  units: bytes.describe('0 none, 1 hidden, 2 output, one entry a neuron')
})

export const scope = {
  'chip.state': query(
    'Show what is written to each block of a chip, and what failed there',
    z.object({ chip: chipId, calibration }),
    z.object({ state: chipState })
  ),
  'chip.node': command(
    'Write a node of the event crossbar: what the oscilloscope sends through it from now on',
    z.object({
      chip: chipId,
      input: z.int().min(0).max(19).describe('0 … 7 neurons, 8 … 11 FPGA, 12 … 19 noise'),
      output: z.int().min(0).max(11).describe('0 … 3 top, 4 … 7 bottom buses, 8 … 11 FPGA'),
      mask: z.int().min(0).max(LARGEST_LABEL).default(0).describe('14 bits of the label that count, 0x… or decimal'),
      target: z
        .int()
        .min(0)
        .max(LARGEST_LABEL)
        .default(0)
        .describe('what they have to be; with a bit outside the mask nothing passes'),
      countDrops: z.boolean().default(false).describe('count events that do not pass as drops'),
      reset: z.boolean().default(false).describe('back to what the oscilloscope sets')
    }),
    z.object({ nodes: z.array(node).describe('all that are written on this chip') })
  ),
  'chip.noise': command(
    'Switch a noise source: its events pass the crossbar with those of the oscilloscope from now on',
    z.object({
      chip: chipId,
      source: z.int().min(0).max(7).describe('source k reaches bus k and FPGA output k mod 4, where a node lets it'),
      off: z.boolean().default(false).describe('switch it off'),
      poisson: z.boolean().default(false).describe('in each period an event or none; else one in each'),
      period: z.int().min(1).max(0xffff).default(1250).describe('cycles of 8 ns'),
      rate: z.int().min(0).max(255).default(255).describe('Poisson: chance of an event in a period, of 255'),
      seed: z.int().min(0).max(0xffffffff).default(1).describe('of the source’s own generator'),
      label: z
        .int()
        .min(0)
        .max(LARGEST_LABEL)
        .default(1)
        .describe('14 bits, 0x… or decimal; 1: that of the oscilloscope’s synapses'),
      mask: z.int().min(0).max(255).default(0).describe('of its lower 8 bits, those that are drawn at random (Poisson)')
    }),
    z.object({ sources: z.array(source).describe('all that were set on this chip') })
  ),
  'runs.synapses': query(
    'Show the synapse arrays as a trained network fills them',
    z.object({ run: z.string().min(1).describe('id of a run') }),
    z.object({ synapses: synapseArrays })
  ),
  'chip.scope': query(
    'Trace a neuron as on an oscilloscope, with the spikes of all neurons and the event counters',
    z.object({
      chip: chipId,
      neuron: neuronNumber.default(0),
      calibration,
      converter: z
        .enum(['fast', 'column'])
        .default('fast')
        .describe('fast: 29.4 MS/s, first 8 µs not valid; column: every 1.7 µs'),
      source: z
        .enum(['membrane', 'lineExc', 'lineInh'])
        .default('membrane')
        .describe('membrane, or the line of a synaptic input'),
      durationUs: z.number().min(1).max(1000).default(200).describe('µs'),
      stimulus: z.enum(['silent', 'regular', 'poisson', 'burst']).default('regular').describe('input events'),
      rateKHz: z.number().min(1).max(5000).default(100).describe('kHz of hardware time: 1000 kHz is an event a µs'),
      events: z.int().min(1).max(1000).default(5).describe('in a burst'),
      weight: z.int().min(0).max(63).default(45).describe('synapse code'),
      sign: z.enum(['exc', 'inh']).default('exc').describe('of the synapse rows'),
      rows: z.int().min(1).max(16).default(2).describe('synapse rows that each event reaches'),
      reach: z.enum(['all', 'neuron']).default('all').describe('who is stimulated'),
      offsetCurrent: z.int().min(0).max(1022).default(0).describe('code of the constant current, 0: off'),
      leakShift: z
        .int()
        .min(-1022)
        .max(1022)
        .default(0)
        .describe(
          'added to the code of the leak (0.27 CADC LSB a code): over the threshold neurons fire by themselves'
        ),
      address: z
        .int()
        .min(0)
        .max(255)
        .default(0)
        .describe(
          "8-bit address of every neuron's spikes; 1: the stimulated synapses take them, where a node passes them"
        ),
      seed: z.int().min(0).max(0xffffffff).default(1).describe('another seed is another trial')
    }),
    z.object({ scope: scopeTrace })
  )
} as const
