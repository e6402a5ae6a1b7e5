/**
 * Where a workspace lies when nobody says: Electron's userData folder of the product "Inloop", so that the window and
 * the command line find the same database without asking each other.
 */
import os from 'node:os'
import path from 'node:path'

const PRODUCT = 'Inloop'

export function defaultWorkspace(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home = os.homedir()
): string {
  if (env['INLOOP_WORKSPACE']) return path.resolve(env['INLOOP_WORKSPACE'])
  return path.join(userData(env, platform, home), 'workspace')
}

/** app.getPath('userData') as Electron defines it for each platform */
function userData(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library/Application Support', PRODUCT)
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData/Roaming'), PRODUCT)
  return path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), PRODUCT)
}
