import { z } from 'zod'
import { command, query } from './define'
import { runDetail } from './runs'

const subject = z.string().min(1).describe('a run (r-1: one zip file) or a calibration (c-1: JSON, CSV or HTML)')

const imported = z.object({
  file: z.string(),
  sha256: z.string().describe('of the file'),
  run: runDetail.nullable().describe('what the run of the file is here; null: the file held a calibration'),
  chip: z.string().nullable().describe('id of the chip that it belongs to; null: ideal dynamics'),
  calibration: z.string().nullable().describe('id of the calibration that came with it, or was here already'),
  notes: z.array(z.string()).describe('what a person should know: made anew, here already, not the same here')
})

export const bundles = {
  export: command(
    'Write a run, with all that is needed to read and use it elsewhere, or a calibration to one file',
    z.object({
      subject,
      file: z.string().min(1).optional().describe("default: the subject's name in the current folder")
    }),
    z.object({ file: z.string(), bytes: z.int(), sha256: z.string(), parts: z.array(z.string()) })
  ),
  'export.document': query(
    'A run as the bytes of such a file',
    z.object({ run: z.string().min(1) }),
    z.object({ name: z.string(), bytes: z.instanceof(Uint8Array), sha256: z.string() })
  ),
  import: command(
    'Read a run or a calibration from a file that was exported; nothing that is here is overwritten',
    z.object({ file: z.string().min(1) }),
    imported
  ),
  'import.document': command(
    'Read a run from the bytes of such a file',
    z.object({ name: z.string().min(1), base64: z.string() }),
    imported
  )
} as const
