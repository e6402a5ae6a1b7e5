/** Counts tasks and steps for the one who watches a calibration. */
import type { Bench } from './bench'
import { runTask } from './routine'
import type { Task } from './routine'
import type { Found } from './search'
import type { CalibrationProgress } from './types'

/** steps of the longest search, noisy bisection over 10 bit */
const STEPS = 13

export class Progress {
  #done = 0

  /** @param of number of things to follow or to count */
  constructor(readonly of: number) {}

  /** runs a task, reporting every step */
  *follow(name: string, label: string, bench: Bench, task: Task): Generator<CalibrationProgress, Found, void> {
    const run = runTask(bench, task)
    for (let next = run.next(); ; next = run.next()) {
      if (next.done) {
        this.#done++
        return next.value
      }
      yield this.at(name, label, next.value, STEPS)
    }
  }

  /** one more thing begins that has no steps */
  count(name: string, label: string): CalibrationProgress {
    const now = this.at(name, label, 0, 1)
    this.#done++
    return now
  }

  private at(routine: string, label: string, step: number, steps: number): CalibrationProgress {
    const share = (this.#done + step / (steps + 1)) / this.of
    return { routine, label, index: this.#done, of: this.of, step, steps, share }
  }
}
