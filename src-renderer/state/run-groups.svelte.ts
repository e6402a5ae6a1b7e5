/** The runs that the filter keeps, taken together by one thing they have in common: a row a group instead of a row a run. */
import type { Output } from '../../src-main/contract'
import type { Client } from '../api/client'
import { GROUPS_OF_RUNS, type GroupedBy } from '../lib/runs/grouped'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export type RunGroup = Output<'runs.groups'>['groups'][number]

export class RunGroups {
  readonly list = new Resource<{ by: GroupedBy; groups: RunGroup[] }>()
  readonly #kept = $derived.by(() => this.preferences.get('runs.groupBy', 'none'))
  /** null: every run has its row */
  readonly by = $derived<GroupedBy | null>(this.#kept in GROUPS_OF_RUNS ? (this.#kept as GroupedBy) : null)

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  choose(by: string): void {
    this.preferences.set('runs.groupBy', by)
  }

  async read(filter: string): Promise<void> {
    const { by } = this
    if (by === null) return
    await this.list.load(async () => {
      const { groups } = await this.client.call('runs.groups', { filter, by: [by] })
      return { by, groups }
    })
  }
}
