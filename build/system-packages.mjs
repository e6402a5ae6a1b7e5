// Libraries and tools that come from the operating system. On Debian and Ubuntu, root gets them installed (and is
// told); everybody else gets the one command that does it. INLOOP_NO_APT=1: never install, only say.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { say, SetupError } from './shell.mjs'

/** what an Electron window needs; everything else arrives as a dependency of these */
export const WINDOW = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']
/** a display in memory, for the tests of the window */
const HEADLESS = ['xvfb', 'xauth']
const COMPILER = ['g++']

/** renamed when time_t grew to 64 bit: Debian 13, Ubuntu 24.04 */
const T64 = new Set(['libgtk-3-0', 'libasound2'])

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => folder && fs.existsSync(path.join(folder, program)))
}

/** shared libraries that the loader does not find */
export function missingLibraries(executable) {
  if (process.platform !== 'linux') return []
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name)
}

/** @param {string} release the text of os-release */
export function packageNames(names, release) {
  const field = (key) => release.match(new RegExp(`^${key}="?([^"\n]*)"?$`, 'm'))?.[1] ?? ''
  const version = Number.parseFloat(field('VERSION_ID'))
  const since = { debian: 13, ubuntu: 24.04 }[field('ID')] ?? Infinity
  return version >= since ? names.map((name) => (T64.has(name) ? `${name}t64` : name)) : names
}

const installLine = (names) => `apt-get install -y --no-install-recommends ${names.join(' ')}`

/**
 * @param {string} what what is missing, for the person: "libnss3.so, which the window needs"
 * @param {string[]} packages their Debian names
 */
export function installPackages(what, packages) {
  const hasApt = onPath('apt-get')
  const names = packageNames(packages, hasApt ? fs.readFileSync('/etc/os-release', 'utf8') : '')
  if (!hasApt) throw new SetupError(`Missing: ${what}. On Debian the packages are: ${names.join(' ')}`)
  if (process.getuid() !== 0 || process.env.INLOOP_NO_APT) {
    const sudo = process.getuid() === 0 ? '' : 'sudo '
    throw new SetupError(`Missing: ${what}. This installs it:\n  ${sudo}apt-get update && ${sudo}${installLine(names)}`)
  }
  say(`missing: ${what}; installing with "${installLine(names)}" (INLOOP_NO_APT=1 turns this off) …`)
  // The package lists of a bare container are empty or old; when they cannot be renewed, they may still be usable.
  aptGet(['update', '-q'])
  const { status, stderr } = aptGet([...installLine(names).split(' ').slice(1), '-q'])
  if (status !== 0) throw new SetupError(`This failed:\n  ${installLine(names)}\n${stderr.trim()}`)
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, encoding: 'utf8', maxBuffer: 1 << 26 })
}

export function ensureCompiler() {
  const works = (program) => {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  if (!works('cc') || !works('c++')) {
    installPackages('a C++ compiler, which builds SQLite for this version of Node', COMPILER)
  }
}

export function ensureVirtualDisplay() {
  if (!onPath('xvfb-run') || !onPath('xauth')) {
    installPackages('xvfb-run, which gives the tests of the window a display', HEADLESS)
  }
}
