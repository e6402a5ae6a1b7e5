import { z } from 'zod'
import { calibrationId } from './calibrations'
import { neuronNumber } from './chips'
import { query } from './define'
import { CELL_STATES, MAP_VIEWS } from './map-view'

const map = z.object({
  calibration: z.string(),
  chip: z.string(),
  chipName: z.string(),
  measuredBy: z.string().describe('the calibration it was measured in'),
  metric: z.string(),
  label: z.string(),
  unit: z.string().describe('of this view: LSB of a setting'),
  target: z.number().nullable(),
  view: z.enum(MAP_VIEWS),
  neurons: z.int(),
  used: z.int().describe('neurons that count: measured, not failed, not excluded'),
  median: z.number().nullable().describe('over those'),
  mad: z.number().nullable().describe('median absolute deviation, unscaled'),
  sd: z.number().nullable().describe('5 % trimmed'),
  inBand: z
    .int()
    .nullable()
    .describe('within 10 % of the target, or 5 LSB of a potential; null: no target, or a view that has no band'),
  spreadRatio: z.number().nullable(),
  limit: z.number().nullable().describe('of the ratio'),
  values: z.instanceof(Float64Array).describe('neuron by neuron, NaN where there is none'),
  states: z.array(z.enum(CELL_STATES))
})

export const calibrationView = {
  'calibration.view': query(
    'What the maps of calibrations show: medians, spread and yield of a quantity, of one chip or of several',
    z.object({
      calibrations: z.array(calibrationId).min(1).max(20),
      metric: z.string().min(1).optional().describe('quantity, e.g. tau_mem; default: all'),
      views: z
        .array(z.enum(MAP_VIEWS))
        .default(['before', 'after'])
        .describe(`${MAP_VIEWS.join(', ')}; several times for several; default: before and after`),
      neuron: neuronNumber.optional().describe('with the values of this neuron')
    }),
    z.object({
      neuron: z.int().nullable(),
      maps: z.array(map),
      without: z.array(z.string()).describe('calibrations that have no such quantity')
    })
  )
} as const
