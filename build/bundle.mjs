// Bundles main, compute, preload and window to out/ with electron-vite, unless what is there is up to date.
import fs from 'node:fs'
import path from 'node:path'
import { buildKernels } from './kernels.mjs'
import { LOCAL_CACHE, OUT, ROOT } from './paths.mjs'
import { run, say, SetupError } from './shell.mjs'
import { fingerprint, isCurrent, writeWhole } from './stamp.mjs'

const STAMP = path.join(OUT, 'bundle.stamp')
export const ELECTRON_VITE = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')

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
  const log = path.join(LOCAL_CACHE, 'bundle.log')
  fs.mkdirSync(LOCAL_CACHE, { recursive: true })
  const sink = fs.openSync(log, 'w')
  const status = await run(process.execPath, [ELECTRON_VITE, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', sink, sink]
  })
  fs.closeSync(sink)
  if (status !== 0) throw new SetupError(`The build failed (${status}):\n${fs.readFileSync(log, 'utf8')}`)
  writeWhole(STAMP, stamp)
}
