/** Views that are fetched when they are first opened. The first screen (FirstChip) is not among them. */
import { Part } from '../lib/part.svelte'
import type { ChipPageName, View } from '../state/router.svelte'

export const CHIP_LIST = new Part(() => import('./ChipList.svelte'))

/** of one chip */
export const PAGES = {
  map: new Part(() => import('./ChipView.svelte')),
  parts: new Part(() => import('./PartsView.svelte')),
  versions: new Part(() => import('./VersionsView.svelte')),
  layout: new Part(() => import('./LayoutView.svelte')),
  scope: new Part(() => import('./ScopeView.svelte')),
  crossbar: new Part(() => import('./CrossbarView.svelte')),
  synapses: new Part(() => import('./SynapseView.svelte'))
} satisfies Record<ChipPageName, unknown>

export const VIEWS = {
  calibrate: new Part(() => import('./CalibrateView.svelte')),
  train: new Part(() => import('./TrainView.svelte')),
  runs: new Part(() => import('./RunsView.svelte')),
  compare: new Part(() => import('./CompareView.svelte')),
  data: new Part(() => import('./DataView.svelte')),
  sql: new Part(() => import('./SqlView.svelte')),
  help: new Part(() => import('./HelpView.svelte')),
  keys: new Part(() => import('./KeysView.svelte')),
  settings: new Part(() => import('./SettingsView.svelte'))
} satisfies Record<Exclude<View, 'chips'>, unknown>
