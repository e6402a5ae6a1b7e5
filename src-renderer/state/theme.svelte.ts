/** Light or dark, and how dense: what a person chose, and what the system says. */
import type { Preferences } from './preferences.svelte'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'roomy'

export class Theme {
  #system = $state(false)
  readonly choice = $derived.by<ThemeChoice>(() =>
    oneOf(this.preferences.get('theme', 'system'), ['system', 'light', 'dark'])
  )
  readonly density = $derived.by<Density>(() => oneOf(this.preferences.get('density', 'compact'), ['compact', 'roomy']))
  readonly dark = $derived.by(() => (this.choice === 'system' ? this.#system : this.choice === 'dark'))

  constructor(private readonly preferences: Preferences) {
    const query = matchMedia('(prefers-color-scheme: dark)')
    this.#system = query.matches
    query.addEventListener('change', () => (this.#system = query.matches))
  }

  choose(choice: ThemeChoice): void {
    this.preferences.set('theme', choice)
  }

  toggle(): void {
    this.choose(this.dark ? 'light' : 'dark')
  }

  setDensity(density: Density): void {
    this.preferences.set('density', density)
  }

  /** writes the choice to the document, where tokens.css reads it */
  apply(root: HTMLElement): void {
    root.dataset.theme = this.dark ? 'dark' : 'light'
    root.dataset.density = this.density
  }
}

function oneOf<T extends string>(value: string, allowed: readonly [T, ...T[]]): T {
  return allowed.find((choice) => choice === value) ?? allowed[0]
}
