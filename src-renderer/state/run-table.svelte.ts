/** The Runs view: columns, selection, and what can be done to a run. The list itself is in run-pages.svelte.ts. */
import { untrack } from 'svelte'
import type { RunStyle } from '../../src-main/contract/run-style'
import type { Client } from '../api/client'
import type { Run, RunDetail } from '../api/types'
import { RUN_COLUMNS } from '../lib/runs/columns'
import { base64Of, saveFile } from '../lib/text/save'
import type { Bench } from './bench.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'
import { RunCurves } from './run-curves.svelte'
import { RunGroups } from './run-groups.svelte'
import { RunPages } from './run-pages.svelte'
import { Undo } from './undo.svelte'
import type { Input } from '../../src-main/contract'

type Bulk = Input<'runs.bulk'>
/** what takes each back */
const OPPOSITE = {
  star: 'unstar',
  unstar: 'star',
  tag: 'untag',
  untag: 'tag',
  trash: 'restore',
  restore: 'trash'
} as const

export class RunTable {
  readonly pages: RunPages
  readonly groups: RunGroups
  readonly curves: RunCurves
  readonly detail = new Resource<RunDetail>()

  readonly #shown = $derived.by(() =>
    this.preferences.get<readonly string[]>(
      'runs.columns',
      RUN_COLUMNS.filter((column) => column.usual).map((column) => column.key)
    )
  )
  readonly selected = $derived.by(() => this.preferences.get('runs.selected', '') || null)
  readonly columns = $derived(RUN_COLUMNS.filter((column) => this.#shown.includes(column.key)))
  /** of the workspace: what others are read against */
  readonly reference = $derived.by<Run | null>(() => this.bench.run(this.preferences.get('golden', '')))
  /** the run that is looked at, also while its row is on a page that is not here */
  readonly run = $derived.by<Run | null>(() => this.pages.held(this.selected) ?? this.#elsewhere)
  readonly #elsewhere = $derived.by<Run | null>(() => {
    const { value } = this.detail
    return this.pages.total > 0 && value?.id === this.selected && value.deleted === this.pages.trash ? value : null
  })
  /** the run to look at instead, in the row that was its: that which was is not in the list any more; null: it is */
  readonly next = $derived.by<string | null>(() => {
    const { pages } = this
    if (this.detail.loading || pages.held(this.selected) || (pages.keeps && this.#elsewhere)) return null
    return pages.row(pages.place)?.id ?? null
  })

  constructor(
    private readonly client: Client,
    private readonly bench: Bench,
    private readonly preferences: Preferences,
    private readonly undo = new Undo()
  ) {
    this.pages = new RunPages(client, preferences)
    this.groups = new RunGroups(client, preferences)
    this.curves = new RunCurves(client)
  }

  /** reads the reference, wherever in the list it is */
  async readReference(): Promise<void> {
    const id = this.preferences.get('golden', '')
    if (id !== '') await untrack(() => this.bench.meet([id]))
  }

  /** a run or an evaluation that ended brings new numbers for the run that is looked at */
  follow(): () => void {
    const ends = [
      this.client.on('run', (run) => {
        this.pages.replace(run)
        if (run.id === this.selected) void this.#read(run.id)
      }),
      this.client.on('job', (job) => {
        if ((job.kind === 'evaluate' || job.kind === 'reproduce') && job.status === 'done' && this.selected)
          void this.#read(this.selected)
      }),
      this.client.on('changed', ({ what }) => {
        if (what === 'runs') void this.pages.reload({ same: true })
      })
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  async showTrash(on: boolean): Promise<void> {
    await this.pages.showTrash(on)
    await this.select(this.pages.row(0)?.id ?? null)
  }

  toggleColumn(key: string): void {
    const shown = this.#shown.includes(key) ? this.#shown.filter((other) => other !== key) : [...this.#shown, key]
    this.preferences.set('runs.columns', shown)
  }

  async select(id: string | null): Promise<void> {
    this.preferences.set('runs.selected', id ?? '')
    if (!id) {
      this.detail.clear()
      return
    }
    await this.#read(id)
  }

  /** the run that was looked at when the window was closed */
  async again(): Promise<void> {
    if (this.selected && this.detail.value?.id !== this.selected) await this.#read(this.selected)
  }

  /** by rows; stays inside the list */
  async move(by: number): Promise<void> {
    const { pages } = this
    const at = pages.indexOf(this.selected)
    // from above the first row where its own is not known: down is the first, End the last
    const to = Math.min(pages.total - 1, Math.max(0, at + by))
    await pages.pageOf(to)
    const run = pages.row(to)
    if (run) await this.select(run.id)
  }

  async star(run: Run): Promise<void> {
    const set = async (star: boolean): Promise<void> =>
      this.#put((await this.client.call('runs.star', { run: run.id, star })).run)
    await this.#edit(`star of ${run.id}`, set, run.star, !run.star)
  }

  async rename(run: Run, name: string): Promise<void> {
    const set = async (to: string): Promise<void> =>
      this.#put((await this.client.call('runs.rename', { run: run.id, name: to })).run)
    await this.#edit(`name of ${run.id}`, set, run.name, name)
  }

  async note(run: Run, note: string): Promise<void> {
    const set = async (to: string): Promise<void> =>
      this.#put((await this.client.call('runs.note', { run: run.id, note: to })).run)
    await this.#edit(`note on ${run.id}`, set, run.note, note)
  }

  async tag(run: Run, tags: string[]): Promise<void> {
    const set = async (to: string[]): Promise<void> =>
      this.#put((await this.client.call('runs.tag', { run: run.id, tags: to })).run)
    await this.#edit(`tags of ${run.id}`, set, run.tags, tags)
  }

  async draw(run: Run, style: RunStyle): Promise<void> {
    const set = async ({ colour, line }: RunStyle): Promise<void> =>
      this.#put((await this.client.call('runs.colour', { run: run.id, colour, line })).run)
    await this.#edit(`colour of ${run.id}`, set, { colour: run.colour, line: run.line }, style)
  }

  /** @returns how many runs are otherwise than before */
  async bulk(input: Bulk): Promise<number> {
    const { runs } = await this.client.call('runs.bulk', input)
    await this.pages.reload()
    const { action, tag } = input
    const on = { runs, ...(tag === undefined ? {} : { tag }) }
    const set = async (what: Bulk['action']): Promise<void> => {
      await this.client.call('runs.bulk', { ...on, action: what })
      await this.pages.reload()
    }
    if (runs.length > 0)
      this.undo.push(
        `${action} of ${runs.length} runs`,
        () => set(OPPOSITE[action]),
        () => set(action)
      )
    return runs.length
  }

  /** all that the filter keeps, for a file */
  async everyRun(): Promise<Run[]> {
    const { filter, trash: deleted } = this.pages
    return (await this.client.call('runs.list', { filter, deleted, limit: 10_000 })).runs
  }

  async setDeleted(run: Run, deleted: boolean): Promise<void> {
    const { pages } = this
    await this.client.call(deleted ? 'runs.delete' : 'runs.restore', { run: run.id })
    await pages.reload()
    if (this.next) await this.select(this.next)
    else if (pages.total === 0) await this.select(null)
  }

  async evaluate(input: Input<'evaluate'>): Promise<void> {
    await this.client.call('evaluate', input)
  }

  async reproduce(run: Run): Promise<void> {
    await this.client.call('reproduce', { run: run.id })
  }

  /** one file with all of it */
  async saveBundle(run: Run): Promise<void> {
    const { name, bytes } = await this.client.call('export.document', { run: run.id })
    saveFile(name, new Blob([bytes], { type: 'application/zip' }))
  }

  /** @returns what it became, and what a person should know of it */
  async readBundle(file: File): Promise<{ run: string; notes: string[] }> {
    const input = { name: file.name, base64: await base64Of(file) }
    const { run, notes } = await this.client.call('import.document', input)
    if (!run) throw new Error(`${file.name} holds no run`)
    await this.lookAt(run.id)
    return { run: run.id, notes }
  }

  /** also a run that is not among the pages that are here: then the list is narrowed to it */
  async lookAt(id: string): Promise<void> {
    const { pages } = this
    if (pages.trash) await pages.showTrash(false)
    // an event may have it read at the same time: then the other answer is the one that counts
    const find = async (): Promise<void> => {
      for (let tries = 0; tries < 3 && !pages.held(id); tries++) await pages.reload()
    }
    await find()
    if (!pages.held(id)) {
      this.preferences.set('runs.filter', `id=${id}`)
      await find()
    }
    await this.select(id)
  }

  async #edit<T>(label: string, set: (value: T) => Promise<void>, from: T, to: T): Promise<void> {
    await set(to)
    this.undo.push(
      label,
      () => set(from),
      () => set(to)
    )
  }

  async #read(id: string): Promise<void> {
    await this.detail.load(async () => (await this.client.call('runs.show', { run: id })).run)
  }

  #put(run: Run): void {
    this.bench.putRun(run)
    this.pages.replace(run)
    if (this.detail.value?.id === run.id) this.detail.value = { ...this.detail.value, ...run }
  }
}
