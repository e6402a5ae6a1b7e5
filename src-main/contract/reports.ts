import { z } from 'zod'
import { command, query } from './define'

const subjects = z
  .array(z.string().min(1))
  .min(1)
  .max(20)
  .describe('a run, several runs (a comparison), a calibration, a chip, or an experiment (its name or its job)')

export const reports = {
  report: command(
    'Write a report in one HTML file: a run, a comparison of runs, a chip, a calibration or an experiment',
    z.object({
      subjects,
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
    z.object({ subjects }),
    z.object({ name: z.string(), type: z.string(), text: z.string() })
  )
} as const
