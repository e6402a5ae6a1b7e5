/** What every handler works with. */
import type { ComputeProcess, Engine } from '../jobs/engine'
import type { Queue } from '../jobs/queue'
import type { Store } from '../store/index'
import type { Shell } from './shell'
import type { Events, Name, Parsed, Reply } from '../contract/index'

export interface Context {
  store: Store
  engine: Engine
  /** a compute process of its own, for questions that follow a person's hand while jobs are at work */
  urgent: Engine
  queue: Queue
  owner: string
  workspace: string
  version: string
  runtime: string
  resources: string
  /** starts out/main/reader.js, in which one question in SQL is answered */
  launchReader(): ComputeProcess
  /** what only a window has: dialogs, the file manager, another workspace; undefined under the command line */
  shell: Shell | undefined
  emit<K extends keyof Events>(event: K, payload: Events[K]): void
}

/** a job answers with its id, everything else with its output */
export type Handler<K extends Name> = (input: Parsed<K>, context: Context) => Reply<K> | Promise<Reply<K>>
export type Handlers<K extends Name = Name> = { [N in K]: Handler<N> }
