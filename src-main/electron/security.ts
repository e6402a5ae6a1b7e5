/** What a window may do: show our own page, and ask main through the preload's bridge. Nothing else. */
import { app, type Session, type WebPreferences } from 'electron'
import { isOwnPage } from './origin'
import { PRELOAD } from './places'

export function webPreferences(): WebPreferences {
  return {
    preload: PRELOAD,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false
  }
}

export function denyPermissions(session: Session): void {
  // Copying is the one thing a page may do beyond its own rectangle ("Copy as CLI").
  const allowed = (permission: string): boolean => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(allowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission))
}

/** no contents, however they came to be, go elsewhere, open a window, or embed another page */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-frame-navigate', (details) => {
      if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault()
    })
    contents.on('will-redirect', (details) => details.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
