/**
 * Where a workspace lies when nobody says: Electron's userData folder of the product "Inloop", so that the window and
 * the command line find the same database without asking each other.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readKnown } from './known'

const PRODUCT = 'Inloop'

export function defaultWorkspace(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home = os.homedir()
): string {
  if (env['INLOOP_WORKSPACE']) return path.resolve(env['INLOOP_WORKSPACE'])
  return path.join(userData(env, platform, home), 'workspace')
}

/** where the list of workspaces lies: beside the default one, or in the one that was named */
export function knownWorkspaces(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['INLOOP_WORKSPACE']
  return path.join(named ? path.resolve(named) : userData(env, process.platform, os.homedir()), 'workspaces.json')
}

/** the workspace that was open last, if it is still there; one that is named always wins */
export function currentWorkspace(): string {
  const { current } = readKnown(knownWorkspaces())
  if (process.env['INLOOP_WORKSPACE'] || current === null) return defaultWorkspace()
  return fs.existsSync(path.join(current, 'inloop.db')) ? current : defaultWorkspace()
}

/** app.getPath('userData') as Electron defines it for each platform */
function userData(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library/Application Support', PRODUCT)
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData/Roaming'), PRODUCT)
  return path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), PRODUCT)
}
