/**
 * The best epoch's weights, carried along in the checkpoints of the epochs after it, so that a run that is resumed can end
 * with them, too.
 */
import type { Checkpoint } from './types'

const BEST = 'best.'

/** @param counters numbers that belong to the weights and moments */
export function withBest(checkpoint: Checkpoint, best: Checkpoint, counters: readonly string[]): Checkpoint {
  const arrays = { ...checkpoint.arrays }
  for (const [name, array] of Object.entries(best.arrays)) if (!name.startsWith(BEST)) arrays[BEST + name] = array
  const carried = Object.fromEntries(counters.map((key) => [BEST + key, best.numbers[key]]))
  return { ...checkpoint, arrays, numbers: { ...checkpoint.numbers, ...carried } }
}

/** the one that it carries, if it does */
export function bestOf({ epoch, arrays, numbers }: Checkpoint): Checkpoint | null {
  const own = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => name.startsWith(BEST))
        .map(([name, value]) => [name.slice(BEST.length), value])
    )
  const carried = own(arrays)
  if (Object.keys(carried).length === 0) return null
  return { epoch, arrays: carried, numbers: { ...numbers, ...own(numbers) } }
}
