/** What the window remembers from one start to the next. Kept in the workspace database, one key a topic. */
import { SvelteMap } from 'svelte/reactivity'
import type { Client } from '../api/client'

export class Preferences {
  /** by key, so that who reads one is not told of the others */
  #values = new SvelteMap<string, unknown>()
  #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(private readonly client: Client) {}

  async load(): Promise<void> {
    const { preferences } = await this.client.call('preferences.get', {})
    for (const [key, value] of Object.entries(preferences)) this.#values.set(key, value)
  }

  /** the kept value where it has the shape of the fallback, else the fallback */
  get<T extends string | number | boolean | readonly unknown[] | object>(key: string, fallback: T): T {
    const value = this.#values.get(key)
    if (typeof value !== typeof fallback || value === null || Array.isArray(value) !== Array.isArray(fallback))
      return fallback
    if (typeof fallback === 'object' && !Array.isArray(fallback)) return { ...fallback, ...(value as object) }
    return value as T
  }

  /** kept at once here, written shortly after, so that dragging does not write at every step */
  set(key: string, value: unknown): void {
    if (this.#values.get(key) === value) return
    this.#values.set(key, value)
    clearTimeout(this.#timers.get(key))
    this.#timers.set(
      key,
      setTimeout(() => void this.client.call('preferences.set', { key, value }), 250)
    )
  }
}
