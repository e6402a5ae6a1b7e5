import { z } from 'zod'
import { calibrationId } from './calibrations'
import { chipId, neuronNumber } from './chips'
import { query } from './define'

const numbers = z.instanceof(Float64Array)

const evidence = z.object({
  calibration: z.string(),
  metric: z.string(),
  neuron: z.int(),
  unit: z.literal('MADC LSB'),
  samples: z
    .instanceof(Uint16Array)
    .describe('from where the converter is valid, the stimulus ends or the neuron fires'),
  stepUs: z.number(),
  fitted: z.int().describe('first sample that was fitted: those before are clipped'),
  fit: z
    .object({
      quantity: z
        .string()
        .describe('what the curve says: a time constant, the height of a response, a refractory time'),
      value: z.number(),
      unit: z.string(),
      curve: numbers.describe('at each sample fitted')
    })
    .nullable()
    .describe('null: nothing could be fitted'),
  residualSd: z.number().nullable().describe('sd of the samples about the fit')
})

const channels = z.object({
  side: z.enum(['causal', 'acausal']),
  gain: numbers.describe('CADC LSB read for a LSB of the debug line, one a channel'),
  offset: numbers.describe('at mid range, CADC LSB from the median of the channels that work; NaN of stuck ones'),
  stuck: z.instanceof(Uint8Array).describe('1: does not follow the debug line')
})

const seed = z.int().min(0).max(0xffffffff).default(1).describe('seed of the reading noise')

export const calibrationEvidence = {
  'calibration.trace': query(
    'Measure one neuron of a calibrated chip as a routine does, with the curve that is fitted to the trace',
    z.object({
      calibration: calibrationId,
      metric: z.string().min(1).describe('routine, e.g. tau_mem'),
      neuron: neuronNumber.default(0),
      seed
    }),
    z.object({ trace: evidence.nullable().describe('null: the routine has no trace of the fast converter') })
  ),
  'chip.converters': query(
    'Read the debug line with both channels of every column converter: gain, offset, stuck',
    z.object({
      chip: chipId,
      calibration: z.string().optional().describe('id; default: the active one, or none where there is none'),
      seed
    }),
    z.object({ calibration: z.string().nullable(), converters: z.array(channels) })
  )
} as const
