/** Runs side by side: which, their histories, and the settings in which they differ. */
import type { Client } from '../api/client'
import type { RunDetail } from '../api/types'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export class Comparison {
  readonly details = new Resource<RunDetail[]>()
  readonly #kept = $derived.by(() =>
    this.preferences.get('compare', { runs: [] as readonly string[], onlyDifferences: true })
  )
  readonly ids = $derived(this.#kept.runs)
  readonly onlyDifferences = $derived(this.#kept.onlyDifferences)

  /** every setting, with one value a run; `differs` where they are not all the same */
  readonly settings = $derived.by(() => {
    const runs = this.details.value ?? []
    const keys = [...new Set(runs.flatMap((run) => Object.keys(run.config)))].sort()
    return keys.map((key) => {
      const values = runs.map((run) => run.config[key] ?? null)
      return { key, values, differs: values.some((value) => value !== values[0]) }
    })
  })

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  has(id: string): boolean {
    return this.ids.includes(id)
  }

  toggle(id: string): void {
    this.#keep({ runs: this.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id] })
  }

  clear(): void {
    this.#keep({ runs: [] })
  }

  toggleDifferences(): void {
    this.#keep({ onlyDifferences: !this.onlyDifferences })
  }

  async read(): Promise<void> {
    const ids = this.ids
    await this.details.load(async () => {
      // a run that is gone is left out, the others are still worth comparing
      const replies = await Promise.allSettled(ids.map((run) => this.client.call('runs.show', { run })))
      return replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value.run] : []))
    })
  }

  #keep(change: Record<string, unknown>): void {
    this.preferences.set('compare', { ...this.#kept, ...change })
  }
}
