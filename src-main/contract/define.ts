/**
 * The one list of what a client can ask for. Preload, the renderer's client, the handler table and the command line
 * are all derived from it; an endpoint without a handler, or a handler with another shape, does not compile.
 */
import type { z } from 'zod'

/**
 * - `query` reads and returns at once; `command` changes data and returns at once;
 * - `job` is queued: a window gets `{ job }` back and follows events, the command line waits for the output.
 */
export type Kind = 'query' | 'command' | 'job'

export interface Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, K extends Kind = Kind> {
  kind: K
  /** one line, shown in help, palette and schema */
  summary: string
  input: I
  output: O
}

export function query<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O
): Endpoint<I, O, 'query'> {
  return { kind: 'query', summary, input, output }
}

export function command<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O
): Endpoint<I, O, 'command'> {
  return { kind: 'command', summary, input, output }
}

export function job<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O
): Endpoint<I, O, 'job'> {
  return { kind: 'job', summary, input, output }
}
