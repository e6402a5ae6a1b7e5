/** What Ctrl+Z takes back, newest first, and what Ctrl+Shift+Z does again. */
interface Step {
  label: string
  at: number
  back: () => Promise<unknown>
  /** missing: it cannot be done again */
  again?: (() => Promise<unknown>) | undefined
}

/** a step that was refused: older ones wait behind it until it is dropped */
export class StepError extends Error {
  constructor(
    readonly step: Readonly<Step>,
    cause: unknown
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'StepError'
  }
}

async function tried(step: Step, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw new StepError(step, error)
  }
}

const MOST = 50
/** edits of one thing that follow each other so fast are one: a number is typed digit by digit, ms */
const ONE_EDIT = 1500

export class Undo {
  #steps: Step[] = []
  #undone: Step[] = []

  push(label: string, back: () => Promise<unknown>, again?: () => Promise<unknown>): void {
    this.#steps = [...this.#steps.slice(1 - MOST), { label, back, again, at: performance.now() }]
    this.#undone = []
  }

  /** an edit in steps: what follows the last step of the same name at once becomes one with it */
  typed(label: string, back: () => Promise<unknown>, again: () => Promise<unknown>): void {
    const last = this.#steps.at(-1)
    const at = performance.now()
    if (last?.label === label && at - last.at < ONE_EDIT) Object.assign(last, { again, at })
    else this.push(label, back, again)
  }

  /** gives up a step that was refused, so that those behind it can be reached */
  drop({ step }: StepError): void {
    this.#steps = this.#steps.filter((other) => other !== step)
    this.#undone = this.#undone.filter((other) => other !== step)
  }

  /** the label of what was undone, null when there is nothing left @throws StepError when it was refused */
  async undo(): Promise<string | null> {
    const step = this.#steps.at(-1)
    if (!step) return null
    await tried(step, step.back)
    // what could not be taken back stays to be tried again
    this.#steps = this.#steps.filter((other) => other !== step)
    if (step.again) this.#undone.push(step)
    return step.label
  }

  /** the label of what was done again */
  async redo(): Promise<string | null> {
    const step = this.#undone.at(-1)
    if (!step?.again) return null
    await tried(step, step.again)
    this.#undone = this.#undone.filter((other) => other !== step)
    this.#steps.push(step)
    return step.label
  }
}
