/** Everything that outlives a view, made once and handed down by context. */
import { createContext } from 'svelte'
import type { Input } from '../../src-main/contract'
import { toast } from 'svelte-sonner'
import { codeOf, messageOf, type Client } from '../api/client'
import { cli } from '../lib/text/cli'
import { bytes } from '../lib/text/format'
import { saveText } from '../lib/text/save'
import { times } from '../lib/text/time-base.svelte'
import { unkept } from '../lib/unkept.svelte'
import type { Job } from '../api/types'
import { Bench, isOver } from './bench.svelte'
import { Blocks } from './blocks.svelte'
import { Calibrating } from './calibrating.svelte'
import { ChipPage } from './chip-page.svelte'
import { Comparison } from './comparison.svelte'
import { Evidence } from './evidence.svelte'
import { Figures } from './figures.svelte'
import { Keys } from './keys.svelte'
import { Multiples } from './multiples.svelte'
import { Parts } from './parts.svelte'
import { Preferences } from './preferences.svelte'
import { Protocols, type Slot } from './protocols.svelte'
import { Router } from './router.svelte'
import { RunTable } from './run-table.svelte'
import { Scope } from './scope.svelte'
import type { SettingsPart } from './settings'
import { Sql } from './sql.svelte'
import { Theme } from './theme.svelte'
import { Training } from './training.svelte'
import { StepError, Undo } from './undo.svelte'
import { Versions } from './versions.svelte'
import { Work } from './work.svelte'
import { WorkspacePage } from './workspace.svelte'
import { WhatIf } from './what-if.svelte'
import { Words } from './words.svelte'

export class Session {
  readonly preferences: Preferences
  readonly theme: Theme
  readonly router: Router
  readonly bench: Bench
  readonly chipPage: ChipPage
  readonly evidence: Evidence
  readonly calibrating: Calibrating
  readonly training: Training
  readonly figures: Figures
  readonly whatIf: WhatIf
  readonly runTable: RunTable
  readonly comparison: Comparison
  readonly scope: Scope
  readonly blocks: Blocks
  readonly versions: Versions
  readonly sql: Sql
  readonly parts: Parts
  readonly workspace: WorkspacePage
  readonly keys: Keys
  readonly work: Work
  readonly protocols: Protocols
  readonly multiples: Multiples
  readonly undo = new Undo()
  /** what "Copy as CLI" copies; the open view says */
  #cli = $state<string | null>(null)
  /** what a part of the view shows beside it: a figure, the row that is looked at */
  #beside = $state<string | null>(null)
  /** a form that is asked for from elsewhere: its view opens it */
  form = $state<'chip' | 'dataset' | 'run' | null>(null)
  /** a part of the settings that is asked for from elsewhere: its page brings it into view */
  settingsPart = $state<SettingsPart | null>(null)
  ready = $state(false)
  error = $state<string | null>(null)

  /** what is changed without a word of those who change it */
  readonly words = new Words((what, command) => this.#say(what, command))
  readonly client: Client

  constructor(bridge: Client) {
    const client = this.words.hear(bridge)
    this.client = client
    this.preferences = new Preferences(
      client,
      (error) => toast.error(`not kept: ${messageOf(error)}`),
      this.words.preference
    )
    times.follow(() => this.preferences.get('time', 'hardware'))
    this.keys = new Keys(this.preferences)
    this.protocols = new Protocols(this.preferences, this.undo)
    this.theme = new Theme(this.preferences)
    this.router = new Router(this.preferences)
    this.bench = new Bench(client)
    this.work = new Work(client, (what, command, work) => this.act(what, command, work))
    this.chipPage = new ChipPage(client, this.preferences)
    this.evidence = new Evidence(client, this.chipPage)
    this.scope = new Scope(client, this.preferences)
    this.blocks = new Blocks(client, this.preferences)
    this.versions = new Versions(client, this.preferences)
    this.sql = new Sql(client, this.preferences)
    this.parts = new Parts(client)
    this.workspace = new WorkspacePage(client, this.bench)
    this.multiples = new Multiples(client)
    this.calibrating = new Calibrating(client, this.bench, this.preferences, this.undo)
    this.figures = new Figures(client)
    this.whatIf = new WhatIf(client)
    this.training = new Training(client, this.bench, this.preferences, this.figures)
    this.comparison = new Comparison(client, this.preferences)
    this.runTable = new RunTable(client, this.bench, this.preferences, this.undo)
  }

  get cli(): string | null {
    return this.#cli !== null && this.#beside !== null ? `${this.#cli} && ${this.#beside}` : this.#cli
  }

  set cli(command: string | null) {
    this.#cli = command
  }

  /** @returns the function that takes it back, as an effect wants it */
  beside(command: string | null): () => void {
    this.#beside = command
    return () => (this.#beside = null)
  }

  async open(): Promise<void> {
    try {
      await Promise.all([this.preferences.load(), this.bench.open()])
      this.keys.restore()
      unkept.load(this.preferences.get('unkept', {}), (all) => this.preferences.set('unkept', all))
      this.router.restore()
      await this.training.restore()
      this.ready = true
      this.error = null
      this.words.restore()
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  follow(): () => void {
    const ends = [
      this.bench.follow(),
      this.preferences.follow(),
      this.training.follow(),
      this.figures.follow(),
      this.chipPage.follow(),
      this.calibrating.follow(),
      this.runTable.follow(),
      this.workspace.follow()
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  /** the job that the open view shows, if it goes on; else the one that is at work */
  frontJob(): Job | null {
    const { view } = this.router
    const shown = view === 'train' ? this.training.job : view === 'calibrate' ? this.calibrating.job : null
    return shown && !isOver(shown.status) ? shown : this.bench.activeJob
  }

  /** asks whether the protocol shall start, or says how one gets there */
  askProtocol(slot: Slot): void {
    if (this.protocols.of(slot)) this.protocols.asked = slot
    else toast(`Protocol ${slot} is free: the forms of Calibrate and Train keep their settings there`)
  }

  /** by so many chips; on the page of a chip to the same page of the other, in a form the form's chip */
  stepChip(by: 1 | -1): void {
    const { router, calibrating, bench } = this
    const chips = bench.chips.value ?? []
    if (chips.length === 0) return
    const inForm = router.view === 'calibrate' && calibrating.job === null
    const from = chips.findIndex(({ id }) => id === (inForm ? calibrating.chip?.id : router.chip))
    const to = from < 0 ? (by > 0 ? 0 : chips.length - 1) : (from + by + chips.length) % chips.length
    if (inForm) calibrating.chooseChip(chips[to].id)
    else router.openChip(chips[to].id)
  }

  /** answers a click: does it, and says so when it cannot */
  /** @param refused who shows why not; without it a passing word does */
  async attempt<T>(
    work: () => Promise<T>,
    refused: (why: string) => void = (why) => void toast.error(why)
  ): Promise<T | null> {
    try {
      return await this.words.answering(work)
    } catch (error) {
      refused(messageOf(error))
      return null
    }
  }

  /** a click that did something: said, with the command that does the same */
  done(what: string, command: string): void {
    this.words.said()
    this.#say(what, command)
  }

  #say(what: string, command: string): void {
    toast(what, { action: { label: 'Copy as CLI', onClick: () => void this.copy(command, 'Command') } })
  }

  /** @returns whether it was done */
  async act(what: string, command: string, work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.attempt(async () => {
      await work()
      return true
    })
    if (done) this.done(what, command)
    return done === true
  }

  /** keeps what was written, and says so either way. @returns why it is not kept, in one line; null: it is */
  async write(what: string, command: string, work: () => Promise<unknown>): Promise<string | null> {
    try {
      await work()
    } catch (error) {
      const why = messageOf(error)
      toast.error(why, { description: 'What was written stays where it was written.' })
      return why
    }
    this.done(what, command)
    return null
  }

  /** whether this form was asked for; it is then no more */
  takes(form: NonNullable<Session['form']>): boolean {
    if (this.form !== form) return false
    this.form = null
    return true
  }

  /** one file with all of the workspace; the person says where it goes */
  async backUp(): Promise<void> {
    const copy = await this.attempt(() => this.workspace.backUp(this.bench.now))
    if (copy) this.done(`Copied to ${copy.file}, ${bytes(copy.bytes)}`, cli.backup(copy.file))
  }

  /** what is shown of an error, with its code, what it was shown for, and the versions */
  copyDetails(lines: readonly (string | null | undefined)[], more?: () => Promise<string | null>): Promise<void> {
    return this.attempt(async () => {
      const info = this.bench.info.value
      const version = info && `Inloop ${info.version}, ${info.runtime}`
      const codes = lines.map((line) => codeOf(line ?? ''))
      await this.copy([...lines, ...codes, this.cli, version, await more?.()].filter(Boolean).join('\n'), 'Details')
    }).then(() => {})
  }

  async copy(text: string, what: string): Promise<void> {
    await this.attempt(async () => {
      await navigator.clipboard.writeText(text)
      toast(`${what} copied`)
    })
  }

  /** one HTML file, readable without the app; the person says where it goes */
  /** @param compared of a comparison: as its view has it */
  async saveReport(
    subjects: readonly string[],
    compared: Omit<Input<'report.document'>, 'subjects'> = {}
  ): Promise<void> {
    await this.attempt(async () => {
      const { name, type, text } = await this.client.call('report.document', { subjects: [...subjects], ...compared })
      saveText(name, text, type)
      this.done(
        `Report of ${subjects.length > 1 ? 'the comparison' : subjects[0]} made`,
        cli.report(subjects, compared)
      )
    })
  }

  async undoLast(): Promise<void> {
    await this.#step('Undone', () => this.undo.undo())
  }

  async redoLast(): Promise<void> {
    await this.#step('Done again', () => this.undo.redo())
  }

  /** a step that is refused stays, and can be dropped */
  async #step(said: string, work: () => Promise<string | null>): Promise<void> {
    try {
      const { value: label, line } = await this.words.step(work)
      if (label && line !== null) this.#say(`${said}: ${label}`, line)
      else if (label) toast(`${said}: ${label}`)
    } catch (error) {
      if (!(error instanceof StepError)) throw error
      const { label } = error.step
      const onClick = (): void => {
        this.undo.drop(error)
        toast(`Dropped: ${label}; the step before it is next`)
      }
      const action = { label: 'Drop this step', onClick }
      toast.error(`${label} stays as it is: ${messageOf(error.cause)}`, { action, duration: 20_000 })
    }
  }
}

export const [useSession, provideSession] = createContext<Session>()
