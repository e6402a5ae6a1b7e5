/** Files that a person asked for: written beside and renamed, so that what was there before is never half replaced. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { InloopError } from '../../contract/errors'

/** @throws InloopError that names the file */
export function writeWhole(to: string, text: string | Uint8Array): { file: string; bytes: number; sha256: string } {
  const next = `${to}.${process.pid}.part`
  try {
    fs.writeFileSync(next, text)
    fs.renameSync(next, to)
  } catch (error) {
    remove(next)
    throw new InloopError('bad-input', `file: ${to} cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
  return { file: to, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
}

/** a folder that is a file is another reason why nothing was written: the first one is told */
function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // there is nothing
  }
}
