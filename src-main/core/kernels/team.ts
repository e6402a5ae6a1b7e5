/**
 * A team of threads that run the same core code on one shared memory ("single program, multiple data").
 *
 * Every member executes the same control flow and takes its own share of each loop; `barrier` is the only meeting
 * point. Results must not depend on `size`: shares are disjoint ranges of outputs, never partial sums of one output.
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
}

export const solo: Team = { index: 0, size: 1, barrier: () => {}, agree: (decide) => decide() }

/**
 * The member's share of `count` items, in multiples of `grain` (a SIMD width, say).
 * @returns [from, to), disjoint over members and together covering 0 … count
 */
export function share(team: Team, count: number, grain = 1): [number, number] {
  const blocks = Math.ceil(count / grain)
  const at = (k: number): number => Math.min(count, Math.floor((blocks * k) / team.size) * grain)
  return [at(team.index), at(team.index + 1)]
}
