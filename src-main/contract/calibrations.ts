import { z } from 'zod'
import { allowOtherChip, calibrationSummary, chipId, neuronNumber } from './chips'
import { command, job, query } from './define'
import { oneLine } from './text'

/** one routine of the suite, in the order in which they run (core/calibration/suite.ts is the source) */
const routineName = z.string().min(1)

const spread = z.object({ median: z.number(), mad: z.number(), sd: z.number() })

const routineResult = z.object({
  name: z.string(),
  label: z.string().describe('for people, e.g. "Leak potential"'),
  quantity: z.string(),
  unit: z.string(),
  target: z.number().nullable(),
  before: spread.nullable(),
  after: spread.nullable(),
  spreadRatio: z
    .number()
    .nullable()
    .describe('5 % trimmed sd after / before, both measured with the same number of reads'),
  limit: z.number().nullable(),
  passed: z.boolean(),
  reads: z.int(),
  failed: z.array(z.int()).describe('neurons (or channels, quadrants) that ended at a bound'),
  seconds: z.number()
})

const failure = z.object({
  neuron: z.int(),
  routine: z.string(),
  label: z.string(),
  bound: z.enum(['none', 'low', 'high']).describe('of the range of codes, where the search ended'),
  measured: z.number().nullable().describe('null: could not be measured'),
  residual: z
    .number()
    .nullable()
    .describe('measured less target, or less what the others came to; null where it could not be measured'),
  unit: z.string()
})

const defect = z.object({
  part: z.enum(['converter channel', 'sensor channel', 'neuron', 'comparator', 'quadrant', 'driver', 'synapse']),
  at: z.int().describe('number of the part: neuron or channel, quadrant, driver (top, then bottom), synapse'),
  address: z.string(),
  why: z.string(),
  by: z.array(z.string()).optional().describe('routines that found it, in this calibration or in the one it is made on')
})

export const calibration = calibrationSummary.extend({
  routines: z.array(routineResult),
  failures: z.array(failure).describe('every neuron (or channel, quadrant) that failed, with its routine'),
  defects: z.array(defect).describe('parts of the chip that the calibration found defective, each once'),
  lists: z.array(z.string()).describe('targets that have a value for each neuron; `targets` holds their medians'),
  warnings: z.array(z.string()).describe('targets outside the range in which chips are known to follow')
})

export const acceptance = z.object({
  checks: z.array(
    z.object({
      name: z.string(),
      value: z.number().nullable(),
      limit: z.number().nullable(),
      unit: z.string(),
      relation: z.enum(['<', '>=']).optional().describe('of value to limit; < where it is not said'),
      notApplicable: z
        .boolean()
        .optional()
        .describe('the chip was as even without calibration as can be read: the absolute residual decides'),
      passed: z.boolean()
    })
  ),
  passed: z.boolean()
})

export const calibrationId = z.string().min(1).describe('id of a calibration')

/** per-neuron numbers of one metric, NaN where there is none; arrays are as long as the chip has neurons */
export const neuronMap = z.object({
  metric: z.string(),
  label: z.string(),
  symbol: z.string(),
  unit: z.string(),
  target: z.number().nullable(),
  targets: z.instanceof(Float64Array).nullable().describe('neuron by neuron, where they have their own'),
  limit: z.number().nullable(),
  spreadRatio: z.number().nullable(),
  before: z.instanceof(Float64Array),
  after: z.instanceof(Float64Array),
  /** standard deviation of single reads */
  sigma: z.instanceof(Float64Array),
  setting: z.instanceof(Float64Array),
  failed: z.instanceof(Uint8Array),
  reads: z.int(),
  measuredBy: z.string().describe('the calibration it was measured in')
})

const INSTANCES = ['driver', 'synapse'] as const

/** numbers of one metric that belong to drivers ([array][driver], 256) or synapses ([array][row][column], 131072) */
const instanceMap = z.object({
  metric: z.string(),
  per: z.enum(INSTANCES),
  label: z.string(),
  symbol: z.string(),
  unit: z.string(),
  target: z.number().nullable(),
  before: z.instanceof(Float32Array),
  after: z.instanceof(Float32Array),
  setting: z.instanceof(Float32Array),
  failed: z.instanceof(Uint8Array)
})

/** a measured dependence: percentiles of a group of instances at each value swept */
const curve = z.object({
  metric: z.string(),
  name: z.string().describe('the group, e.g. "quadrant 0, causal"'),
  x: z.string(),
  y: z.string(),
  at: z.instanceof(Float64Array),
  p10: z.instanceof(Float64Array),
  p50: z.instanceof(Float64Array),
  p90: z.instanceof(Float64Array)
})

/** how one neuron got its setting, step by step */
export const searchTrace = z.object({
  metric: z.string(),
  unit: z.string(),
  target: z.number().nullable(),
  codes: z.array(z.number()),
  observed: z.array(z.number()),
  chosen: z.number(),
  bound: z.enum(['none', 'low', 'high'])
})

export const calibrations = {
  calibrate: job(
    'Calibrate a chip: every routine in the published order, or the ones named',
    z.object({
      chip: chipId,
      preset: z
        .string()
        .min(1)
        .default('spiking2')
        .describe('what is calibrated together and aimed at; `inloop schema calibrate` lists them'),
      routines: z.array(routineName).optional().describe('default: those of the preset'),
      targets: z
        .record(z.string(), z.union([z.number(), z.array(z.number())]))
        .default({})
        .describe('overrides of the preset, by target name: a number, or one a neuron (a JSON list, or @FILE)'),
      detune: z
        .number()
        .positive()
        .max(0.5)
        .optional()
        .describe(
          'set the active calibration wrong on purpose: time constants and threshold of each neuron drawn around their targets, with this sd as a share'
        ),
      detuneSeed: z.int().min(0).max(0xffffffff).default(1).describe('seed of those draws'),
      seed: z.int().min(0).max(0xffffffff).default(1).describe('seed of the trial noise'),
      title: oneLine(40).optional().describe('a word for the list of jobs, e.g. nightly'),
      activate: z.boolean().default(true).describe('make the result the active calibration when it is complete')
    }),
    z.object({ calibration })
  ),
  accept: job(
    'Measure a calibrated chip again and apply every acceptance limit',
    z.object({
      calibration: calibrationId,
      chip: chipId.optional().describe('default: the chip that it belongs to'),
      allowOtherChip,
      seed: z.int().min(0).max(0xffffffff).default(2),
      control: z
        .boolean()
        .default(false)
        .describe('negative control: overwrite the settings first, when every routine must fail; then write them again')
    }),
    acceptance
  ),
  'calibration.list': query(
    'List calibrations',
    z.object({ chip: chipId.optional() }),
    z.object({ calibrations: z.array(calibrationSummary) })
  ),
  'calibration.show': query('Show a calibration', z.object({ calibration: calibrationId }), z.object({ calibration })),
  'calibration.activate': command(
    'Make a calibration the active one of its chip',
    z.object({ calibration: calibrationId }),
    z.object({ calibration })
  ),
  'calibration.maps': query(
    'Per-neuron maps of a calibration',
    z.object({
      calibration: calibrationId,
      kept: z
        .boolean()
        .default(false)
        .describe('also those of routines that were left out, from the calibration whose settings they kept')
    }),
    z.object({ maps: z.array(neuronMap) })
  ),
  'calibration.instances': query(
    'Maps of a calibration that are not about neurons: drivers, synapses',
    z.object({ calibration: calibrationId, per: z.enum(INSTANCES).optional().describe('default: both') }),
    z.object({ maps: z.array(instanceMap) })
  ),
  'calibration.curves': query(
    'Curves that a calibration measured',
    z.object({ calibration: calibrationId }),
    z.object({ curves: z.array(curve) })
  ),
  'calibration.search': query(
    'How one neuron got its settings',
    z.object({ calibration: calibrationId, neuron: neuronNumber }),
    z.object({ traces: z.array(searchTrace) })
  )
} as const
