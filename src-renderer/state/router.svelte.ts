/** Which view is open. The window has no addresses: a place is kept as a preference and found again after a restart. */
import type { Preferences } from './preferences.svelte'

export const VIEWS = [
  'chips',
  'calibrate',
  'train',
  'runs',
  'compare',
  'data',
  'sql',
  'help',
  'keys',
  'settings'
] as const
export type View = (typeof VIEWS)[number]

export const VIEW_NAMES: Record<View, string> = {
  chips: 'Chips',
  calibrate: 'Calibrate',
  train: 'Train',
  runs: 'Runs',
  compare: 'Compare',
  data: 'Data',
  sql: 'SQL',
  help: 'Help',
  keys: 'Keys',
  settings: 'Settings'
}

/** pages of one chip, under Chips */
export const CHIP_PAGES = ['map', 'parts', 'versions', 'layout', 'scope', 'crossbar', 'synapses'] as const
export type ChipPageName = (typeof CHIP_PAGES)[number]

export const CHIP_PAGE_NAMES: Record<ChipPageName, string> = {
  map: 'Map',
  parts: 'Parts',
  versions: 'Versions',
  layout: 'Layout',
  scope: 'Scope',
  crossbar: 'Crossbar',
  synapses: 'Synapses'
}

export class Router {
  view = $state<View>('chips')
  /** the chip whose page is open under Chips; null shows the list */
  chip = $state<string | null>(null)
  /** which page of that chip */
  page = $state<ChipPageName>('map')

  constructor(private readonly preferences: Preferences) {}

  restore(): void {
    const kept = this.preferences.get('place', { view: 'chips', chip: '', page: 'map' })
    this.view = VIEWS.find((view) => view === kept.view) ?? 'chips'
    this.chip = kept.chip === '' ? null : kept.chip
    this.page = CHIP_PAGES.find((page) => page === kept.page) ?? 'map'
  }

  go(view: View): void {
    // a second press on Chips leads from the page of a chip back to the list
    if (view === 'chips' && this.view === 'chips') this.chip = null
    this.view = view
    this.#keep()
  }

  openChip(id: string | null): void {
    this.view = 'chips'
    this.chip = id
    this.#keep()
  }

  openPage(page: ChipPageName): void {
    this.page = page
    this.#keep()
  }

  #keep(): void {
    this.preferences.set('place', { view: this.view, chip: this.chip ?? '', page: this.page })
  }
}
