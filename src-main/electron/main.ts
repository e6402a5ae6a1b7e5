/**
 * Entry of the main process: one instance a workspace, one window, one service. The window comes first; the workspace is
 * opened while its page loads, which is why nothing here imports the service but by `import()`.
 */
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, dialog, session, shell as desktop } from 'electron'
import { rememberWorkspace } from '../handlers/workspace/known'
import type { Service } from '../handlers/service'
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
const PAGE_PATIENCE_MS = 1000
/** for a page that is asked, while its window closes, to keep what was typed */
const LAST_WORDS_MS = 3000

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
  const pageServed = new Promise<void>((served) => {
    serveOrigin(session.defaultSession, served)
    // a page that comes from elsewhere (live reload), or not at all, must not keep the workspace closed
    void setTimeout(PAGE_PATIENCE_MS).then(served)
  })
  installMenu()

  const window = createWindow(restoreAppearance())
  const opening = pageServed.then(() => openWorkspace(workspace))
  answerWindow(opening, async () => Object.keys((await import('../contract')).contract))
  quitWith(opening, window)
  const service = await opening
  followTheme(service)
  tellWindow(service, window)
  const tray = new Tray(window, service)
  notifyOfEnds(service, window, tray)
  askBeforeLeaving(service, window, tray)
  app.on('second-instance', () => {
    if (!window.isDestroyed()) tray.showWindow()
  })
}

async function openWorkspace(workspace: string): Promise<Switchable> {
  const { openService } = await import('../handlers/service')
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
  return service
}

function shellOf(service: () => Switchable): Shell {
  return {
    choose: async (title, kind) => {
      const properties = kind === 'folder' ? (['openDirectory', 'createDirectory'] as const) : (['openFile'] as const)
      const [window] = BrowserWindow.getAllWindows()
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: [...properties] })
      return canceled ? null : filePaths[0]
    },
    place: async (title, name) => {
      const [window] = BrowserWindow.getAllWindows()
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title,
        defaultPath: name,
        properties: ['createDirectory']
      })
      return canceled ? null : filePath
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

function quitWith(opening: Promise<Service>, window: BrowserWindow): void {
  let closing: Promise<unknown> | undefined
  const quit = (): void => {
    // What does not stop in time is cut off; the next start finds it, marks it interrupted and offers to resume it.
    const closed = opening.then((service) => service.close())
    closing ??= Promise.race([closed, setTimeout(PATIENCE_MS)]).finally(() => app.exit(0))
  }
  window.on('closed', quit)
  // one that does not answer, or is only being loaded, holds no window open
  window.on('close', (event) => {
    void setTimeout(LAST_WORDS_MS).then(() => {
      if (!event.defaultPrevented && !window.isDestroyed()) window.destroy()
    })
  })
  // Ctrl-C in the terminal that started the window does not ask: running work is kept and can be resumed all the same.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, quit)
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
