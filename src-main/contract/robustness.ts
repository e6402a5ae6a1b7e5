import { z } from 'zod'
import { job } from './define'

const spreadOf = z.object({ median: z.number(), iqr: z.number().describe('third minus first quartile') })

export const robustness = {
  robustness: job(
    'Evaluate a trained network with something disturbed, at several levels, several draws each',
    z.object({
      run: z.string().min(1).describe('id of a run'),
      vary: z
        .record(z.string(), z.union([z.number(), z.string()]))
        .describe(
          'NAME=LEVELS: silenced=0,0.15 (share of hidden units), spread=0,0.3 (ideal neurons), window=8,12,34 (µs until the decision)'
        ),
      draws: z.int().min(1).max(1000).default(10).describe('of each level'),
      limitTest: z.int().min(1).optional(),
      seed: z.int().min(0).max(0xffffffff).default(1).describe('of the draws')
    }),
    z.object({
      robustness: z.object({
        run: z.string(),
        vary: z.string(),
        levels: z.array(
          z.object({
            level: z.number(),
            draws: z.int(),
            accuracy: spreadOf,
            error: spreadOf,
            accuracies: z.array(z.number()).describe('of each draw')
          })
        )
      })
    })
  )
} as const
