/** Counts tasks and steps for the one who watches a calibration, and sees to it that each is done once. */
import type { Bench } from './bench'
import { effortOf } from './effort'
import { type Journal, Units } from './journal'
import { runTask } from './routine'
import type { Task } from './routine'
import type { CalibrationProgress, Search } from './types'

/** steps of the longest search, noisy bisection over 10 bit */
const STEPS = 13

export class Progress {
  #done = 0
  /** of the whole effort */
  #effort = 0
  readonly #units: Units

  /**
   * @param of number of things to follow or to count
   * @param effort of all of them together (effort.ts)
   */
  constructor(
    readonly of: number,
    readonly effort: number,
    readonly bench: Bench,
    journal: Journal | null = null
  ) {
    this.#units = new Units(bench, journal)
  }

  /** runs a search once, reporting every step; `begin` brings the chip into the state that it needs */
  *follow(
    name: string,
    label: string,
    begin: (bench: Bench) => Task
  ): Generator<CalibrationProgress, { search: Search; hardwareMs: number }, void> {
    const { bench } = this
    const { search } = effortOf(name)
    const at = (step: number, steps: number): CalibrationProgress => this.at(name, label, step, steps, search)
    const done = yield* this.#units.once(name, function* () {
      const fromMs = bench.port.elapsedMs
      const task = begin(bench)
      const run = runTask(bench, task)
      for (let next = run.next(); ; next = run.next()) {
        if (next.done) return { search: next.value.search, hardwareMs: bench.port.elapsedMs - fromMs }
        yield at(next.value, Math.max(next.value, task.steps ?? STEPS))
      }
    })
    this.#done++
    this.#effort += search
    return done
  }

  /** one more thing, without steps */
  *count<T>(name: string, label: string, work: () => T): Generator<CalibrationProgress, T, void> {
    const result = yield* this.note(name, label, work)
    this.#done++
    this.#effort += effortOf(name).reading
    return result
  }

  /** what is found out on the way and does not count */
  *note<T>(name: string, label: string, work: () => T): Generator<CalibrationProgress, T, void> {
    const now = this.at(name, label, 0, 1)
    return yield* this.#units.once(label, function* () {
      yield now
      return work()
    })
  }

  private at(routine: string, label: string, step: number, steps: number, effort = 0): CalibrationProgress {
    const share = Math.min(1, (this.#effort + (effort * step) / (steps + 1)) / this.effort)
    return { routine, label, index: this.#done, of: this.of, step, steps, share }
  }
}
