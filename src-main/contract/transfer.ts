import { z } from 'zod'
import { job } from './define'

export const transfer = {
  transfer: job(
    'Evaluate runs on each of several chips: what was learnt here is worth how much there',
    z.object({
      runs: z.array(z.string().min(1)).min(1).max(50),
      chips: z
        .array(z.string().min(1))
        .max(50)
        .default([])
        .describe('ids or names, or `ideal`; by default those that the runs were trained on'),
      limitTest: z.int().min(1).optional(),
      seed: z.int().min(0).max(0xffffffff).default(1)
    }),
    z.object({
      transfer: z.object({
        runs: z.array(z.object({ run: z.string(), trainedOn: z.string(), testAccuracy: z.number().nullable() })),
        chips: z.array(z.string()),
        accuracy: z.array(z.array(z.number())).describe('[run][chip], on the active calibration of the chip'),
        evaluations: z.array(z.array(z.string())).describe('their ids, [run][chip]')
      })
    })
  )
} as const
