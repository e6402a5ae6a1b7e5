/**
 * A part of the window that is not in the first file the page reads: fetched when it is first shown, or before, when
 * there is nothing else to do. The first screen stays quick however much the bench can show.
 */
import type { Component } from 'svelte'

export class Part<P extends Record<string, unknown>> {
  component = $state.raw<Component<P> | null>(null)
  error = $state<string | null>(null)
  #fetching: Promise<void> | undefined

  constructor(private readonly fetch: () => Promise<{ default: Component<P> }>) {}

  load(): Promise<void> {
    return (this.#fetching ??= this.#load())
  }

  async #load(): Promise<void> {
    try {
      this.component = (await this.fetch()).default
      this.error = null
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
      this.#fetching = undefined
    }
  }
}

/** one after another, each when the page is idle */
export async function loadWhenIdle(parts: readonly { load(): Promise<void> }[]): Promise<void> {
  for (const part of parts) {
    await new Promise((idle) => requestIdleCallback(idle, { timeout: 2000 }))
    await part.load()
  }
}
