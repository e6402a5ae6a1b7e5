/**
 * The typed client: every name, input, reply and event comes from the contract. The bridge is handed in: the preload's
 * in the product, a synthetic one in tests. Types only: main validates, so that no schema library runs in the window.
 */
import type { Events, Input, Reply } from '../../src-main/contract'
import type { Bridge } from '../../src-main/contract/bridge'
import type { Spoken } from '../lib/text/lines'
import { InloopError } from '../../src-main/contract/errors'

export interface Client {
  /** asks main, for what has a command line too (lib/text/lines.ts); throws an InloopError where main refuses */
  call<K extends Spoken>(name: K, input: Input<K>): Promise<Reply<K>>
  /** follows an event; the returned function ends it */
  /** for a command line that works from anywhere; its name where it has no place */
  pathOf(file: File): string
  on<K extends keyof Events>(event: K, receive: (payload: Events[K]) => void): () => void
}

export function createClient(bridge: Bridge): Client {
  return {
    async call(name, input) {
      // state objects of the views are proxies, which cannot be cloned across processes
      const answer = await bridge.invoke(name, plain(input))
      if ('error' in answer) {
        remember(answer.error.message, `${answer.error.code}, ${name}`)
        throw new InloopError(answer.error.code, answer.error.message)
      }
      return answer.value
    },
    pathOf: (file) => bridge.pathOf(file) || file.name,
    on: (event, receive) => bridge.subscribe(event, receive)
  }
}

/** of the newest refusals: their code and what was asked, which people are shown only when they copy it */
const refusals = new Map<string, string>()
const MOST = 50

function remember(message: string, what: string): void {
  refusals.delete(message)
  refusals.set(message, what)
  if (refusals.size > MOST) refusals.delete([...refusals.keys()][0])
}

/** null: no refusal of main reads so */
export function codeOf(message: string): string | null {
  return refusals.get(message) ?? null
}

/** one line for people, whatever was thrown */
/** what was asked for cannot be understood, or is not allowed: another question may be answered */
export function isBadInput(error: unknown): boolean {
  return error instanceof InloopError && error.code === 'bad-input'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function plain<T>(input: T): T {
  return JSON.parse(JSON.stringify(input)) as T
}
