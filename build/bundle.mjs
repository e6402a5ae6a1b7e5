// Bundles main, compute, preload and window to out/ with electron-vite, unless what is there is up to date.
import fs from 'node:fs'
import path from 'node:path'
import { buildKernels } from './kernels.mjs'
import { OUT, ROOT } from './paths.mjs'
import { run, say, SetupError } from './shell.mjs'
import { fingerprint, isCurrent, writeWhole } from './stamp.mjs'

const STAMP = path.join(OUT, 'bundle.stamp')
export const ELECTRON_VITE = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')

const PARTS = ['main', 'preload', 'renderer']
const SOURCES = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const sources = () => fingerprint(SOURCES.map((name) => path.join(ROOT, name)))

export function bundleCurrent() {
  return fs.existsSync(path.join(OUT, 'main/cli.js')) && isCurrent(STAMP, sources())
}

/** @param {{ force?: boolean }} [options] */
export async function ensureBundle({ force = false } = {}) {
  await buildKernels()
  const stamp = sources()
  if (!force && bundleCurrent()) return
  say('building …')
  const next = path.join(OUT, `next-${process.pid}`)
  fs.mkdirSync(next, { recursive: true })
  try {
    await build(next)
    for (const part of PARTS) replace(path.join(OUT, part), path.join(next, part))
  } finally {
    fs.rmSync(next, { recursive: true, force: true })
  }
  writeWhole(STAMP, stamp)
}

async function build(folder) {
  const log = path.join(folder, 'log')
  const sink = fs.openSync(log, 'w')
  const status = await run(process.execPath, [ELECTRON_VITE, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    env: { ...process.env, INLOOP_OUT: folder },
    stdio: ['ignore', sink, sink]
  })
  fs.closeSync(sink)
  if (status !== 0) throw new SetupError(`The build failed (${status}):\n${fs.readFileSync(log, 'utf8')}`)
}

/** what runs from the folder meanwhile finds a whole bundle at any moment but this one */
function replace(folder, next) {
  const old = path.join(path.dirname(next), 'old')
  if (fs.existsSync(folder)) fs.renameSync(folder, old)
  fs.renameSync(next, folder)
  fs.rmSync(old, { recursive: true, force: true })
}
