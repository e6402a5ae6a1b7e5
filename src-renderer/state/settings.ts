/** Every choice of the settings page, once: the page shows them, the palette reaches each of their values by name. */
import { TIME_BASES } from '../lib/text/time-base.svelte'
import type { Preferences } from './preferences.svelte'
import type { Density, Theme, ThemeChoice } from './theme.svelte'

interface Setting {
  id: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string
  choose: (value: string) => void
  /** under it, where the choice needs a word */
  note?: string
}

export function settingsOf(theme: Theme, preferences: Preferences): Setting[] {
  return [
    {
      id: 'theme',
      label: 'Theme',
      options: [
        { value: 'system', label: 'System' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' }
      ],
      value: theme.choice,
      choose: (value) => theme.choose(value as ThemeChoice)
    },
    {
      id: 'density',
      label: 'Density',
      options: [
        { value: 'compact', label: 'Compact' },
        { value: 'roomy', label: 'Roomy' }
      ],
      value: theme.density,
      choose: (value) => theme.setDensity(value as Density)
    },
    {
      id: 'time',
      label: 'Time base',
      options: TIME_BASES,
      value: preferences.get('time', 'hardware'),
      choose: (value) => preferences.set('time', value),
      note: 'HICANN-X runs 1000 times faster than biology: 1 µs is 1 ms. What is typed, files and the command line stay in hardware time.'
    },
    {
      id: 'closing',
      label: 'Closing, while jobs run',
      options: [
        { value: 'ask', label: 'Ask' },
        { value: 'keep', label: 'Keep running' },
        { value: 'stop', label: 'Stop' }
      ],
      value: preferences.get('closing', 'ask'),
      choose: (value) => preferences.set('closing', value)
    },
    {
      id: 'notify',
      label: 'Word when a job ends',
      options: [
        { value: 'on', label: 'On' },
        { value: 'off', label: 'Off' }
      ],
      value: preferences.get('notify', true) ? 'on' : 'off',
      choose: (value) => preferences.set('notify', value === 'on')
    }
  ]
}

/** the parts of the settings page, as the palette and the page name them */
export const SETTINGS_PARTS = {
  appearance: 'Appearance, time base, closing, words',
  protocols: 'Protocols',
  workspace: 'Workspace',
  size: 'Size and pruning',
  doctor: 'Doctor',
  diagnostics: 'Diagnostics',
  versions: 'Versions',
  paths: 'Paths'
} as const
export type SettingsPart = keyof typeof SETTINGS_PARTS
