// Where things lie: this checkout, what is built in it, and the cache that all checkouts of a person share.
import os from 'node:os'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '..')
export const OUT = path.join(ROOT, 'out')
/** stamps and local builds; `npm ci` empties it together with node_modules, which is when they go stale */
export const LOCAL_CACHE = path.join(ROOT, 'node_modules/.cache')
export const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'inloop')
