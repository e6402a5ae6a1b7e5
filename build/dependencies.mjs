// node_modules as the lock file says. Runs before any dependency exists, so it uses Node's own modules only.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { LOCAL_CACHE, ROOT } from './paths.mjs'
import { run, say, SetupError } from './shell.mjs'
import { isCurrent, writeWhole } from './stamp.mjs'

const STAMP = path.join(LOCAL_CACHE, 'dependencies')

/** npm notes in node_modules what it installed; whoever used `npm install` needs no second installation */
function matchesLock(lock) {
  try {
    const installed = JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules/.package-lock.json'), 'utf8')).packages
    return Object.entries(JSON.parse(lock).packages).every(
      ([name, wanted]) =>
        name === '' || (installed[name] ? installed[name].version === wanted.version : wanted.optional)
    )
  } catch {
    return false
  }
}

function lockHash() {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex')
}

export function dependenciesCurrent() {
  return isCurrent(STAMP, lockHash())
}

export async function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Inloop needs Node 20.19 or newer; this is ${process.versions.node}`)
  }
  if (dependenciesCurrent()) return
  const before = lockHash()
  if (!matchesLock(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))) {
    say('installing the dependencies that package-lock.json names …')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    // No dependency's install script is needed (what they would do is done here, where it can be checked).
    const status = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      shell: process.platform === 'win32'
    })
    if (status !== 0) throw new SetupError(`npm ci failed (${status}): can this machine reach its package registry?`)
  }
  writeWhole(STAMP, before)
}
