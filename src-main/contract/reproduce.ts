import { z } from 'zod'
import { job } from './define'

const value = z.union([z.number(), z.string(), z.boolean(), z.null()])

/** the first thing that two runs of the same record do not share */
export const difference = z.object({
  epoch: z.int().describe('0: what was measured before the first'),
  quantity: z.string().describe('as in the history, a value of the conversion, or one weight'),
  recorded: value,
  again: value
})

export const reproduce = {
  reproduce: job(
    'Run a run again with exactly its settings, and compare it with its record step by step',
    z.object({ run: z.string().min(1).describe('id of a run') }),
    z.object({
      reproduced: z.boolean().describe('the same bits in everything that was recorded'),
      firstDifference: difference.nullable(),
      of: z.string().describe('the run whose record it was'),
      run: z.string().describe('the run that was made now'),
      epochs: z.int().describe('compared'),
      weights: z.int().describe('numbers compared after the last epoch; 0: the record ends before the run did'),
      warnings: z.array(z.string()).describe('what is not as it was: code, the state of the chip')
    })
  )
} as const
