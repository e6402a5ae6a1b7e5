import { z } from 'zod'
import { job, query } from './define'

const band = z.array(z.number().nullable()).length(2).describe('lowest and highest value that passes; null: any')

const experiment = z.object({
  name: z.string(),
  title: z.string(),
  paper: z.string(),
  quick: z.boolean().describe('fewer epochs and seeds, wider bands'),
  seeds: z.int(),
  checks: z.array(
    z.object({
      name: z.string(),
      value: z.number().nullable(),
      paper: z.number().nullable(),
      band,
      passed: z.boolean()
    })
  ),
  passed: z.boolean(),
  figures: z
    .record(z.string(), z.array(z.number()))
    .default({})
    .describe('by seed: test accuracies in percent of runs and of their disturbed evaluations, hidden spikes a sample'),
  plots: z
    .array(
      z.object({
        title: z.string(),
        along: z.string().describe('what the x axis is'),
        unit: z.string(),
        lines: z.array(z.object({ label: z.string(), points: z.array(z.object({ x: z.number(), y: z.number() })) }))
      })
    )
    .default([])
    .describe("the paper's plots, medians over seeds"),
  runs: z.array(z.object({ key: z.string(), seed: z.int(), run: z.string(), testAccuracy: z.number().nullable() }))
})

export const experiments = {
  'experiment.list': query(
    "The papers' experiments and what each is made of",
    z.object({}),
    z.object({
      experiments: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          paper: z.string(),
          seeds: z.int(),
          runs: z.array(z.string()),
          checks: z.array(z.string())
        })
      )
    })
  ),
  experiment: job(
    "Do a paper's experiment and compare with its figures",
    z.object({
      name: z.string().min(1).describe('see `experiment list`'),
      quick: z.boolean().default(false).describe('fewer epochs, one seed, wider bands'),
      seeds: z.int().min(1).max(100).optional().describe("default: the experiment's own number, 1 if quick")
    }),
    z.object({ experiment })
  )
} as const
