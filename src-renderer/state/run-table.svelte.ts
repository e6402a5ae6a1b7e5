/** The Runs view: filter, order, selection, and what can be done to a run. */
import type { Client } from '../api/client'
import type { Run, RunDetail } from '../api/types'
import { filterRuns, sortRuns, SORTS, type SortKey } from '../lib/run-filter'
import type { Bench } from './bench.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export class RunTable {
  readonly detail = new Resource<RunDetail>()
  filter = $state('')
  trash = $state(false)
  selected = $state<string | null>(null)

  readonly #order = $derived.by(() => this.preferences.get('runs.order', { key: 'started', descending: true }))
  readonly sortKey = $derived<SortKey>(this.#order.key in SORTS ? (this.#order.key as SortKey) : 'started')
  readonly descending = $derived(this.#order.descending)
  readonly all = $derived.by(() => (this.bench.runs.value ?? []).filter((run) => !run.deleted))
  readonly trashed = $derived.by(() => (this.bench.runs.value ?? []).filter((run) => run.deleted))
  readonly rows = $derived(
    sortRuns(filterRuns(this.trash ? this.trashed : this.all, this.filter), this.sortKey, this.descending)
  )
  readonly run = $derived<Run | null>(this.rows.find((run) => run.id === this.selected) ?? null)

  constructor(
    private readonly client: Client,
    private readonly bench: Bench,
    private readonly preferences: Preferences
  ) {}

  /** a run or an evaluation that ended brings new numbers for the run that is looked at */
  follow(): () => void {
    const ends = [
      this.client.on('run', (run) => {
        if (run.id === this.selected) void this.select(run.id)
      }),
      this.client.on('job', (job) => {
        if (job.kind === 'evaluate' && job.status === 'done' && this.selected) void this.select(this.selected)
      })
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  sort(key: SortKey): void {
    const descending =
      key === this.sortKey ? !this.descending : key === 'started' || key === 'accuracy' || key === 'star'
    this.preferences.set('runs.order', { key, descending })
  }

  async select(id: string | null): Promise<void> {
    this.selected = id
    if (!id) {
      this.detail.clear()
      return
    }
    await this.detail.load(async () => (await this.client.call('runs.show', { run: id })).run)
  }

  /** by rows; stays inside the list */
  async move(by: number): Promise<void> {
    const at = this.rows.findIndex((run) => run.id === this.selected)
    const to = Math.min(this.rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))
    if (this.rows[to]) await this.select(this.rows[to].id)
  }

  async star(run: Run): Promise<void> {
    this.#put((await this.client.call('runs.star', { run: run.id, star: !run.star })).run)
  }

  async rename(run: Run, name: string): Promise<void> {
    this.#put((await this.client.call('runs.rename', { run: run.id, name })).run)
  }

  async note(run: Run, note: string): Promise<void> {
    this.#put((await this.client.call('runs.note', { run: run.id, note })).run)
  }

  async tag(run: Run, tags: string[]): Promise<void> {
    this.#put((await this.client.call('runs.tag', { run: run.id, tags })).run)
  }

  async setDeleted(run: Run, deleted: boolean): Promise<void> {
    const at = this.rows.findIndex((other) => other.id === run.id)
    this.#put((await this.client.call(deleted ? 'runs.delete' : 'runs.restore', { run: run.id })).run)
    // the selection moves on to the row that took the place of the one that left
    const next = this.rows[Math.min(at, this.rows.length - 1)]
    if (run.id === this.selected) await this.select(next?.id ?? null)
  }

  async evaluate(run: Run, chip: string, calibration: string): Promise<void> {
    await this.client.call('evaluate', { run: run.id, chip, calibration })
  }

  async resume(run: Run): Promise<void> {
    await this.client.call('resume', { job: run.job })
  }

  #put(run: Run): void {
    this.bench.putRun(run)
    if (this.detail.value?.id === run.id) this.detail.value = { ...this.detail.value, ...run }
  }
}
