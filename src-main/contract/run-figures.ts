/** What the papers' figures need beyond a run's record: planes, related runs, and answers to "what if". */
import { z } from 'zod'
import { query } from './define'
import { runStyle } from './runs'

const runId = z.string().min(1).describe('id of a run')

/** what a network makes of every point of the Yin-Yang disc */
export const plane = z.object({
  /** cells a side; row by row from the lowest y */
  side: z.int(),
  /** class read in each cell; -1: all label neurons are silent, -2: outside the disc */
  read: z.instanceof(Int8Array),
  /** µs, [class][cell]: first spike of each label neuron, Infinity: silent, NaN: outside; null: the method has no spike times */
  times: z.instanceof(Float32Array).nullable()
})

const member = z.object({
  run: z.string(),
  seed: z.int(),
  history: z.array(
    z.object({
      epoch: z.int(),
      testAccuracy: z.number().nullable(),
      loss: z.number(),
      hiddenSpikesPerSample: z.number()
    })
  )
})

const relative = z.object({
  id: z.string(),
  name: z.string(),
  chip: z.string().describe('id of a chip, or `ideal`'),
  chipName: z.string(),
  seed: z.int(),
  spread: z.number().describe("the chip's `mismatch`; on ideal the setting `spread`"),
  testAccuracy: z.number(),
  n: z.int(),
  hiddenSpikesPerSample: z.number(),
  ...runStyle.shape,
  sameButPlace: z
    .boolean()
    .describe('the same run elsewhere: it differs in chip, calibration and how it was set, spread and seeds at most')
})

const reading = z.object({
  epoch: z.int().describe('of the weights that were read: the last that has ended'),
  testAccuracy: z.number(),
  n: z.int().describe('test samples that were read'),
  of: z.int().describe('test samples there are'),
  hiddenSpikesPerSample: z.number()
})

export const runFigures = {
  'runs.planes': query(
    'What the network of a Yin-Yang run made of every point of the disc, after a few epochs',
    z.object({ run: runId }),
    z.object({ planes: z.array(z.object({ epoch: z.int(), plane })) })
  ),
  'runs.related': query(
    'Runs to read a run against: the same with other seeds, and those of the same method and data',
    z.object({ run: runId }),
    z.object({
      seeds: z.array(member).describe('differ in their seed alone; the run itself is among them'),
      runs: z.array(relative).describe('finished, newest first, at most 500')
    })
  ),
  'runs.curves': query(
    'How the test accuracy of runs went: at most 32 of their epochs, the last among them',
    z.object({ runs: z.array(runId).min(1).max(200) }),
    z.object({
      curves: z
        .array(z.object({ run: z.string(), epoch: z.array(z.int()), testAccuracy: z.array(z.number()) }))
        .describe('of those that have an epoch that was tested')
    })
  ),
  'runs.whatIf': query(
    'How a trained network would do on a chip that was changed, without training it again',
    z.object({
      run: runId,
      spread: z
        .number()
        .min(0)
        .max(5)
        .optional()
        .describe("of the chip (its `mismatch`), or of ideal neurons; default: the run's"),
      temperature: z.number().min(-20).max(100).optional().describe("°C; default: the run's"),
      bits: z.int().min(1).max(16).optional().describe("bits of a weight's size, beside its sign; default: as trained"),
      dead: z.int().min(0).default(0).describe('hidden units that died'),
      samples: z.int().min(1).optional().describe('test samples to read at least; default: all')
    }),
    z.object({ reading, activity: z.string().describe('what `hiddenSpikesPerSample` counts') })
  )
} as const
