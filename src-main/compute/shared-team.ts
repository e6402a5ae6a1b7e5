/**
 * A Team over worker threads: a barrier, one agreed value and a count of dealt pieces in shared memory. Members spin a
 * moment (phases of a batch last some hundred microseconds) and then sleep, so that a team never burns cores that others need.
 */
import type { Team } from '../core/kernels/team'

const ARRIVED = 0
const GENERATION = 1
const ABORTED = 2
const CONTROL = 3
const DEALT = 4
const WORDS = 5
/** some tens of microseconds, as long as a piece of a training step takes */
const SPINS = 5000

export const RUN = 0
export const PAUSE = 1
export const STOP = 2
type Control = typeof RUN | typeof PAUSE | typeof STOP

/** thrown out of a barrier when another member failed; that member tells why */
export class TeamAborted extends Error {}

/** two slots for the agreed value (they alternate, so one barrier an agreement is enough), then the words */
export function teamBuffer(): SharedArrayBuffer {
  return new SharedArrayBuffer(16 + 4 * WORDS)
}

function words(buffer: SharedArrayBuffer): Int32Array {
  return new Int32Array(buffer, 16, WORDS)
}

/** for the thread that owns the team */
export function control(buffer: SharedArrayBuffer, what: Control): void {
  const w = words(buffer)
  Atomics.store(w, CONTROL, what)
  Atomics.notify(w, CONTROL)
}

/** ends the waiting of all members: one of them has failed, the others throw */
export function abort(buffer: SharedArrayBuffer): void {
  const w = words(buffer)
  Atomics.store(w, ABORTED, 1)
  Atomics.add(w, GENERATION, 1)
  Atomics.notify(w, GENERATION)
  control(buffer, STOP)
}

/** blocks while the team is paused; called by one member only */
export function mayGoOn(buffer: SharedArrayBuffer): boolean {
  const w = words(buffer)
  while (Atomics.load(w, CONTROL) === PAUSE) Atomics.wait(w, CONTROL, PAUSE)
  return Atomics.load(w, CONTROL) !== STOP
}

export function sharedTeam(buffer: SharedArrayBuffer, index: number, size: number): Team {
  const w = words(buffer)
  const agreed = new Float64Array(buffer, 0, 2)
  let turn = 0
  let dealt = 0

  const barrier = (): void => {
    if (size === 1) return
    // in this order: an abort sets its flag first and then moves the generation on, so one of the two is seen
    const generation = Atomics.load(w, GENERATION)
    if (Atomics.load(w, ABORTED) === 1) throw new TeamAborted()
    if (Atomics.add(w, ARRIVED, 1) === size - 1) {
      Atomics.store(w, ARRIVED, 0)
      Atomics.add(w, GENERATION, 1)
      Atomics.notify(w, GENERATION)
    } else {
      let spins = SPINS
      while (Atomics.load(w, GENERATION) === generation) {
        if (spins-- <= 0) Atomics.wait(w, GENERATION, generation)
      }
    }
    if (Atomics.load(w, ABORTED) === 1) throw new TeamAborted()
  }

  const agree = (decide: () => number): number => {
    const slot = (turn ^= 1)
    if (index === 0) agreed[slot] = decide()
    barrier()
    return agreed[slot]
  }

  // All pieces of all deals have one number after the other, so that nobody has to meet between two deals: a member goes on
  // to the next one when the count has reached its first number. Numbers wrap around; what counts is their distance.
  const deal = (count: number, work: (piece: number) => void): void => {
    const first = dealt
    dealt = (first + count) | 0
    for (;;) {
      const next = Atomics.load(w, DEALT)
      if (((dealt - next) | 0) <= 0) return
      if (Atomics.compareExchange(w, DEALT, next, (next + 1) | 0) === next) work((next - first) | 0)
    }
  }

  return { index, size, barrier, agree, deal }
}
