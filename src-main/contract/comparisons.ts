import { z } from 'zod'
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
  compare: query(
    'Compare runs, or groups of them: settings that differ, and every metric',
    z.object({
      runs: z.array(runId).min(2).max(1000),
      by: z.enum(GROUPINGS).default('run').describe('one column a run, or a group of runs; at most 10 columns')
    }),
    z.object({
      compare: z.object({
        heads: z.array(z.object({ name: z.string(), runs: z.array(z.string()) })).describe('what each column is of'),
        settings: z
          .array(z.object({ key: z.string(), values: z.array(z.unknown()) }))
          .describe('where members of a group differ: all their values'),
        metrics: z
          .array(z.object({ key: z.string(), values: z.array(z.number().nullable()) }))
          .describe('of a group the median')
      })
    })
  )
} as const
