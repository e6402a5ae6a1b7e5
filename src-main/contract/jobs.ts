import { z } from 'zod'
import { command, job, query } from './define'
import { ERROR_CODES } from './errors'
import { status } from './runs'

const progress = z.object({
  /** 0 … 1 */
  share: z.number(),
  /** in domain items, e.g. "threshold, step 7/13" or "epoch 3/30, batch 214/600" */
  text: z.string(),
  /** seconds left, null while unknown */
  eta: z.number().nullable()
})

export const jobRecord = z.object({
  id: z.string(),
  kind: z.enum([
    'calibrate',
    'accept',
    'train',
    'evaluate',
    'robustness',
    'bench',
    'verify',
    'experiment',
    'seeds',
    'sweep',
    'transfer',
    'reproduce'
  ]),
  status,
  /** what it makes: run, calibration or evaluation id */
  subject: z.string().nullable(),
  title: z.string(),
  chip: z.string().nullable(),
  progress: progress.nullable(),
  error: z.string().nullable(),
  errorCode: z.enum(ERROR_CODES).nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  resumable: z.boolean()
})

const jobId = z.string().min(1).describe('id of a job')

export const jobs = {
  'jobs.list': query(
    'List jobs, newest first',
    z.object({ limit: z.int().min(1).default(100) }),
    z.object({ jobs: z.array(jobRecord) })
  ),
  'jobs.result': query(
    'What a finished job came to: the output of the endpoint that started it',
    z.object({ job: jobId }),
    z.object({ job: jobRecord, result: z.unknown(), detail: z.string().nullable().describe('stack, if it failed') })
  ),
  'jobs.cancel': command(
    'Stop a job at the next safe point and keep what is done, or by force at once',
    z.object({
      job: jobId,
      force: z
        .boolean()
        .default(false)
        .describe('do not wait for the safe point: it goes back to the last state that was saved')
    }),
    z.object({ job: jobRecord })
  ),
  'jobs.pause': command('Pause a job', z.object({ job: jobId }), z.object({ job: jobRecord })),
  'jobs.unpause': command('Let a paused job go on', z.object({ job: jobId }), z.object({ job: jobRecord })),
  resume: job(
    'Go on with an interrupted job from its last checkpoint',
    z.object({ job: jobId }),
    z.object({ job: jobRecord, run: z.unknown().optional(), calibration: z.unknown().optional() })
  )
} as const
