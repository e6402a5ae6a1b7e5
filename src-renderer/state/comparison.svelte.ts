/** Runs side by side: which, their histories, and the settings in which they differ. */
import type { Client } from '../api/client'
import type { RunDetail } from '../api/types'
import { type Column, columnsOf, settingRows, TOLERANCE } from '../lib/runs/compared'
import { type Confusion, summed } from '../lib/runs/confusion'
import { groupRuns, GROUPINGS, type Grouping } from '../lib/runs/groups'
import { labelsOf } from '../lib/runs/labels'
import { Pairs } from './pairs.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

/** runs that are read: that many groups of as many as the list puts in at once */
const MOST_READ = 200

/** until curves and table are drawn, about */
const DRAWN_MS = 80

export class Comparison {
  /** lines that an eye tells apart, columns that a table has room for */
  readonly most = 10
  readonly details = new Resource<RunDetail[]>()
  readonly #kept = $derived.by(() =>
    this.preferences.get('compare', {
      runs: [] as readonly string[],
      onlyDifferences: true,
      by: 'run' as string,
      picture: 'curves',
      against: '',
      /** accuracies that differ by less are taken for equal, points of a per cent */
      tolerance: TOLERANCE
    })
  )
  readonly ids = $derived([...new Set(this.#kept.runs)])
  readonly onlyDifferences = $derived(this.#kept.onlyDifferences)

  readonly by = $derived<Grouping>(this.#kept.by in GROUPINGS ? (this.#kept.by as Grouping) : 'run')
  readonly picture = $derived(this.#kept.picture === 'confusion' ? 'confusion' : 'curves')
  readonly tolerance = $derived(this.#kept.tolerance)
  /** a report has what is seen here */
  readonly reported = $derived({ by: this.by, tolerance: this.tolerance })
  readonly #all = $derived.by(() => groupRuns(this.details.value ?? [], this.by))
  readonly groups = $derived(this.#all.slice(0, this.most))
  /** the runs of these groups; one by one these are the first ten */
  readonly runs = $derived(this.groups.flatMap((group) => group.runs))
  /** in one line, when not all that was chosen is shown */
  readonly over = $derived.by(() => {
    const [many, what] = this.by === 'run' ? [this.ids.length, 'runs'] : [this.#all.length, 'groups']
    const { most } = this
    if (many > most) {
      const other = this.by === 'run' ? 'take some out, or compare them by groups' : 'take some out'
      return `${many} ${what} are chosen and ${most} are compared at once: shown are the first ${most}; ${other}.`
    }
    const left = this.ids.length - MOST_READ
    return left > 0
      ? `${left} of the ${this.ids.length} chosen runs are left out: ${MOST_READ} are read at once.`
      : null
  })
  /** the reference of the workspace, against which every comparison is read, whether it was chosen or not */
  readonly golden = $derived.by(() => this.preferences.get('golden', ''))
  /** there is something to read against something: two runs, or one beside the reference */
  readonly enough = $derived(this.ids.length > 1 || (this.ids.length === 1 && !['', this.ids[0]].includes(this.golden)))
  readonly #reference = new Resource<RunDetail>()
  /** with the reference in front where it was not itself chosen; the base is always the first */
  readonly columns = $derived.by<Column[]>(() => {
    const { groups, golden } = this
    if (groups.length === 0 || golden === '') return columnsOf(groups, null, this.by === 'run')
    const run = this.details.value?.find(({ id }) => id === golden) ?? this.#reference.value
    return columnsOf(groups, run?.id === golden ? groupRuns([run], 'run')[0] : null, this.by === 'run')
  })
  readonly base = $derived<Column | null>(this.columns[0] ?? null)
  /** in which settings each column is what the others are not */
  readonly labels = $derived.by(() => labelsOf(this.columns))
  readonly settings = $derived.by(() => settingRows(this.columns))
  /** in one line, when the reference is not there to be read against */
  readonly missing = $derived.by(() => {
    const { golden, base } = this
    if (golden === '' || base === null || base.runs.some(({ id }) => id === golden)) return null
    if (this.details.loading || this.#reference.error === null) return null
    return `The reference ${golden} could not be read; ${base.id} is the base. ${this.#reference.error}`
  })
  readonly against = $derived.by<Column | null>(() => {
    const others = this.columns.slice(1)
    return others.find(({ id }) => id === this.#kept.against) ?? others[0] ?? null
  })
  /** what two runs made of the same test samples */
  readonly pairs: Pairs
  /** confusion matrices of the base and of the column beside it, each the sum over its members */
  readonly confusions = new Resource<{ base: Confusion; other: Confusion }>()

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {
    this.pairs = new Pairs(client)
  }

  has(id: string): boolean {
    return this.ids.includes(id)
  }

  toggle(id: string): void {
    this.#keep({ runs: this.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id] })
  }

  /** all of these, or none of them any more; groups of them as they were chosen by, where runs can be compared so */
  setAll(ids: readonly string[], on: boolean, by: string): void {
    const others = this.ids.filter((id) => !ids.includes(id))
    this.#keep({ runs: on ? [...others, ...ids] : others, ...(by in GROUPINGS ? { by } : {}) })
  }

  /** takes a column out with all its runs */
  takeOut({ runs }: Column): void {
    const out = new Set(runs.map(({ id }) => id))
    this.#keep({ runs: this.ids.filter((id) => !out.has(id)) })
  }

  clear(): void {
    this.#keep({ runs: [] })
  }

  toggleDifferences(): void {
    this.#keep({ onlyDifferences: !this.onlyDifferences })
  }

  show(picture: 'curves' | 'confusion'): void {
    this.#keep({ picture })
  }

  groupBy(by: Grouping): void {
    this.#keep({ by })
  }

  setTolerance(tolerance: number): void {
    this.#keep({ tolerance })
  }

  /** which run is the workspace's reference; '': none */
  setGolden(id: string): void {
    this.preferences.set('golden', id)
  }

  choose(id: string): void {
    this.#keep({ against: id })
  }

  async readConfusions(): Promise<void> {
    const { base, against } = this
    if (!base || !against) return
    const read = async ({ runs }: Column): Promise<Confusion> => {
      const replies = await Promise.all(runs.map(({ id }) => this.client.call('runs.dashboard', { run: id })))
      return summed(replies.map(({ dashboard }) => dashboard))
    }
    await this.confusions.load(async () => {
      const [a, b] = await Promise.all([read(base), read(against)])
      return { base: a, other: b }
    })
  }

  async read(): Promise<void> {
    const ids = this.ids.slice(0, this.by === 'run' ? this.most : MOST_READ)
    const { golden } = this
    const show = async (run: string): Promise<RunDetail> => (await this.client.call('runs.show', { run })).run
    const reading = this.details.load(async () => {
      // a run that is gone is left out, the others are still worth comparing
      const replies = await Promise.allSettled(ids.map(show))
      const [first] = replies
      if (first?.status === 'rejected' && replies.every(({ status }) => status === 'rejected')) throw first.reason
      return replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []))
    })
    const outside = golden !== '' && ids.length > 0 && !ids.includes(golden)
    await Promise.all([reading, outside ? this.#reference.load(() => show(golden)) : null])
    // what is here is drawn first
    await new Promise((drawn) => setTimeout(drawn, DRAWN_MS))
    const [base, ...others] = this.columns.map(({ runs }) => (runs.length === 1 ? runs[0].id : null))
    if (base)
      await this.pairs.read(
        base,
        others.flatMap((id) => id ?? [])
      )
  }

  #keep(change: Record<string, unknown>): void {
    this.preferences.set('compare', { ...this.#kept, ...change })
  }
}
