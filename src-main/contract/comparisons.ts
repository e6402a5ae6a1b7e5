import { z } from 'zod'
import { TOLERANCE } from './accuracy-delta'
import { query } from './define'
import { GROUPINGS } from './run-groups'

const runId = z.string().min(1).describe('id of a run')

export const comparisons = {
  'runs.diff': query(
    'Settings in which runs differ',
    z.object({ runs: z.array(runId).min(2) }),
    z.object({
      runs: z.array(z.string()).describe('what each is called'),
      diff: z.array(z.object({ key: z.string(), values: z.array(z.unknown()) }))
    })
  ),
  'runs.paired': query(
    'Test samples that a run reads right and another does not',
    z.object({ base: runId, runs: z.array(runId).min(1).max(1000) }),
    z.object({
      paired: z.array(
        z.object({
          run: z.string(),
          pair: z
            .object({
              n: z.int().describe('test samples that both read'),
              gained: z.int().describe('read right by the run alone'),
              lost: z.int().describe('read right by the base alone')
            })
            .nullable()
            .describe('null: not the same samples, or a run of before it was kept which were read right')
        })
      )
    })
  ),
  compare: query(
    'Compare runs, or groups of them: settings that differ, and every metric',
    z.object({
      runs: z.array(runId).min(1).max(1000).describe('two or more; one is read against the base, beside it'),
      by: z.enum(GROUPINGS).default('run').describe('one column a run, or a group of runs; at most 10 columns'),
      base: z
        .string()
        .optional()
        .describe(
          "run that the test accuracies are read against, with its group where one holds it; default: the workspace's reference, else the first"
        ),
      tolerance: z
        .number()
        .min(0)
        .max(100)
        .default(TOLERANCE)
        .describe('test accuracies that differ by less are equal, points of a per cent')
    }),
    z.object({
      compare: z.object({
        heads: z.array(z.object({ name: z.string(), runs: z.array(z.string()) })).describe('what each column is of'),
        settings: z
          .array(z.object({ key: z.string(), values: z.array(z.unknown()) }))
          .describe('where members of a group differ: all their values'),
        metrics: z
          .array(z.object({ key: z.string(), values: z.array(z.number().nullable()) }))
          .describe('of a group the median'),
        base: z
          .object({
            name: z.string(),
            runs: z.array(z.string()),
            testAccuracy: z.number().nullable(),
            reference: z.boolean()
          })
          .describe('what deltas are read against; it may be none of the columns'),
        deltas: z
          .array(
            z
              .object({
                points: z.number().describe('test accuracy above that of the base, points of a per cent'),
                twoSigma: z
                  .number()
                  .describe('twice its standard error: of runs binomial (Wilson), of groups that of their medians'),
                told: z.boolean().describe('more than the tolerance and than that'),
                paired: z
                  .boolean()
                  .describe('of two runs, by the test samples on which they differ (McNemar); false: as if independent')
              })
              .nullable()
          )
          .describe('one a column; null: it is the base, or one of the two has no test')
      })
    })
  )
} as const
