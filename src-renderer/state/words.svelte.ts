/**
 * Whatever the window changes is said, with the command that does the same. Who asks for a change says it best
 * (`Session.act`, `Session.done`); what nobody has said by the time it rests is said here. So no change is without its line.
 */
import type { PreferenceKey } from '../../src-main/contract/preferences'
import type { Client } from '../api/client'
import { cli } from '../lib/text/cli'
import { onLeaving } from '../lib/leaving'
import { CHANGED, isChange } from '../lib/text/lines'

interface Word {
  what: string
  line: string
}

/** whoever changes something has so long to say it, ms */
const REST_MS = 400
/** between two pages of one window */
const KEPT = 'unsaid'

/** choices that mean something outside of the window; what only says how it was left goes without a word */
export const CHOICES: { readonly [K in PreferenceKey]?: (value: unknown) => string } = {
  theme: (value) => `Theme: ${String(value)}`,
  density: (value) => `Density: ${String(value)}`,
  closing: (value) => `Closing, while jobs run: ${String(value)}`,
  notify: (value) => `Word when a job ends: ${value === true ? 'on' : 'off'}`,
  time: (value) => `Times: ${String(value)}`,
  keys: () => 'Keys kept',
  protocols: () => 'Protocols kept',
  golden: (value) => (value === '' ? 'No run is the reference' : `${String(value)} is the reference`),
  'sql.kept': () => 'Kept questions'
}
/** an edit of a form can be undone, and is then said */
const FORMS: readonly PreferenceKey[] = ['calibrate.form', 'train.form']

export class Words {
  /** by what they are about: of edits that follow each other so fast the last one counts */
  #unsaid = new Map<string, Word>()
  /** the choice that was changed last */
  choice = $state<string | null>(null)
  /** of a step of Undo that is on its way */
  #step: string[] | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** clicks that are being answered: what they do is said when they are done */
  #answering = 0

  /** @param say shows a word with its line */
  constructor(private readonly say: (what: string, line: string) => void) {
    onLeaving(() => {
      // a page that goes because of a change (another workspace) leaves its words to the next one
      if (this.#unsaid.size > 0) sessionStorage.setItem(KEPT, JSON.stringify([...this.#unsaid]))
    })
  }

  /** what the page before this one had no time to say */
  restore(): void {
    const kept = typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(KEPT)
    if (kept === null) return
    sessionStorage.removeItem(KEPT)
    this.#unsaid = new Map(JSON.parse(kept) as [string, Word][])
    this.#rest()
  }

  /** the same client, heard */
  hear(client: Client): Client {
    return {
      ...client,
      call: async (name, input) => {
        const reply = await client.call(name, input)
        // preferences are heard where they are set: they are written a moment later
        if (isChange(name) && name !== 'preferences.set') {
          const [what, lineOf] = CHANGED[name] as readonly [string, (input: unknown, reply: unknown) => string]
          this.#put(name, { what, line: lineOf(input, reply) })
        }
        return reply
      }
    }
  }

  /** of a preference that was set here */
  readonly preference = (key: PreferenceKey, value: unknown): void => {
    const choice = CHOICES[key]
    if (choice) {
      this.choice = cli.preference(key, value)
      this.#put(key, { what: choice(value), line: this.choice })
    } else if (this.#step && FORMS.includes(key)) this.#step.push(cli.preference(key, value))
  }

  /** somebody has said what was changed by now; choices are said by nobody else */
  said(): void {
    for (const about of this.#unsaid.keys()) if (!(about in CHOICES)) this.#unsaid.delete(about)
  }

  /** what is changed meanwhile is said after it */
  async answering<T>(work: () => Promise<T>): Promise<T> {
    this.#answering++
    try {
      return await work()
    } finally {
      this.#answering--
      this.#rest()
    }
  }

  /** @returns what it came to, and the lines that do the same; it is said by who asks */
  async step<T>(work: () => Promise<T>): Promise<{ value: T; line: string | null }> {
    const lines: string[] = []
    this.#step = lines
    try {
      const value = await work()
      return { value, line: lines.length === 0 ? null : lines.join(' && ') }
    } finally {
      this.#step = null
    }
  }

  #put(about: string, word: Word): void {
    if (this.#step) this.#step.push(word.line)
    else {
      this.#unsaid.set(about, word)
      this.#rest()
    }
  }

  #rest(): void {
    clearTimeout(this.#timer)
    if (this.#answering > 0 || this.#unsaid.size === 0) return
    this.#timer = setTimeout(() => {
      const words = [...this.#unsaid.values()]
      if (words.length === 0) return
      this.#unsaid.clear()
      this.say(words.map(({ what }) => what).join('; '), words.map(({ line }) => line).join(' && '))
    }, REST_MS)
  }
}
