/** What Ctrl+Z takes back: exclusions and deletions, newest first. */
export class Undo {
  #steps: { label: string; back: () => Promise<unknown> }[] = []

  push(label: string, back: () => Promise<unknown>): void {
    this.#steps = [...this.#steps.slice(-49), { label, back }]
  }

  /** the label of what was undone, null when there is nothing left */
  async undo(): Promise<string | null> {
    const step = this.#steps.pop()
    if (!step) return null
    await step.back()
    return step.label
  }
}
