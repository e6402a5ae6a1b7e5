/** What Ctrl+Z takes back, newest first, and what Ctrl+Shift+Z does again. */
interface Step {
  label: string
  back: () => Promise<unknown>
  /** missing: it cannot be done again */
  again?: (() => Promise<unknown>) | undefined
}

const MOST = 50

export class Undo {
  #steps: Step[] = []
  #undone: Step[] = []

  push(label: string, back: () => Promise<unknown>, again?: () => Promise<unknown>): void {
    this.#steps = [...this.#steps.slice(1 - MOST), { label, back, again }]
    this.#undone = []
  }

  /** the label of what was undone, null when there is nothing left */
  async undo(): Promise<string | null> {
    const step = this.#steps.pop()
    if (!step) return null
    await step.back()
    if (step.again) this.#undone.push(step)
    return step.label
  }

  /** the label of what was done again */
  async redo(): Promise<string | null> {
    const step = this.#undone.pop()
    if (!step?.again) return null
    await step.again()
    this.#steps.push(step)
    return step.label
  }
}
