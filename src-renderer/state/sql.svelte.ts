/** The page of questions in SQL: the text, its answer, and the questions a person kept. */
import type { Client } from '../api/client'
import type { Output } from '../../src-main/contract'
import { csvText } from '../lib/text/csv'
import { saveText } from '../lib/text/save'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

export type Answer = Output<'sql'>
export type SqlView = Output<'sql.views'>['views'][number]
export interface Kept {
  name: string
  query: string
}

/** shown in the window; a file gets more */
const SHOWN = 1000
const WRITTEN = 100_000

const EXAMPLES: readonly Kept[] = [
  {
    name: 'Best run of each chip',
    query:
      "select chip, id, name, max(test_accuracy) as accuracy, n\nfrom runs where status = 'done' group by chip order by accuracy desc"
  },
  {
    name: 'Spread before and after, by routine',
    query:
      'select chip, calibration, name, unit, before_sd, after_sd, spread_ratio, failed\nfrom routines order by calibration desc, position'
  },
  {
    name: 'What a setting does',
    query:
      "select s.value as learning_rate, count(*) as runs, avg(r.test_accuracy) as accuracy\nfrom settings s join runs r on r.id = s.run where s.key = 'learningRate' group by 1 order by 3 desc"
  },
  {
    name: 'Time the jobs took',
    query: 'select kind, count(*) as jobs, sum(seconds) / 3600 as hours from jobs group by kind'
  }
]

export class Sql {
  readonly answer = new Resource<Answer>()
  readonly views = new Resource<SqlView[]>()
  /** of what the answer shows */
  asked = $state('')
  running = $state(false)
  /** it was asked to stop, and its answer is on the way */
  stopping = $state(false)
  readonly text = $derived.by(() => this.preferences.get('sql.text', EXAMPLES[0].query))
  readonly #own = $derived.by(() => this.preferences.get<readonly unknown[]>('sql.kept', []) as readonly Kept[])
  readonly kept = $derived<readonly Kept[]>([...this.#own, ...EXAMPLES])

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  isOwn(kept: Kept): boolean {
    return this.#own.includes(kept)
  }

  write(text: string): void {
    this.preferences.set('sql.text', text)
  }

  readonly readViews = (): Promise<unknown> =>
    this.views.load(async () => (await this.client.call('sql.views', {})).views)

  async run(): Promise<void> {
    if (this.running || this.text.trim() === '') return
    this.running = true
    this.asked = this.text
    await this.answer.load(() => this.client.call('sql', { query: this.asked, limit: SHOWN }))
    this.running = false
    this.stopping = false
  }

  /** what is being read ends now, with the rows that are there */
  async stop(): Promise<void> {
    if (!this.running || this.stopping) return
    this.stopping = true
    await this.client.call('sql.stop', {})
  }

  /** the whole answer, asked for again, as a file; @returns whether even that was not all */
  async export(): Promise<boolean> {
    const { columns, rows, truncated } = await this.client.call('sql', { query: this.asked, limit: WRITTEN })
    saveText('query.csv', csvText(columns, rows))
    return truncated
  }

  keep(name: string): void {
    const others = this.#own.filter((kept) => kept.name !== name)
    this.preferences.set('sql.kept', [{ name, query: this.text }, ...others])
  }

  forget(name: string): () => Promise<void> {
    const before = this.#own
    this.preferences.set(
      'sql.kept',
      before.filter((kept) => kept.name !== name)
    )
    return async () => this.preferences.set('sql.kept', before)
  }
}
