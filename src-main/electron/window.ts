/** The one window of the bench. */
import { BrowserWindow } from 'electron'
import type { Appearance } from './appearance'
import { startPage } from './origin'
import { webPreferences } from './security'

export function createWindow({ bounds, maximized, background }: Appearance): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: background,
    autoHideMenuBar: true,
    webPreferences: webPreferences()
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  // The page holds nothing that main does not know: after a crash it is simply shown again, and jobs go on meanwhile.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.reload()
  })
  void window.loadURL(startPage())
  return window
}
