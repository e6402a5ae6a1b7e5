import { z } from 'zod'
import { TOLERANCE } from './accuracy-delta'
import { command, query } from './define'
import { GROUPINGS } from './run-groups'

const subjects = z
  .array(z.string().min(1))
  .min(1)
  .max(1000)
  .describe(
    'a run, several runs (a comparison), a calibration or a chip, several of them (side by side), or an experiment'
  )

/** of a comparison, as the window's view has them */
const comparison = {
  by: z.enum(GROUPINGS).default('run').describe('of a comparison: one column a run (at most 20), or a group of runs'),
  base: z
    .string()
    .optional()
    .describe(
      "of a comparison: run that the others are read against; default: the workspace's reference, else the first"
    ),
  tolerance: z
    .number()
    .min(0)
    .max(100)
    .default(TOLERANCE)
    .describe('of a comparison: accuracies that differ by less are equal, points of a per cent')
}

export const reports = {
  report: command(
    'Write a report in one HTML file: a run, a comparison of runs, chips, calibrations or an experiment',
    z.object({
      subjects,
      ...comparison,
      file: z
        .string()
        .min(1)
        .optional()
        .describe("default: the subject's name in the current folder; an experiment's may end in .md")
    }),
    z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })
  ),
  'report.document': query(
    'A report as the text of such a file',
    z.object({ subjects, ...comparison }),
    z.object({ name: z.string(), type: z.string(), text: z.string() })
  )
} as const
