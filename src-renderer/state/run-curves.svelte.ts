/** How the runs in sight went, for the lines in their rows: asked for those that came in sight or have gone on since. */
import { untrack } from 'svelte'
import type { Client } from '../api/client'
import type { Run } from '../api/types'

export interface SparkCurve {
  epoch: readonly number[]
  testAccuracy: readonly number[]
}

/** what is not in sight any more is forgotten beyond this many */
const MOST = 1000
const AT_ONCE = 200

export class RunCurves {
  #kept = $state.raw<ReadonlyMap<string, SparkCurve>>(new Map())
  /** epochs that a run had when it was asked for */
  readonly #asked = new Map<string, number>()

  constructor(private readonly client: Client) {}

  of(run: string): SparkCurve | null {
    return this.#kept.get(run) ?? null
  }

  async need(runs: readonly Run[]): Promise<void> {
    const wanted = runs.filter(({ id, epochsDone }) => epochsDone > 0 && this.#asked.get(id) !== epochsDone)
    if (wanted.length === 0) return
    for (const { id, epochsDone } of wanted) this.#asked.set(id, epochsDone)
    try {
      for (let first = 0; first < wanted.length; first += AT_ONCE) {
        const asked = wanted.slice(first, first + AT_ONCE).map(({ id }) => id)
        const { curves } = await this.client.call('runs.curves', { runs: asked })
        untrack(() => this.#keep(curves))
      }
    } catch {
      // the row has its number; it is asked again when it comes in sight
      for (const { id } of wanted) this.#asked.delete(id)
    }
  }

  #keep(curves: readonly (SparkCurve & { run: string })[]): void {
    const kept = this.#kept.size > MOST ? [] : [...this.#kept]
    if (kept.length === 0) for (const id of this.#kept.keys()) this.#asked.delete(id)
    this.#kept = new Map([...kept, ...curves.map(({ run, ...curve }) => [run, curve] as const)])
  }
}
