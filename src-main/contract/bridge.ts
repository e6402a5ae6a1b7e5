/**
 * What the preload puts at `window.inloop`: the only door between a window and the main process.
 * Errors cross as plain data, because a structured clone keeps neither their class nor their code; the renderer's
 * client throws them again as InloopError.
 */
import type { ErrorCode } from './errors'
import type { Events } from './events'
import type { Input, Name, Reply } from './index'

export type Answer<T> = { value: T } | { error: { code: ErrorCode; message: string } }

export interface Bridge {
  /** where a file lies that a person chose in the page (a File of the page); '' where it has no place */
  pathOf(file: unknown): string
  invoke<K extends Name>(name: K, input: Input<K>): Promise<Answer<Reply<K>>>
  /** returns the function that ends the subscription */
  subscribe<K extends keyof Events>(event: K, callback: (payload: Events[K]) => void): () => void
}
