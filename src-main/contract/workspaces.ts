import { z } from 'zod'
import { command, query } from './define'

/** what can be thrown away; each says what is lost */
const PRUNABLE = ['trash', 'cache', 'backups', 'unfinished', 'space'] as const

const size = z.object({
  total: z.number().describe('bytes of the whole folder'),
  database: z.number(),
  parts: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      count: z.int().nullable(),
      prune: z.enum(PRUNABLE).nullable().describe('what `workspace prune` would have to be told'),
      help: z.string()
    })
  )
})

const known = z.object({ path: z.string(), present: z.boolean(), current: z.boolean() })

export const workspaces = {
  'workspace.list': query(
    'Workspaces that were open before, newest first',
    z.object({}),
    z.object({ workspaces: z.array(known) })
  ),
  'workspace.size': query('How large the workspace is, part by part', z.object({}), z.object({ size })),
  'workspace.prune': command(
    'Throw away what is named, for good',
    z.object({
      what: z
        .array(z.enum(PRUNABLE))
        .min(1)
        .describe(
          'trash: runs in the trash; cache: prepared data sets; backups: copies from before a migration; unfinished: what calibrations that never ended had done; space: give free pages back'
        )
    }),
    z.object({ freed: z.number().describe('bytes'), size })
  ),
  'workspace.open': command(
    'Make another workspace the current one; a folder that is empty becomes one',
    z.object({ path: z.string().min(1).optional().describe('default: a person chooses') }),
    z.object({ opened: z.string().nullable() })
  ),
  'app.choose': command(
    'Have a person choose a file or folder of this machine',
    z.object({ title: z.string().max(80), kind: z.enum(['file', 'folder']) }),
    z.object({ path: z.string().nullable() })
  ),
  'app.place': command(
    'Have a person say where a new file goes',
    z.object({ title: z.string().max(80), name: z.string().max(120).describe('it is offered') }),
    z.object({ path: z.string().nullable() })
  ),
  'app.reveal': command(
    "Show the workspace's folder in the system's file manager",
    z.object({}),
    z.object({ path: z.string() })
  )
} as const
