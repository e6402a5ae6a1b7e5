/**
 * By what a record knows the code that made it: the bundles of the two programs that compute, all that they import, and
 * the kernels. Handlers, command line and window compute nothing: a change to them leaves the hash, so that a sweep or an
 * experiment goes on with the runs that are there.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** orders of the day, and the lanes of training and calibration */
const PROGRAMS = ['compute.js', 'lane.js']
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']\.\/([^"']+)["']/g

/** files of a folder that a program reaches by import, itself among them, in a fixed order */
export function reachedFrom(folder: string, programs: readonly string[]): string[] {
  const reached = new Set<string>()
  const open = [...programs]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const text = fs.readFileSync(path.join(folder, name), 'utf8')
    for (const [, other] of text.matchAll(IMPORT)) open.push(other)
  }
  return [...reached].sort()
}

/** @returns the first 16 digits of a SHA-256 */
export function codeHash(folder: string, kernels: string): string {
  const hash = createHash('sha256')
  for (const name of reachedFrom(folder, PROGRAMS)) hash.update(name).update(fs.readFileSync(path.join(folder, name)))
  return hash.update(fs.readFileSync(kernels)).digest('hex').slice(0, 16)
}
