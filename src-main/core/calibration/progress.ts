/** Counts tasks and steps for the one who watches a calibration, and sees to it that each is done once. */
import type { Bench } from './bench'
import { type Journal, Units } from './journal'
import { runTask } from './routine'
import type { Task } from './routine'
import type { CalibrationProgress, Search } from './types'

/** steps of the longest search, noisy bisection over 10 bit */
const STEPS = 13

export class Progress {
  #done = 0
  readonly #units: Units

  /** @param of number of things to follow or to count */
  constructor(
    readonly of: number,
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
    const at = (step: number): CalibrationProgress => this.at(name, label, step, STEPS)
    const done = yield* this.#units.once(name, function* () {
      const fromMs = bench.port.elapsedMs
      const run = runTask(bench, begin(bench))
      for (let next = run.next(); ; next = run.next()) {
        if (next.done) return { search: next.value.search, hardwareMs: bench.port.elapsedMs - fromMs }
        yield at(next.value)
      }
    })
    this.#done++
    return done
  }

  /** one more thing, without steps */
  *count<T>(name: string, label: string, work: () => T): Generator<CalibrationProgress, T, void> {
    const result = yield* this.note(name, label, work)
    this.#done++
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

  private at(routine: string, label: string, step: number, steps: number): CalibrationProgress {
    const share = (this.#done + step / (steps + 1)) / this.of
    return { routine, label, index: this.#done, of: this.of, step, steps, share }
  }
}
