import { z } from 'zod'
import { query } from './define'

const cell = z.union([z.string(), z.number(), z.null()])

export const sql = {
  sql: query(
    'Ask the database in SQL; nothing can be changed',
    z.object({
      query: z.string().min(1).max(20_000).describe('one statement that reads, over the views (see `sql views`)'),
      limit: z.int().min(1).max(100_000).default(1000).describe('most rows'),
      seconds: z.number().min(0.1).max(600).default(10).describe('after which the question is given up'),
      csv: z.string().min(1).optional().describe('write the rows to this file as CSV')
    }),
    z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(cell)),
      truncated: z.boolean().describe('there would have been more rows'),
      stopped: z.boolean().describe('by who asked: the rows are those that were there'),
      ms: z.number(),
      csv: z.object({ file: z.string(), bytes: z.int(), sha256: z.string() }).optional()
    })
  ),
  'sql.stop': query(
    'Stop the questions in SQL that this process was asked; each answers with the rows that are there',
    z.object({}),
    z.object({ stopped: z.int().describe('questions') })
  ),
  'sql.views': query(
    'The views that can be asked in SQL, with their columns',
    z.object({}),
    z.object({ views: z.array(z.object({ name: z.string(), help: z.string(), columns: z.array(z.string()) })) })
  )
} as const
