// SQLite for hosts with Node-API 9 (Node 20, the registry's Electron 33). better-sqlite3 ships binaries for Node-API 10,
// which crash there, so for such hosts it is compiled once: a C and C++20 compiler, no Python, no Node headers.
//
// Why these flags: the module needs references to primitive values, which such hosts grant only to modules that declare
// the experimental Node-API; and those must defer their finalizers themselves (node_api_post_finalizer), or they die in
// the first garbage collection inside Electron (better-sqlite3 issue 1514).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { CACHE, LOCAL_CACHE } from './paths.mjs'
import { run, say, script, SetupError } from './shell.mjs'
import { isCurrent, writeWhole } from './stamp.mjs'
import { ensureCompiler } from './system-packages.mjs'

const require = createRequire(import.meta.url)
/** the store looks for it here (src-main/store/native.ts) */
export const BINDING = path.join(LOCAL_CACHE, 'native/better_sqlite3-napi9.node')
const STAMP = `${BINDING}.key`
const SHIM = path.join(import.meta.dirname, 'napi9.h')
const SELFTEST = path.join(import.meta.dirname, 'native-selftest.cjs')

const COMMON = ['-c', '-O2', '-fPIC', '-w', '-fvisibility=hidden', '-DNDEBUG']
const FLAGS = {
  sqlite: [...COMMON, '-std=gnu99'],
  binding: [
    ...[...COMMON, '-std=c++20', '-fno-rtti', '-fno-exceptions', '-DNAPI_VERSION=2147483647'],
    ...['-DNODE_API_EXPERIMENTAL_HAS_POST_FINALIZER', '-DNAPI_DISABLE_CPP_EXCEPTIONS'],
    ...[
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DNODE_GYP_MODULE_NAME=better_sqlite3',
      '-DBUILDING_NODE_EXTENSION'
    ]
  ],
  link: ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl', '-lm']
}

const hostNeedsIt = (versions) => Number(versions.napi) < 10

/** names the build by all that goes into it; cheap enough to ask at every start */
function buildKey() {
  const hash = createHash('sha256')
  for (const name of ['better-sqlite3', 'node-api-headers'])
    hash.update(`${name} ${require(`${name}/package.json`).version}\n`)
  hash.update(fs.readFileSync(SHIM)).update(JSON.stringify(FLAGS))
  return hash.digest('hex').slice(0, 12)
}

export function nativeCurrent() {
  return !hostNeedsIt(process.versions) || (fs.existsSync(BINDING) && isCurrent(STAMP, buildKey()))
}

async function compile(target) {
  ensureCompiler()
  const library = path.dirname(require.resolve('better-sqlite3/package.json'))
  const sqlite = path.join(library, 'deps/sqlite3')
  const gyp = fs.readFileSync(path.join(library, 'deps/defines.gypi'), 'utf8')
  const defines = [...gyp.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',/gm)].map(([, define]) => `-D${define}`)
  const addonApi = path.dirname(require.resolve('node-addon-api/package.json', { paths: [library] }))
  const include = [require('node-api-headers').include_dir, addonApi, sqlite].flatMap((folder) => ['-I', folder])
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-native-'))
  const at = (name) => path.join(work, name)
  const step = async (compiler, args) => {
    const status = await run(compiler, args)
    if (status !== 0) throw new SetupError(`SQLite does not compile here: ${compiler} failed (${status})`)
  }
  try {
    const [from, wrapper] = [path.join(sqlite, 'sqlite3.c'), path.join(library, 'src/better_sqlite3.cpp')]
    await Promise.all([
      step('cc', [...FLAGS.sqlite, ...defines, ...include, from, '-o', at('sqlite3.o')]),
      step('c++', [...FLAGS.binding, '-include', SHIM, ...include, wrapper, '-o', at('binding.o')])
    ])
    await step('c++', ['-o', at('built.node'), at('binding.o'), at('sqlite3.o'), ...FLAGS.link])
    selfTest(process.execPath, at('built.node'))
    writeWhole(target, fs.readFileSync(at('built.node')))
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

function selfTest(host, binding) {
  const library = path.dirname(require.resolve('better-sqlite3/package.json'))
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const result = spawnSync(host, ['--expose-gc', SELFTEST, library, binding], { encoding: 'utf8', env })
  if (result.stdout.trim() === 'passed') return
  const why = result.stderr.trim().split('\n')[0] || `ended with ${result.signal ?? result.status}`
  throw new SetupError(`The compiled SQLite fails its self-test in ${host}: ${why}`)
}

/**
 * Makes better-sqlite3 loadable in this Node and, when given, in this Electron.
 * @param {{ executable: string, versions: Record<string, string> }} [electron]
 */
export async function ensureNative(electron) {
  const hosts = [process, ...(electron ? [electron] : [])].filter((host) => hostNeedsIt(host.versions))
  if (hosts.length === 0) return
  if (process.platform !== 'linux') {
    throw new SetupError('On this system SQLite needs Node 22.14 or newer and Electron 35 or newer')
  }
  const key = buildKey()
  if (!fs.existsSync(BINDING) || !isCurrent(STAMP, key)) {
    const cached = path.join(CACHE, `better-sqlite3-napi9-${process.platform}-${process.arch}-${key}.node`)
    if (!fs.existsSync(cached)) {
      say('compiling SQLite for this version of Node (once, about half a minute) …')
      await compile(cached)
    }
    writeWhole(BINDING, fs.readFileSync(cached))
    writeWhole(STAMP, key)
  }
  if (!electron || !hosts.includes(electron)) return
  const tested = `${STAMP}.electron`
  const subject = `${key} ${electron.executable} ${electron.versions.electron}`
  if (isCurrent(tested, subject)) return
  selfTest(electron.executable, BINDING)
  writeWhole(tested, subject)
}

if (process.argv[1] === import.meta.filename) {
  await script(async () => {
    await ensureNative()
    return 0
  })
}
