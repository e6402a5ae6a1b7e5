/**
 * A playback program as a list of steps: intervals of constant conditions, each ending at an event or an observation.
 * All circuits walk through the same steps, and most steps have one of a few lengths, so that a circuit's propagators
 * are computed once for each length.
 */
import { InputError } from '../../../errors/input-error'
import type { Program } from '../../chip-port'

export interface Timeline {
  count: number
  /** lengths that occur, µs */
  lengths: Float64Array
  /** of each step: when it begins (µs), its entry in `lengths` (−1: it takes no time) */
  start: Float64Array
  length: Int32Array
  /** during the step: 1 where the offset current flows, 1 where all membranes are forced to reset */
  offsetOn: Uint8Array
  forced: Uint8Array
  /** at its end: index of a row event, index of an observation; −1: none */
  event: Int32Array
  observation: Int32Array
  /** whether the offset current flows before the program begins: the settled state */
  offsetBefore: boolean
  /** whether any step forces a reset */
  resets: boolean
}

interface Mark {
  time: number
  event: number
  observation: number
}

/** two times this close are one: far below what any time constant can tell, far above the rounding of times */
const SAME_US = 1e-9

/**
 * @param observations times at which the membranes are wanted, any order
 * @param longest steps are at most this long (Infinity: as long as the conditions last)
 */
export function timelineOf(program: Program, observations: ArrayLike<number>, longest: number): Timeline {
  const marks: Mark[] = []
  const mark = (time: number, event: number, observation: number): void => {
    marks.push({ time, event, observation })
  }
  const windows = [program.offsetCurrent, program.forcedReset].filter((window) => window !== undefined)
  for (const { fromUs, toUs } of windows) {
    mark(fromUs, -1, -1)
    mark(toUs, -1, -1)
  }
  program.events?.forEach(({ timeUs }, k) => mark(timeUs, k, -1))
  for (let k = 0; k < observations.length; k++) mark(observations[k], -1, k)
  mark(program.durationUs, -1, -1)
  for (const { time } of marks) {
    if (!(time >= 0 && time <= program.durationUs)) {
      throw new InputError('bad-input', `time ${time} us lies outside the program (0 … ${program.durationUs} us)`)
    }
  }
  // sort() is stable: at the same time events come before observations, as they were marked
  marks.sort((a, b) => a.time - b.time)

  const steps: { start: number; us: number; event: number; observation: number }[] = []
  let now = 0
  for (const { time, event, observation } of marks) {
    const us = time - now
    const pieces = us > longest ? Math.ceil(us / longest) : 1
    for (let k = 0; k < pieces - 1; k++) {
      steps.push({ start: now + (k * us) / pieces, us: us / pieces, event: -1, observation: -1 })
    }
    steps.push({ start: now + ((pieces - 1) * us) / pieces, us: us / pieces, event, observation })
    now = time
  }

  const indices = new Map<number, number>()
  const lengths: number[] = []
  const lengthIndex = (us: number): number => {
    const key = Math.round(us / SAME_US)
    if (key <= 0) return -1
    let index = indices.get(key)
    if (index === undefined) {
      index = lengths.length
      indices.set(key, index)
      lengths.push(us)
    }
    return index
  }
  const during = (window: { fromUs: number; toUs: number } | undefined, step: { start: number; us: number }): number =>
    window && step.start + step.us / 2 > window.fromUs && step.start + step.us / 2 < window.toUs ? 1 : 0
  return {
    count: steps.length,
    length: Int32Array.from(steps, ({ us }) => lengthIndex(us)),
    lengths: Float64Array.from(lengths),
    start: Float64Array.from(steps, ({ start }) => start),
    offsetOn: Uint8Array.from(steps, (step) => (program.offsetCurrent ? during(program.offsetCurrent, step) : 1)),
    forced: Uint8Array.from(steps, (step) => during(program.forcedReset, step)),
    event: Int32Array.from(steps, ({ event }) => event),
    observation: Int32Array.from(steps, ({ observation }) => observation),
    offsetBefore: program.offsetCurrent === undefined,
    resets: program.forcedReset !== undefined
  }
}
