import { z } from 'zod'
import { jobRecord } from './jobs'
import { plane } from './run-figures'
import { dashboard } from './dashboard'
import { epoch, run } from './runs'

/** what main tells its clients while it works; at most 10 of a kind a second */
export const events = {
  /** a job changed: state or progress */
  job: jobRecord,
  /** a run's epoch ended */
  epoch: z.object({ run: z.string(), epoch }),
  /** between epochs: where the running epoch stands */
  batch: z.object({
    run: z.string(),
    epoch: z.number().describe('fractional'),
    loss: z.number(),
    accuracy: z.number(),
    hiddenSpikesPerSample: z.number(),
    samplesPerSecond: z.number()
  }),
  dashboard: z.object({ run: z.string(), dashboard }),
  plane: z.object({ run: z.string(), epoch: z.int(), plane }),
  run: run,
  /** something in a list changed; lists read again */
  changed: z.object({ what: z.enum(['chips', 'calibrations', 'runs', 'jobs', 'preferences', 'datasets']) })
} as const

export type Events = { [K in keyof typeof events]: z.infer<(typeof events)[K]> }
