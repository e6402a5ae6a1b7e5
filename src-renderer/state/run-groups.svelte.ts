/** The runs that the filter keeps, taken together by one thing they have in common: a row a group instead of a row a run. */
import type { Output } from '../../src-main/contract'
import type { Client } from '../api/client'
import { GROUP_ORDERS, GROUPS_OF_RUNS, type GroupedBy, type GroupOrder } from '../lib/runs/grouped'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export type RunGroup = Output<'runs.groups'>['groups'][number]

export class RunGroups {
  readonly list = new Resource<{ by: GroupedBy; groups: RunGroup[] }>()
  readonly #kept = $derived.by(() => this.preferences.get('runs.groupBy', 'none'))
  /** null: every run has its row */
  readonly by = $derived<GroupedBy | null>(this.#kept in GROUPS_OF_RUNS ? (this.#kept as GroupedBy) : null)

  readonly #order = $derived.by(() => this.preferences.get('runs.groupOrder', { key: 'value', descending: false }))
  readonly sortKey = $derived<GroupOrder>(GROUP_ORDERS.find((key) => key === this.#order.key) ?? 'value')
  readonly descending = $derived(this.#order.descending)

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  choose(by: string): void {
    this.preferences.set('runs.groupBy', by)
  }

  /** the other way round when it is sorted by this already; figures begin with the largest */
  sort(key: GroupOrder): void {
    const descending = key === this.sortKey ? !this.descending : key !== 'value'
    this.preferences.set('runs.groupOrder', { key, descending })
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
