import { z } from 'zod'
import { command } from './define'

export const diagnostics = {
  diagnostics: command(
    'Write what is needed to look into a fault to one zip file: log, versions, settings, hardware, errors of jobs; no data',
    z.object({
      file: z.string().min(1).optional().describe('default: inloop-diagnostics-DATE.zip in the current folder'),
      withWorkspace: z.boolean().default(false).describe('also the whole database: every chip, calibration and run')
    }),
    z.object({ file: z.string(), bytes: z.int(), sha256: z.string(), parts: z.array(z.string()) })
  )
} as const
