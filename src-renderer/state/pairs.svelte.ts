/** Where two runs read the same test samples: on how many they differ, as far as somebody asked. */
import { SvelteMap } from 'svelte/reactivity'
import type { Pair } from '../../src-main/contract/accuracy-delta'
import type { Client } from '../api/client'

export class Pairs {
  #known = new SvelteMap<string, Pair | null>()

  constructor(private readonly client: Client) {}

  /** null: they cannot be paired, or it was not asked yet */
  of(base: string, run: string): Pair | null {
    return this.#known.get(`${base} ${run}`) ?? null
  }

  /** also again: a run that goes on reads its samples anew. Without an answer the two stay independent. */
  async read(base: string, runs: readonly string[]): Promise<void> {
    const others = runs.filter((run) => run !== base)
    if (others.length === 0) return
    try {
      const { paired } = await this.client.call('runs.paired', { base, runs: others })
      for (const { run, pair } of paired) this.#known.set(`${base} ${run}`, pair)
    } catch {
      for (const run of others) this.#known.delete(`${base} ${run}`)
    }
  }
}
