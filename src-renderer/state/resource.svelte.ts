/** Something read from main: its newest value, whether it is on its way, and what went wrong. */
import { messageOf } from '../api/client'

export class Resource<T> {
  value = $state.raw<T | null>(null)
  error = $state<string | null>(null)
  loading = $state(false)
  #newest = 0

  /** a later call wins over an earlier one, whichever answers last; the old value stays until then */
  async load(read: () => Promise<T>): Promise<T | null> {
    const mine = ++this.#newest
    this.loading = true
    try {
      const value = await read()
      if (mine !== this.#newest) return null
      this.value = value
      this.error = null
      return value
    } catch (error) {
      if (mine === this.#newest) this.error = messageOf(error)
      return null
    } finally {
      if (mine === this.#newest) this.loading = false
    }
  }

  clear(): void {
    this.#newest++
    this.value = null
    this.error = null
    this.loading = false
  }
}
