/**
 * Which compiled SQLite to load. better-sqlite3 ships a binary for Node-API 10; older hosts (Node 20, Electron below 35)
 * need the one that the build compiles (build/native.mjs), and must not load the shipped one: it crashes there.
 */
import fs from 'node:fs'
import path from 'node:path'
import { StoreError } from './errors'

const NAME = 'better_sqlite3-napi9.node'

/** @returns the path to hand to better-sqlite3, or undefined where its own binary is right */
export function sqliteBinding(): string | undefined {
  if (Number(process.versions['napi']) >= 10) return undefined
  const file = places().find((place) => fs.existsSync(place))
  if (file) return file
  throw new StoreError(
    'internal',
    `SQLite is not compiled for this runtime (Node-API ${process.versions['napi']}); run \`npm start\` or \`node build/native.mjs\` once`
  )
}

/** a packaged app's resources first, then the cache of the checkout that this file lies in, however it was bundled */
function places(): string[] {
  const resources = (process as { resourcesPath?: string }).resourcesPath
  const list = resources ? [path.join(resources, 'native', NAME)] : []
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    list.push(path.join(folder, 'node_modules/.cache/native', NAME))
    if (folder === path.dirname(folder)) return list
  }
}
