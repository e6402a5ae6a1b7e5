// Is something that was made from files still up to date? A stamp beside the product holds a fingerprint of what it
// was made from. Names, sizes and times are enough: a stamp never leaves the checkout.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

function* files(at) {
  const entry = fs.statSync(at, { throwIfNoEntry: false })
  if (!entry) return
  if (!entry.isDirectory()) yield [at, entry]
  else for (const name of fs.readdirSync(at).sort()) yield* files(path.join(at, name))
}

/** @param {string[]} paths files and folders that the product depends on */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const at of paths) {
    for (const [file, { size, mtimeMs }] of files(at)) hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

export function isCurrent(stamp, value) {
  try {
    return fs.readFileSync(stamp, 'utf8') === value
  } catch {
    return false
  }
}

/** writes a file in one step, so that another process never sees half of it */
export function writeWhole(file, data) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const part = `${file}.${process.pid}`
  fs.writeFileSync(part, data)
  fs.renameSync(part, file)
}
