/** What the window looked like when it was last open: its place on the screen, and the theme, so that it never flashes. */
import { type BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron'
import type { Service } from '../handlers/service'
import { ask } from './client'

/** the largest surface of src-renderer/styles/tokens.css (--bg-pane), shown until the page is painted */
const BACKGROUND = { light: '#f5f6f7', dark: '#121518' }
const DEFAULT = { width: 1440, height: 900 }
const KEY = 'window'

export interface Appearance {
  bounds: Partial<Rectangle> & typeof DEFAULT
  maximized: boolean
  background: string
}

export async function restoreAppearance(service: Service): Promise<Appearance> {
  const { preferences } = await ask(service, 'preferences.get', {})
  applyTheme(preferences['theme'])
  const kept = isKept(preferences[KEY]) ? preferences[KEY] : { maximized: false }
  return {
    bounds: kept.bounds && isOnScreen(kept.bounds) ? kept.bounds : DEFAULT,
    maximized: kept.maximized,
    background: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
  }
}

export async function keepAppearance(service: Service, window: BrowserWindow): Promise<void> {
  const value = { bounds: window.getNormalBounds(), maximized: window.isMaximized() } satisfies Kept
  await ask(service, 'preferences.set', { key: KEY, value })
}

/** the parts of a window that the system draws follow the choice made in the page */
export function followTheme(service: Service): void {
  service.subscribe((event, payload) => {
    if (event !== 'changed' || (payload as { what: string }).what !== 'preferences') return
    void ask(service, 'preferences.get', {}).then(({ preferences }) => applyTheme(preferences['theme']))
  })
}

function applyTheme(choice: unknown): void {
  nativeTheme.themeSource = choice === 'light' || choice === 'dark' ? choice : 'system'
}

interface Kept {
  bounds?: Rectangle
  maximized: boolean
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && typeof (value as Kept).maximized === 'boolean'
}

/** a screen may have been unplugged since: enough of the title must be in reach to drag the window */
function isOnScreen(bounds: Rectangle): boolean {
  if (![bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isInteger)) return false
  const { workArea } = screen.getDisplayMatching(bounds)
  const overlap = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  return overlap >= 100 && bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 50
}
