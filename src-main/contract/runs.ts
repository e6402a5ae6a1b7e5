import { z } from 'zod'
import { allowOtherChip, chipId } from './chips'
import { dashboard } from './dashboard'
import { command, job, query } from './define'
import { difference } from './reproduce'
import { HUES, LINES } from './run-style'
import { oneLine } from './text'

const METHODS = ['surrogate', 'first-spike', 'delgrad', 'reference'] as const

const STATUS = ['queued', 'running', 'paused', 'done', 'interrupted', 'cancelled', 'failed'] as const
export const status = z.enum(STATUS)

const runId = z.string().min(1).describe('id of a run')

/** in what a run is drawn in every view and report: the line is the second channel */
export const runStyle = z.object({
  colour: z.enum(HUES),
  line: z.enum(LINES)
})

/** plain JSON settings, by key */
const settings = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))

export const epoch = z.object({
  epoch: z.int(),
  loss: z.number(),
  trainAccuracy: z.number(),
  testAccuracy: z.number().nullable(),
  validationAccuracy: z.number().nullish().describe('of training samples that were set aside'),
  hiddenSpikesPerSample: z.number(),
  samplesPerSecond: z.number(),
  seconds: z.number()
})

const metrics = z.object({
  trainAccuracy: z.number().nullable(),
  testAccuracy: z.number().nullable(),
  n: z.int().describe('test samples'),
  hiddenSpikesPerSample: z.number().nullable()
})

export const run = z.object({
  id: z.string(),
  name: z.string(),
  status,
  method: z.enum(METHODS),
  dataset: z.string(),
  chip: z.string().describe('id of a chip, or `ideal`'),
  chipName: z.string(),
  calibration: z.string().nullable(),
  seed: z.int(),
  configHash: z.string(),
  epochs: z.int().describe('epochs asked for'),
  epochsDone: z.int(),
  metrics,
  samplesPerSecond: z.number().nullable(),
  seconds: z.number(),
  createdAt: z.iso.datetime(),
  star: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  ...runStyle.shape,
  deleted: z.boolean(),
  job: z.string()
})

const chipTime = z
  .object({
    latencyUs: z.number().describe('from the first input spike to the decision, µs of chip time'),
    imagesPerSecond: z.number().describe('samples one after the other, membranes reset between them'),
    microjoules: z.number().describe('an image, with the power that `assumption` says'),
    assumption: z.string(),
    published: z.array(z.object({ paper: z.string(), imagesPerSecond: z.number(), microjoules: z.number() }))
  })
  .nullable()

export const runDetail = run.extend({
  asked: settings.optional().describe('settings that were asked for; the others were left as they are'),
  error: z.string().nullable().describe('why it ended before its end; null: it did not, or no reason was recorded'),
  resumable: z.boolean().describe('can be taken up again where it stopped'),
  warnings: z.array(z.string()).describe('what has become of the calibration since, and whether it fitted the chip'),
  config: settings.describe('the resolved configuration'),
  conversion: settings.describe('model to chip units, as measured before training'),
  history: z.array(epoch),
  chipTime: chipTime.describe('null: not on a chip, or a method without bins'),
  provenance: settings.describe('versions, data hash, seeds, excluded neurons, host'),
  again: z
    .array(
      z.object({
        run: z.string(),
        status,
        reproduced: z.boolean().nullable().describe('null: not finished'),
        firstDifference: difference.nullable()
      })
    )
    .describe('runs of this record made later to check it'),
  evaluations: z.array(
    z.object({
      id: z.string(),
      chip: z.string(),
      calibration: z.string().nullable(),
      testAccuracy: z.number(),
      n: z.int()
    })
  )
})

/** how the chip was set: calibrated per neuron, the calibration's median code for all, the data sheet's codes, ideal */
const calibrationUse = z.enum(['calibrated', 'median', 'default', 'ideal'])

const evaluation = z.object({
  id: z.string(),
  run: z.string(),
  chip: z.string(),
  calibration: z.string().nullable(),
  calibrationUse,
  testAccuracy: z.number(),
  n: z.int(),
  hiddenSpikesPerSample: z.number(),
  chipTime
})

const calibrationChoice = z
  .string()
  .default('active')
  .describe('id of a calibration, `active`, or `none` (median code for all)')

const SORTS = [
  'star',
  'name',
  'status',
  'method',
  'dataset',
  'chip',
  'calibration',
  'accuracy',
  'spikes',
  'rate',
  'epochs',
  'seconds',
  'seed',
  'started'
] as const
/** what can be done to many runs; each can be taken back by another */
const BULK = ['star', 'unstar', 'tag', 'untag', 'trash', 'restore'] as const
const GROUPS = ['chip', 'method', 'dataset', 'seed', 'calibration', 'config', 'status', 'star'] as const

const filterText = z
  .string()
  .max(2000)
  .describe('words, field:part, numbers as accuracy>=0.96, with AND, OR, NOT and brackets')
const runFilter = filterText.default('')

const runGroup = z.object({
  key: z.record(z.string(), z.union([z.string(), z.number()])).describe('what the members have in common'),
  members: z.int().describe('runs of the group'),
  n: z.int().describe('members with a test accuracy'),
  median: z.number().nullable(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  runs: z.array(z.string()).describe('at most 500 are named')
})

const seedBand = z.object({
  runs: z.array(z.object({ run: z.string(), seed: z.int(), testAccuracy: z.number().nullable() })),
  median: z.number(),
  lowest: z.number(),
  highest: z.number()
})

export const runs = {
  'train.usual': query(
    "What the settings come to that are left open: the paper's values for the task",
    z.object({
      method: z.enum(METHODS),
      dataset: z.string(),
      chip: z.string().default('ideal'),
      set: settings.default({})
    }),
    z.object({ values: settings })
  ),
  train: job(
    'Train a network with the chip in the loop',
    z.object({
      method: z.enum(METHODS),
      dataset: z.string().default('mnist16'),
      chip: z.string().default('ideal').describe('id or name of a chip, or `ideal`'),
      calibration: calibrationChoice,
      allowOtherChip,
      epochs: z.int().min(1).max(10_000).default(30),
      batch: z.int().min(1).max(1000).default(100),
      seed: z.int().min(0).max(0xffffffff).default(1),
      seeds: z.int().min(1).max(100).default(1).describe('train so many runs, with this seed and those after it'),
      set: settings.default({}).describe('method settings, by key (see `schema train`)'),
      limitTrain: z.int().min(1).optional().describe('use the first N training samples only'),
      limitTest: z.int().min(1).optional(),
      name: oneLine(120).optional()
    }),
    z.object({ run: runDetail.describe('of several the one in the middle'), seeds: seedBand.optional() })
  ),
  evaluate: job(
    'Evaluate a trained network, on its own chip or on another',
    z.object({
      run: runId,
      chip: chipId.optional().describe("default: the run's own"),
      calibration: z
        .string()
        .optional()
        .describe(
          'id of a calibration, `active`, or `none` (median code for all); default: on its own chip as it was trained, else active'
        ),
      allowOtherChip,
      limitTest: z.int().min(1).optional(),
      windowUs: z
        .number()
        .positive()
        .optional()
        .describe('decide after so long and reset (fast inference, surrogate only); default: the whole sample, µs'),
      seed: z.int().min(0).max(0xffffffff).default(1)
    }),
    z.object({ evaluation })
  ),
  'runs.list': query(
    'List runs, newest first, or those a filter keeps',
    z.object({
      filter: runFilter,
      deleted: z.boolean().default(false).describe('those in the trash'),
      sort: z.enum(SORTS).default('started'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(10_000).default(500)
    }),
    z.object({
      runs: z.array(run),
      total: z.int().describe('runs the filter keeps'),
      listed: z.int().describe('runs without a filter'),
      trashed: z.int().describe('those in the trash')
    })
  ),
  'runs.facets': query(
    'What the runs that a filter keeps could be narrowed to',
    z.object({ filter: runFilter, deleted: z.boolean().default(false) }),
    z.object({
      facets: z.array(z.object({ field: z.string(), values: z.array(z.object({ value: z.string(), runs: z.int() })) }))
    })
  ),
  'runs.groups': query(
    'Runs taken together by what they have in common, with median and range of their accuracy',
    z.object({ filter: runFilter, by: z.array(z.enum(GROUPS)).min(1).default(['chip', 'method']) }),
    z.object({ groups: z.array(runGroup) })
  ),
  'runs.show': query('Show a run', z.object({ run: runId }), z.object({ run: runDetail })),
  'runs.dashboard': query(
    'Confusion, weights and a sample of a run',
    z.object({ run: runId }),
    z.object({ dashboard })
  ),
  'runs.rename': command('Rename a run', z.object({ run: runId, name: oneLine(120) }), z.object({ run })),
  'runs.star': command(
    'Star a run, or not',
    z.object({ run: runId, star: z.boolean().default(true) }),
    z.object({ run })
  ),
  'runs.tag': command('Set the tags of a run', z.object({ run: runId, tags: z.array(oneLine(40)) }), z.object({ run })),
  'runs.note': command(
    'Set the note of a run',
    z.object({ run: runId, note: z.string().max(10_000) }),
    z.object({ run })
  ),
  'runs.colour': command(
    'Set the colour and the line that a run is drawn in',
    z.object({
      run: runId,
      colour: runStyle.shape.colour,
      line: runStyle.shape.line.optional().describe('default: as it is')
    }),
    z.object({ run })
  ),
  'runs.bulk': command(
    'Star, tag, trash or restore many runs at once',
    z.object({
      action: z.enum(BULK),
      runs: z.array(runId).max(10_000).optional().describe('these runs'),
      filter: filterText.optional().describe('or all runs that a filter keeps'),
      tag: oneLine(40).optional().describe('to be set or taken off')
    }),
    z.object({ runs: z.array(z.string()).describe('those that were changed') })
  ),
  'runs.delete': command('Move a run to the trash', z.object({ run: runId }), z.object({ run })),
  'runs.restore': command('Take a run out of the trash', z.object({ run: runId }), z.object({ run }))
} as const
