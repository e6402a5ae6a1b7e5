import { z } from 'zod'
import { calibration, calibrationId } from './calibrations'
import { calibrationSummary, chipId, neuronNumber } from './chips'
import { command, query } from './define'

const FORMATS = ['json', 'csv', 'html'] as const
const format = z.enum(FORMATS)

/** one quantity of two calibrations, neuron by neuron */
const quantityDiff = z.object({
  metric: z.string(),
  label: z.string(),
  symbol: z.string(),
  unit: z.string(),
  /** what was allowed for every neuron; a neuron's own allowance is this or so many sigmas, whichever is more */
  tolerance: z.number(),
  compared: z.int().describe('neurons that were measured in both'),
  differing: z.int(),
  medianDelta: z.number().nullable().describe('b − a'),
  largestDelta: z.number().nullable(),
  largestAt: z.int().nullable().describe('its neuron'),
  settingsDiffering: z.int().describe('neurons with another code'),
  neurons: z
    .array(
      z.object({
        neuron: z.int(),
        a: z.number(),
        b: z.number(),
        delta: z.number(),
        allowed: z.number(),
        settingA: z.number(),
        settingB: z.number()
      })
    )
    .describe('those that differ beyond what is allowed')
})

const calibrationDiff = z.object({
  a: calibrationSummary,
  b: calibrationSummary,
  sameChip: z.boolean(),
  equal: z.boolean().describe('nothing differs beyond what is allowed'),
  record: z.array(z.object({ key: z.string(), a: z.unknown(), b: z.unknown() })).describe('targets, options, versions'),
  onlyA: z.array(z.string()).describe('routines that only a has'),
  onlyB: z.array(z.string()),
  /** neurons usable in the one and not in the other */
  lost: z.array(z.int()).describe('usable in a, not in b'),
  gained: z.array(z.int()),
  quantities: z.array(quantityDiff)
})

const timelinePoint = z.object({
  kind: z.enum(['calibration', 'measurement']),
  calibration: z.string().describe('that was made, or whose settings were measured again'),
  job: z.string(),
  at: z.iso.datetime(),
  ageDays: z.number(),
  temperature: z.number(),
  passed: z.boolean(),
  metrics: z.array(
    z.object({
      metric: z.string(),
      label: z.string(),
      unit: z.string(),
      target: z.number().nullable(),
      median: z.number().nullable().describe('over the neurons that count'),
      sd: z.number().nullable(),
      value: z.number().nullable().describe('of the neuron that was asked for'),
      sigma: z.number().nullable().describe('sd of its single reads')
    })
  )
})

const schedule = z.object({
  chip: z.string(),
  time: z.string().describe('HH:MM, local'),
  next: z.iso.datetime(),
  lastAt: z.iso.datetime().nullable()
})

export const calibrationVersions = {
  'chip.timeline': query(
    'How a chip drifts: every quantity at each calibration and at each time it was measured again',
    z.object({ chip: chipId, neuron: neuronNumber.optional().describe('with the values of this neuron') }),
    z.object({ timeline: z.object({ chip: z.string(), neuron: z.int().nullable(), points: z.array(timelinePoint) }) })
  ),
  'calibration.schedule': command(
    'Calibrate a chip every day at this time while the window is open, or no longer (off)',
    z.object({
      chip: chipId,
      time: z
        .string()
        .regex(/^(([01]\d|2[0-3]):[0-5]\d|off)$/, 'allowed: a time like 03:00, or off')
        .describe('HH:MM, local, or off')
    }),
    z.object({ schedules: z.array(schedule) })
  ),
  'calibration.schedules': query(
    'Which chips are calibrated by themselves, and when next',
    z.object({}),
    z.object({ schedules: z.array(schedule) })
  ),
  'calibration.diff': query(
    'What differs between two calibrations, of one chip or of two, beyond a tolerance',
    z.object({
      a: calibrationId,
      b: calibrationId,
      tolerance: z
        .record(z.string(), z.number().min(0))
        .default({})
        .describe('allowed difference by routine, in its unit, e.g. leak=1'),
      sigmas: z
        .number()
        .min(0)
        .max(100)
        .default(3)
        .describe('allowed difference in sd of the difference, from the reads')
    }),
    z.object({ diff: calibrationDiff })
  ),
  'calibration.export': command(
    'Write a calibration to a file: JSON (all of it), CSV (one row a neuron) or a report in one HTML file',
    z.object({
      calibration: calibrationId,
      file: z.string().min(1),
      format: format.optional().describe("default: by the file's name")
    }),
    z.object({ file: z.string(), format, bytes: z.int(), sha256: z.string() })
  ),
  'calibration.document': query(
    'A calibration as the text of such a file',
    z.object({ calibration: calibrationId, format }),
    z.object({ name: z.string(), type: z.string(), text: z.string() })
  ),
  'calibration.import': command(
    'Read a calibration from a JSON file that was exported',
    z.object({
      file: z.string().min(1).optional(),
      text: z.string().min(1).optional().describe('the content instead of a file'),
      chip: chipId.optional().describe('default: the chip with the serial number of the file'),
      allowOtherChip: z.boolean().default(false).describe('even if it was made on another chip'),
      activate: z.boolean().default(false).describe('make it the active calibration of its chip')
    }),
    z.object({ calibration })
  )
} as const
