/** Where the parts of the application lie. Everything is bundled to out/main, so this file's folder is that one. */
import path from 'node:path'
import { app } from 'electron'

const beside = (...parts: string[]): string => path.join(import.meta.dirname, ...parts)

export const PRELOAD = beside('../preload/preload.cjs')
export const RENDERER = beside('../renderer')
export const KERNELS = beside('../kernels.wasm')
export const COMPUTE = beside('compute.js')
export const READER = beside('reader.js')
export const CLI = beside('cli.js')

export const resources = (): string => (app.isPackaged ? process.resourcesPath : beside('../../resources'))

/** the development server, which reloads the window's sources as they change; never in a packaged app */
export const developmentServer = (): string | undefined =>
  app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
