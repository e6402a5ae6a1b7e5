/** Runs side by side: which, their histories, and the settings in which they differ. */
import type { Client } from '../api/client'
import type { Dashboard, RunDetail } from '../api/types'
import { groupRuns, GROUPINGS, type Grouping } from '../lib/runs/groups'
import { type RunStyle, runStyle, stylesOf } from '../lib/runs/style'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

/** runs that are read: that many groups of as many as the list puts in at once */
const MOST_READ = 200

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
      tolerance: 0.3
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
  readonly #styles = $derived.by(() => stylesOf(this.runs))
  /** the reference of the workspace, against which every comparison that holds it is read */
  readonly golden = $derived.by(() => this.preferences.get('golden', ''))
  readonly base = $derived.by<RunDetail | null>(() => {
    const { runs } = this
    return runs.find((run) => run.id === this.golden) ?? runs[0] ?? null
  })
  /** confusion matrices of the base and of the run beside it */
  readonly confusions = new Resource<{ base: Dashboard; other: Dashboard }>()
  readonly against = $derived.by<RunDetail | null>(() => {
    const others = this.runs.filter((run) => run !== this.base)
    return others.find((run) => run.id === this.#kept.against) ?? others[0] ?? null
  })

  /** every setting, with one value a run; `differs` where they are not all the same */
  readonly settings = $derived.by(() => {
    const { runs } = this
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

  /** the run's own, or what tells it apart from another one here */
  styleOf(run: RunDetail): RunStyle {
    return this.#styles.get(run.id) ?? runStyle(run)
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

  /** makes a run the workspace's reference, or no longer */
  setGolden(id: string): void {
    this.preferences.set('golden', this.golden === id ? '' : id)
  }

  choose(id: string): void {
    this.#keep({ against: id })
  }

  async readConfusions(): Promise<void> {
    const [base, against] = [this.base?.id, this.against?.id]
    if (!base || !against) return
    const dashboard = async (run: string): Promise<Dashboard> =>
      (await this.client.call('runs.dashboard', { run })).dashboard
    await this.confusions.load(async () => {
      const [a, b] = await Promise.all([dashboard(base), dashboard(against)])
      return { base: a, other: b }
    })
  }

  async read(): Promise<void> {
    const ids = this.ids.slice(0, this.by === 'run' ? this.most : MOST_READ)
    await this.details.load(async () => {
      // a run that is gone is left out, the others are still worth comparing
      const replies = await Promise.allSettled(ids.map((run) => this.client.call('runs.show', { run })))
      const [first] = replies
      if (first?.status === 'rejected' && replies.every(({ status }) => status === 'rejected')) throw first.reason
      return replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value.run] : []))
    })
  }

  #keep(change: Record<string, unknown>): void {
    this.preferences.set('compare', { ...this.#kept, ...change })
  }
}
