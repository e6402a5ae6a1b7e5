/**
 * What happened in a workspace, line by line: starts, how jobs went, faults of the program. It is read when somebody looks
 * into a fault, and holds no data.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Events } from '../../contract/events'

const LOG = 'inloop.log'
const OLDER = 'inloop.log.old'
/** oldest first */
export const LOGS = [OLDER, LOG] as const
const MOST_BYTES = 1_000_000

export interface Log {
  write(line: string): void
  /** for the service's events: each state of a job once */
  hear(event: string, payload: unknown): void
}

/** @param readOnly nothing is written then */
export function openLog(workspace: string, readOnly: boolean): Log {
  const file = path.join(workspace, LOG)
  const states = new Map<string, string>()
  const attempt = (work: () => void): void => {
    if (readOnly) return
    try {
      work()
    } catch {
      // a full disk must not stop the work that is told of
    }
  }
  const write = (line: string): void =>
    attempt(() => fs.appendFileSync(file, `${new Date().toISOString()} ${process.pid} ${line}\n`))
  attempt(() => {
    if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
      fs.renameSync(file, path.join(workspace, OLDER))
  })
  return {
    write,
    hear: (event, payload) => {
      if (event !== 'job') return
      const { id, kind, status, error } = payload as Events['job']
      if (states.get(id) === status) return
      states.set(id, status)
      write(`${id} ${kind} ${status}${error === null ? '' : `: ${error}`}`)
    }
  }
}
