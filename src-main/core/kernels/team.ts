/**
 * A team of threads that run the same core code on one shared memory ("single program, multiple data").
 *
 * Every member executes the same control flow; `barrier` is the only meeting point. Work of a loop is split by `share`,
 * in ranges that are known beforehand, or by `deal`, to whoever is free: a processor that has other work to do, or is slow
 * for reasons of its machine, then takes less of it. Results must not depend on `size` nor on who computed what: shares and
 * pieces are disjoint ranges of outputs, never partial sums of one output.
 * The compute process provides teams over worker threads; `solo` is the team of one that tests and tools use.
 */
export interface Team {
  /** 0 … size − 1; member 0 also writes what is shared and reports */
  readonly index: number
  readonly size: number
  /** returns when every member has arrived */
  barrier(): void
  /** one value decided by member 0 and seen by all (meets at a barrier): used for "shall we stop?" */
  agree(decide: () => number): number
  /**
   * Does pieces 0 … count − 1 of some work, each by one member: who is free takes the next one. Returns when all have been
   * taken, which is before others have finished theirs. Every member calls it, with the same count.
   */
  deal(count: number, work: (piece: number) => void): void
}

export const solo: Team = {
  index: 0,
  size: 1,
  barrier: () => {},
  agree: (decide) => decide(),
  deal: (count, work) => {
    for (let piece = 0; piece < count; piece++) work(piece)
  }
}

/** pieces of a member's fair share: the last one to finish is late by one of them at most */
const PIECES = 8

/** Deals `count` items in ranges [from, to). */
export function dealRanges(team: Team, count: number, work: (from: number, to: number) => void): void {
  const length = Math.ceil(count / (team.size === 1 ? 1 : team.size * PIECES))
  if (count > 0) team.deal(Math.ceil(count / length), (k) => work(k * length, Math.min(count, (k + 1) * length)))
}

/**
 * The member's share of `count` items, in multiples of `grain` (a SIMD width, say).
 * @returns [from, to), disjoint over members and together covering 0 … count
 */
export function share(team: Team, count: number, grain = 1): [number, number] {
  const blocks = Math.ceil(count / grain)
  const at = (k: number): number => Math.min(count, Math.floor((blocks * k) / team.size) * grain)
  return [at(team.index), at(team.index + 1)]
}
