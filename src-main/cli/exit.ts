/** Exit statuses, and the file that an internal error leaves for whoever looks into it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { InloopError } from '../contract/errors'

export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 3, internal: 4 } as const

export function statusOf({ code }: Pick<InloopError, 'code'>): number {
  if (code === 'internal') return EXIT.internal
  return code === 'interrupted' ? EXIT.interrupted : EXIT.badInput
}

/** versions, command and stack; no data. @returns its path */
export function writeDiagnostics(workspace: string, about: { [key: string]: string }, stack: string): string {
  const name = `diagnostics-${new Date().toISOString().replace(/[:.]/g, '-')}.txt`
  const lines = Object.entries({
    ...about,
    node: process.version,
    system: `${os.platform()} ${os.release()} ${os.arch()}`
  })
  const text = [...lines.map(([key, value]) => `${key}: ${value}`), '', stack, ''].join('\n')
  for (const folder of [workspace, os.tmpdir()]) {
    try {
      const file = path.join(folder, name)
      fs.writeFileSync(file, text)
      return file
    } catch {
      // the next place may be writable
    }
  }
  return '(nowhere: no folder could be written)'
}
