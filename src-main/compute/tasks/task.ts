/** What a task is given besides its input. */
import type { Kernels } from '../../core/kernels/module'
import type { Team } from '../../core/kernels/team'
import type { ImageSet } from '../../core/training/types'
import type { TaskReport } from '../protocol'

/** of a data set, in memory that all members share */
export interface Images {
  train: ImageSet
  test: ImageSet
}

export interface LaneContext {
  team: Team
  kernels: Kernels
  /** only what member 0 reports leaves the team */
  report(report: TaskReport): void
  /**
   * A safe point: waits while the task is paused; false asks to stop here. A meeting of the whole team, so every member
   * must call it at the same places.
   */
  proceed(): boolean
  /** seconds on a steady clock */
  seconds(): number
}

/** what a task returns that was stopped at a safe point */
export const STOPPED = Symbol('stopped')
export type Stopped = typeof STOPPED

/**
 * Runs a generator of core to its end, safe point by safe point.
 * @param heard gets every report
 */
export function drive<Report, Result>(
  run: Generator<Report, Result, void>,
  context: LaneContext,
  heard: (report: Report) => void
): Result | Stopped {
  for (;;) {
    const { done, value } = run.next()
    if (done) return value
    heard(value)
    if (!context.proceed()) return STOPPED
  }
}
