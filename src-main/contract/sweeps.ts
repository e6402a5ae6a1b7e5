import { z } from 'zod'
import { command, job, query } from './define'

const sweep = z.object({
  id: z.string().describe('of its job'),
  total: z.int().describe('runs that the plan asks for'),
  done: z.int(),
  failed: z.int(),
  runs: z.array(
    z.object({
      run: z.string().nullable().describe('null: it could not be started'),
      varied: z.record(z.string(), z.unknown()),
      testAccuracy: z.number().nullable(),
      error: z.string().nullable()
    })
  )
})

const id = z.string().min(1).describe('of a sweep: its job')

export const sweeps = {
  sweep: job(
    'Train a network for each combination of values that a file names',
    z.object({
      file: z
        .string()
        .min(1)
        .describe(
          'JSON: what `train` takes, and "vary": {"set.dropout": [0, 0.2], "chip": ["hx-1", "ideal"], "seed": [1, 2]}'
        ),
      on: z.enum(['local', 'slurm']).default('local').describe('local: one run after the other, on this machine')
    }),
    z.object({ sweep })
  ),
  'sweep.status': query('How far a sweep is, and what its runs came to', z.object({ id }), z.object({ sweep })),
  'sweep.cancel': command(
    'Stop a sweep after the batch at hand; what is done stays',
    z.object({ id }),
    z.object({ sweep })
  ),
  'sweep.retry': job(
    'Take a sweep up again: runs that are done stay, the others are made',
    z.object({ id }),
    z.object({ sweep })
  )
} as const
