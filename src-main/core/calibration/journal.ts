/**
 * A calibration in units that are done once: a search, a reading before, a reading after. What a unit comes to is noted
 * with the state of the bench and of the chip right after it, so that a calibration that was killed takes up where it
 * stood, with the same bits: units that are done are not done again, and the last of them puts bench and chip back.
 *
 * What the suite does between units (switches, holding cells) runs again on the way there; it must not depend on
 * anything measured in between that is not itself a unit's result or part of the bench.
 */
import type { Bench, SavedBench } from './bench'
import type { CalibrationProgress } from './types'

/** what keeps the units; the chip's own state is its business, a calibration sees no more than the port */
export interface Journal {
  /** results of the units that were done before, in order: plain data */
  done: readonly unknown[]
  /** the bench after the last of them */
  bench: SavedBench | null
  /** puts the chip into its state after the last of them */
  restore(): void
  /** a unit is done just now */
  note(unit: DoneUnit): void
}

export interface DoneUnit {
  index: number
  name: string
  result: unknown
  bench: SavedBench
}

export class Units {
  #next = 0

  constructor(
    readonly bench: Bench,
    readonly journal: Journal | null
  ) {}

  /** does the unit, or recalls what it came to: plain data */
  *once<T>(name: string, work: () => Generator<CalibrationProgress, T, void>): Generator<CalibrationProgress, T, void> {
    const { bench, journal } = this
    const index = this.#next++
    if (journal && index < journal.done.length) {
      if (index === journal.done.length - 1) {
        journal.restore()
        if (journal.bench) bench.restore(journal.bench)
      }
      return journal.done[index] as T
    }
    const result = yield* work()
    journal?.note({ index, name, result, bench: bench.save() })
    return result
  }
}
