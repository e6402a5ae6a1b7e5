/** What the window remembers from one start to the next. Kept in the workspace database, one key a topic. */
import { SvelteMap } from 'svelte/reactivity'
import type { PreferenceKey } from '../../src-main/contract/preferences'
import type { Client } from '../api/client'
import { beforeLeaving } from '../lib/leaving'

const REST_MS = 250

export class Preferences {
  /** by key, so that who reads one is not told of the others */
  #values = new SvelteMap<PreferenceKey, unknown>()
  /** what was set here and is not written yet */
  #timers = new Map<PreferenceKey, ReturnType<typeof setTimeout>>()

  /**
   * @param refused what could not be kept is said to the person
   * @param changed hears of what is set here
   */
  constructor(
    private readonly client: Client,
    private readonly refused: (error: unknown) => void = () => undefined,
    private readonly changed: (key: PreferenceKey, value: unknown) => void = () => undefined
  ) {
    beforeLeaving(() => {
      for (const key of this.#timers.keys()) void this.#write(key)
    })
  }

  /** also when another process, or main itself, has changed one */
  readonly load = async (): Promise<void> => {
    const { preferences } = await this.client.call('preferences.get', {})
    for (const key of this.#values.keys()) if (!(key in preferences) && !this.#timers.has(key)) this.#values.delete(key)
    for (const [key, value] of Object.entries(preferences) as [PreferenceKey, unknown][]) {
      if (this.#timers.has(key)) continue
      if (JSON.stringify(value) !== JSON.stringify(this.#values.get(key))) this.#values.set(key, value)
    }
  }

  follow(): () => void {
    return this.client.on('changed', ({ what }) => {
      if (what === 'preferences') this.load().catch(this.refused)
    })
  }

  /** the kept value where it has the shape of the fallback, else the fallback */
  get<T extends string | number | boolean | readonly unknown[] | object>(key: PreferenceKey, fallback: T): T {
    const value = this.#values.get(key)
    if (typeof value !== typeof fallback || value === null || Array.isArray(value) !== Array.isArray(fallback))
      return fallback
    if (typeof fallback === 'object' && !Array.isArray(fallback)) return { ...fallback, ...(value as object) }
    return value as T
  }

  /** kept at once here, written shortly after, so that dragging does not write at every step */
  set(key: PreferenceKey, value: unknown): void {
    if (this.#values.get(key) === value) return
    this.#values.set(key, value)
    this.changed(key, value)
    clearTimeout(this.#timers.get(key))
    this.#timers.set(
      key,
      setTimeout(() => void this.#write(key), REST_MS)
    )
  }

  async #write(key: PreferenceKey): Promise<void> {
    clearTimeout(this.#timers.get(key))
    const value = this.#values.get(key)
    try {
      await this.client.call('preferences.set', { key, value })
    } catch (error) {
      this.refused(error)
    }
    // set anew meanwhile: its own timer follows
    if (this.#values.get(key) === value) this.#timers.delete(key)
  }
}
