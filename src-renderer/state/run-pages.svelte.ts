/**
 * The list of runs as far as it was looked at: main filters and sorts, and only pages that were scrolled to are held
 * here, so that ten thousand runs cost no more than forty.
 */
import { isBadInput, messageOf, type Client } from '../api/client'
import type { Run } from '../api/types'
import type { Output } from '../../src-main/contract'
import { hasTerm, toggleTerm, withTerm } from '../lib/runs/filter-text'
import type { SortKey } from '../lib/runs/columns'
import type { Preferences } from './preferences.svelte'

export type Facet = Output<'runs.facets'>['facets'][number]
const PAGE = 100
/** runs that the command line lists unless it is told otherwise, and at most */
const USUAL_LIMIT = 500
const MOST_LISTED = 10_000
/** what is half typed is often no filter yet: said when a person stops typing */
const PAUSE_MS = 300

interface Reading {
  /** rows moved little, if at all: the pages that are here stay */
  same?: boolean
  /** the run that is looked at is in the list, wherever its row is */
  keeps?: boolean
  /** ms until a refusal is shown */
  patience?: number
}

export class RunPages {
  trash = $state(false)
  /** runs the filter keeps */
  total = $state(0)
  /** runs of the list, and of the trash, without a filter */
  all = $state(0)
  trashed = $state(0)
  facets = $state.raw<Facet[]>([])
  /** why the filter cannot be understood */
  error = $state<string | null>(null)
  /** why the list could not be read, whatever the filter */
  unread = $state<string | null>(null)
  ready = $state(false)
  /** how often what is in the list became otherwise: who reads more of the same runs reads again */
  revision = $state(0)
  /** the run that is looked at has no row here, and stays all the same: the list is only in another order */
  keeps = $state(true)
  /** the row that it had when it left the list; 0 in another list */
  place = 0
  #pages = $state.raw<ReadonlyMap<number, Run[]>>(new Map())
  #onTheirWay = new Set<number>()
  #generation = 0
  /** what the list was asked for */
  #listed = ''
  #narrowings = 0
  #following = false
  #typed = false

  readonly filter = $derived.by(() => this.preferences.get('runs.filter', ''))
  readonly #selected = $derived.by(() => this.preferences.get('runs.selected', ''))
  readonly #order = $derived.by(() => this.preferences.get('runs.order', { key: 'started', descending: true }))
  readonly sortKey = $derived(this.#order.key as SortKey)
  readonly descending = $derived(this.#order.descending)
  /** how the list is asked for beside its filter, where that is not as usual */
  readonly shown = $derived.by(() => ({
    ...(this.sortKey === 'started' ? {} : { sort: this.sortKey }),
    ...(this.descending ? {} : { descending: false }),
    ...(this.trash ? { deleted: true } : {}),
    ...(this.total > USUAL_LIMIT ? { limit: Math.min(this.total, MOST_LISTED) } : {})
  }))

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  /** the run in a row of the list; null while its page is on its way */
  row(at: number): Run | null {
    return this.#pages.get(Math.floor(at / PAGE))?.[at % PAGE] ?? null
  }

  /** reads the pages of these rows that are not here yet */
  need(first: number, end: number): void {
    const last = Math.min(end, this.total) - 1
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++)
      if (!this.#onTheirWay.has(page)) void this.page(page)
  }

  /**
   * Reads the list anew; what is shown stays until the answer is there, and what it can be narrowed to follows after it.
   */
  async reload(how: Reading = {}): Promise<void> {
    if (await this.#firstPage(how)) void this.#narrowing()
  }

  /** @returns whether what it read is the newest there is */
  async #firstPage({ same = false, keeps = false, patience = 0 }: Reading): Promise<boolean> {
    const mine = ++this.#generation
    const mark = JSON.stringify(this.#asked())
    try {
      const list = await this.client.call('runs.list', { ...this.#asked(), ...this.#sorting(), offset: 0, limit: PAGE })
      if (mine !== this.#generation) return false
      const before = this.#listed === mark ? this.indexOf(this.#selected) : 0
      this.#onTheirWay = new Set([0])
      this.#pages = new Map([...(same ? this.#pages : []), [0, list.runs]])
      this.#listed = mark
      const there = this.indexOf(this.#selected) >= 0
      this.keeps = !there && (keeps || (same && this.keeps))
      this.total = list.total
      if (!there && before >= 0) this.place = Math.min(before, Math.max(0, list.total - 1))
      this.all = list.listed
      this.trashed = list.trashed
      this.error = this.unread = null
      this.revision++
      this.ready = true
      if (!there && !this.keeps) await this.pageOf(this.place)
      return true
    } catch (error) {
      const say = (): void => {
        if (mine !== this.#generation) return
        if (isBadInput(error)) this.error = messageOf(error)
        else this.unread = messageOf(error)
      }
      if (patience > 0) setTimeout(say, patience)
      else say()
    }
    this.ready = true
    return false
  }

  async #narrowing(): Promise<void> {
    const mine = ++this.#narrowings
    try {
      const { facets } = await this.client.call('runs.facets', this.#asked())
      if (mine === this.#narrowings) this.facets = facets
    } catch (error) {
      if (mine === this.#narrowings) this.error = messageOf(error)
    }
  }

  setFilter(text: string): void {
    this.preferences.set('runs.filter', text)
    this.#typed = true
    void this.#follow()
  }

  /** at once, and when the answer is there for what was typed meanwhile: as fast as main answers, never faster */
  async #follow(): Promise<void> {
    if (this.#following) return
    this.#following = true
    while (this.#typed) {
      this.#typed = false
      await this.reload({ patience: PAUSE_MS })
    }
    this.#following = false
  }

  async showTrash(on: boolean): Promise<void> {
    this.trash = on
    await this.reload()
  }

  has(field: string, value: string): boolean {
    return hasTerm(this.filter, field, value)
  }

  async toggle(field: string, value: string): Promise<void> {
    this.preferences.set('runs.filter', toggleTerm(this.filter, field, value))
    await this.reload()
  }

  /** only runs that also have this */
  async narrow(field: string, value: string): Promise<void> {
    this.preferences.set('runs.filter', withTerm(this.filter, field, value))
    await this.reload()
  }

  async sort(key: SortKey): Promise<void> {
    const falling = key === 'started' || key === 'accuracy' || key === 'star' || key === 'rate'
    const descending = key === this.sortKey ? !this.descending : falling
    this.preferences.set('runs.order', { key, descending })
    // the same runs: nothing else to narrow them to
    await this.#firstPage({ keeps: true })
  }

  /** the row of a run among the pages that are here, −1 if it is in none */
  indexOf(id: string | null): number {
    for (const [page, runs] of this.#pages) {
      const at = runs.findIndex((run) => run.id === id)
      if (at >= 0) return page * PAGE + at
    }
    return -1
  }

  held(id: string | null): Run | undefined {
    for (const runs of this.#pages.values()) {
      const run = runs.find((other) => other.id === id)
      if (run) return run
    }
    return undefined
  }

  /** reads a page unless it is here or on its way */
  async page(page: number): Promise<void> {
    if (this.#onTheirWay.has(page)) return
    this.#onTheirWay.add(page)
    const mine = this.#generation
    const place = { offset: page * PAGE, limit: PAGE }
    try {
      const { runs } = await this.client.call('runs.list', { ...this.#asked(), ...this.#sorting(), ...place })
      if (mine === this.#generation) this.#pages = new Map([...this.#pages, [page, runs]])
    } catch (error) {
      this.#onTheirWay.delete(page)
      this.error = messageOf(error)
    }
  }

  async pageOf(at: number): Promise<void> {
    await this.page(Math.floor(at / PAGE))
  }

  replace(run: Run): void {
    const at = this.indexOf(run.id)
    if (at < 0) return
    const page = Math.floor(at / PAGE)
    const runs = this.#pages.get(page) ?? []
    if (runs[at % PAGE]?.status !== run.status) {
      this.revision++
      void this.#narrowing()
    }
    this.#pages = new Map([...this.#pages, [page, runs.with(at % PAGE, run)]])
  }

  #asked(): { filter: string; deleted: boolean } {
    return { filter: this.filter, deleted: this.trash }
  }

  #sorting(): { sort: SortKey; descending: boolean } {
    return { sort: this.sortKey, descending: this.descending }
  }
}
