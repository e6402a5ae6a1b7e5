/**
 * What the window looked like when it was last open: its place on the screen, and the theme, so that it never flashes.
 * Kept in a small file beside the browser's own, so that the window need not wait for the workspace; the theme is a copy,
 * its home are the preferences.
 */
import fs from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron'
import type { Service } from '../handlers/service'
import { ask } from './client'

/** the largest surface of src-renderer/styles/tokens.css (--bg-pane), shown until the page is painted */
const BACKGROUND = { light: '#f5f6f7', dark: '#121518' }
const DEFAULT = { width: 1440, height: 900 }

export interface Appearance {
  bounds: Partial<Rectangle> & typeof DEFAULT
  maximized: boolean
  background: string
}

export function restoreAppearance(): Appearance {
  const { bounds, maximized, theme } = readKept()
  applyTheme(theme)
  return {
    bounds: isRectangle(bounds) && isOnScreen(bounds) ? bounds : DEFAULT,
    maximized: maximized === true,
    background: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
  }
}

export function keepAppearance(window: BrowserWindow): void {
  write({ bounds: window.getNormalBounds(), maximized: window.isMaximized(), theme: nativeTheme.themeSource })
}

/** the parts of a window that the system draws follow the choice made in the page */
export function followTheme(service: Service): void {
  const follow = async (): Promise<void> => {
    const { preferences } = await ask(service, 'preferences.get', {})
    const before = nativeTheme.themeSource
    applyTheme(preferences['theme'])
    if (nativeTheme.themeSource !== before) write({ ...readKept(), theme: nativeTheme.themeSource })
  }
  service.subscribe((event, payload) => {
    if (event === 'changed' && (payload as { what: string }).what === 'preferences') void follow()
  })
  void follow()
}

function applyTheme(choice: unknown): void {
  nativeTheme.themeSource = choice === 'light' || choice === 'dark' ? choice : 'system'
}

interface Kept {
  bounds?: unknown
  maximized?: unknown
  theme?: unknown
}

const place = (): string => path.join(app.getPath('userData'), 'appearance.json')

/** a file that cannot be read is as good as none */
function readKept(): Kept {
  try {
    const kept: unknown = JSON.parse(fs.readFileSync(place(), 'utf8'))
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

/** whole or not at all; without it the next window merely has the usual size */
function write(kept: Kept): void {
  const part = `${place()}.part`
  try {
    fs.writeFileSync(part, JSON.stringify(kept))
    fs.renameSync(part, place())
  } catch (error) {
    console.error(error)
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Record<string, unknown>
  return [x, y, width, height].every(Number.isInteger)
}

/** a screen may have been unplugged since: enough of the title must be in reach to drag the window */
function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  const overlap = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  return overlap >= 100 && bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 50
}
