// Finds an Electron for this machine: the one that the environment names, else the declared one (node_modules/electron,
// downloaded by its own installer), else the registry's (registry-runtime.mjs).
// INLOOP_RUNTIME=official | registry insists on one of the last two.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mjs'
import { cachedRegistryRuntime, ensureRegistryRuntime } from './registry-runtime.mjs'
import { run, say, SetupError } from './shell.mjs'
import { installPackages, missingLibraries, WINDOW } from './system-packages.mjs'

const REACH_SECONDS = 8
const DECLARED = path.join(ROOT, 'node_modules/electron')

function declaredExecutable() {
  try {
    const executable = path.join(DECLARED, 'dist', fs.readFileSync(path.join(DECLARED, 'path.txt'), 'utf8'))
    return fs.existsSync(executable) ? executable : null
  } catch {
    return null
  }
}

async function canDownload() {
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true
  // A machine whose network swallows packets must not wait for a connection's own time limit.
  const signal = AbortSignal.timeout(REACH_SECONDS * 1000)
  return fetch('https://github.com', { method: 'HEAD', signal }).then(
    () => true,
    () => false
  )
}

async function ensureDeclared() {
  const wish = process.env.INLOOP_RUNTIME
  if (wish === 'registry') return null
  const ready = declaredExecutable()
  if (ready) return ready
  // Once a machine has needed the registry's runtime, do not ask again at every start.
  if (wish !== 'official' && cachedRegistryRuntime()) return null
  if (!(await canDownload())) {
    say('the declared Electron cannot be downloaded from here (GitHub is out of reach)')
    return null
  }
  say('downloading the declared Electron with its own installer …')
  const status = await run(process.execPath, [path.join(DECLARED, 'install.js')])
  if (status !== 0) say(`Electron's installer failed (${status})`)
  return declaredExecutable()
}

function ask(executable) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const answer = spawnSync(executable, ['-p', 'JSON.stringify(process.versions)'], { encoding: 'utf8', env })
  if (answer.status === 0) return JSON.parse(answer.stdout)
  throw new SetupError(`${executable} does not start: ${(answer.stderr || answer.error?.message || '').trim()}`)
}

const summary = ([first, ...others]) => (others.length > 0 ? `${first} and ${others.length} more libraries` : first)

/** starts the executable once; where it lacks system libraries, they are installed (or the command is named) */
function versionsOf(executable) {
  const missing = missingLibraries(executable)
  if (missing.length > 0) installPackages(`${summary(missing)}, which the window needs`, WINDOW)
  return ask(executable)
}

/**
 * @returns {Promise<{ executable: string, kind: 'given' | 'declared' | 'registry', versions: Record<string, string>,
 *   env: Record<string, string> }>} env: what a program needs in its environment to start this Electron
 */
export async function ensureRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const given = process.env.ELECTRON_EXEC_PATH || (folder && path.join(folder, 'electron'))
  const declared = given ? null : await ensureDeclared()
  const registry =
    given || declared || process.env.INLOOP_RUNTIME === 'official' ? null : await ensureRegistryRuntime(versionsOf)
  const executable = given || declared || registry
  if (!executable) {
    throw new SetupError(
      'No Electron for this machine: set ELECTRON_MIRROR to where it can be downloaded, or ELECTRON_EXEC_PATH to one you have'
    )
  }
  const versions = versionsOf(executable)
  const env = {
    ELECTRON_EXEC_PATH: executable, // electron-vite reads this one
    ELECTRON_OVERRIDE_DIST_PATH: path.dirname(executable), // and the electron package this one
    ELECTRON_MAJOR_VER: versions.electron.split('.')[0]
  }
  // Chromium refuses to run its sandbox as root. The restrictions on renderers' APIs stay in force either way.
  if (process.platform === 'linux' && process.getuid() === 0)
    Object.assign(env, { ELECTRON_DISABLE_SANDBOX: '1', NO_SANDBOX: '1' })
  return { executable, kind: given ? 'given' : declared ? 'declared' : 'registry', versions, env }
}

/** said whenever a window is opened with it */
export function announce({ kind, versions }) {
  if (kind !== 'registry') return
  say(`using Electron ${versions.electron} from the package registry, a fallback for development and tests`)
  say('  (the declared Electron could not be downloaded; INLOOP_RUNTIME=official tries again)')
}
