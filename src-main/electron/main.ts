/** Entry of the main process: one instance a workspace, one service, one window. */
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, dialog, session, shell as desktop } from 'electron'
import { rememberWorkspace } from '../handlers/workspace/known'
import { openService, type Service } from '../handlers/service'
import type { Shell } from '../handlers/shell'
import { currentWorkspace, knownWorkspaces } from '../handlers/workspace/path'
import { followTheme, restoreAppearance } from './appearance'
import { ask } from './client'
import { launchCompute, launchReader } from './compute'
import { answerWindow, tellWindow } from './ipc'
import { askBeforeLeaving } from './leave'
import { installMenu } from './menu'
import { notifyOfEnds } from './notify'
import { registerScheme, serveOrigin } from './origin'
import { CLI, KERNELS, resources } from './places'
import { denyNavigation, denyPermissions } from './security'
import { openSwitchable, type Switchable } from './switchable'
import { Tray } from './tray'
import { createWindow } from './window'

const CLI_ARGUMENT = '--cli'
const PATIENCE_MS = 15_000

/** `inloop --cli …` of an installed app: the command line instead of a window */
async function runCommandLine(): Promise<void> {
  const from = process.argv.indexOf(CLI_ARGUMENT)
  process.argv = [process.argv[0], CLI, ...process.argv.slice(from + 1)]
  await import(pathToFileURL(CLI).href)
  app.exit(Number(process.exitCode ?? 0))
}

async function openBench(): Promise<void> {
  const workspace = currentWorkspace()
  // The browser's own files go with a workspace that was asked for; so does the lock that keeps a second instance out.
  if (process.env['INLOOP_WORKSPACE']) app.setPath('userData', path.join(workspace, 'window'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  denyNavigation()
  await app.whenReady()
  denyPermissions(session.defaultSession)
  serveOrigin(session.defaultSession)
  installMenu()

  const service: Switchable = await openSwitchable(workspace, (folder) =>
    openService({
      workspace: folder,
      launchCompute,
      launchReader,
      kernels: KERNELS,
      resources: resources(),
      version: app.getVersion(),
      runtime: `Electron ${process.versions.electron}`,
      // a long run does not keep a short one waiting; a command does one thing
      slots: 2,
      // the window stays open over night; a command does not
      scheduled: true,
      shell: shellOf(() => service)
    })
  )
  answerWindow(service)
  followTheme(service)
  const window = createWindow(await restoreAppearance(service))
  tellWindow(service, window)
  const tray = new Tray(window, service)
  notifyOfEnds(service, window, tray)
  askBeforeLeaving(service, window, tray)
  quitWith(service, window, tray)
}

function shellOf(service: () => Switchable): Shell {
  return {
    choose: async (title, kind) => {
      const properties = kind === 'folder' ? (['openDirectory', 'createDirectory'] as const) : (['openFile'] as const)
      const [window] = BrowserWindow.getAllWindows()
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: [...properties] })
      return canceled ? null : filePaths[0]
    },
    reveal: (file) => desktop.showItemInFolder(file),
    openWorkspace: async (folder) => {
      const { workspace } = await ask(service(), 'app.info', {})
      await service().switchTo(folder)
      // so that there is a way back
      for (const place of [workspace, folder]) rememberWorkspace(knownWorkspaces(), place)
      // the page holds nothing that main does not know: it begins anew on the other workspace
      for (const window of BrowserWindow.getAllWindows()) window.reload()
    }
  }
}

function quitWith(service: Service, window: BrowserWindow, tray: Tray): void {
  let closing: Promise<unknown> | undefined
  const quit = (): void => {
    // What does not stop in time is cut off; the next start finds it, marks it interrupted and offers to resume it.
    closing ??= Promise.race([service.close(), setTimeout(PATIENCE_MS)]).finally(() => app.exit(0))
  }
  window.on('closed', quit)
  // Ctrl-C in the terminal that started the window does not ask: running work is kept and can be resumed all the same.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, quit)
  app.on('second-instance', () => {
    if (!window.isDestroyed()) tray.showWindow()
  })
}

function giveUp(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error)
  dialog.showErrorBox('Inloop cannot open its workspace', message)
  app.exit(1)
}

if (process.argv.includes(CLI_ARGUMENT)) void runCommandLine()
// Electron would quit by itself when the last window closes, before the service has kept what is running.
else openBench().catch(giveUp)
app.on('window-all-closed', () => {})
