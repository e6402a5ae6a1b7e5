/** Where two runs of one record part: in what was measured before, in an epoch, or in a weight at the end. To the bit. */
import type { Checkpoint } from '../../store/runs/arrays'
import type { Difference } from '../../store/runs/origin'
import type { Epoch } from '../../store/runs/runs'

export interface Course {
  conversion: { readonly [key: string]: string | number | boolean | null }
  history: readonly Epoch[]
  checkpoint: Checkpoint | undefined
  /** came to its end: no epoch is missing */
  whole: boolean
}

export interface Compared {
  firstDifference: Difference | null
  epochs: number
  /** how many of them */
  weights: number
}

/** in the order in which an epoch makes them; times are not the run's */
const QUANTITIES = ['loss', 'trainAccuracy', 'hiddenSpikesPerSample', 'testAccuracy', 'validationAccuracy'] as const

export function compareCourses(recorded: Course, again: Course): Compared {
  const epochs = Math.min(recorded.history.length, again.history.length)
  const at = (epoch: number, quantity: string, one: unknown, other: unknown): Difference | null =>
    Object.is(one, other)
      ? null
      : { epoch, quantity, recorded: one as Difference['recorded'], again: other as Difference['again'] }
  const told = (firstDifference: Difference | null, weights = 0): Compared => ({ firstDifference, epochs, weights })

  for (const key of new Set([...Object.keys(recorded.conversion), ...Object.keys(again.conversion)])) {
    const found = at(0, key, recorded.conversion[key] ?? null, again.conversion[key] ?? null)
    if (found) return told(found)
  }
  for (let k = 0; k < epochs; k++) {
    const [one, other] = [recorded.history[k], again.history[k]]
    for (const quantity of QUANTITIES) {
      const found = at(one.epoch, quantity, one[quantity] ?? null, other[quantity] ?? null)
      if (found) return told(found)
    }
  }
  // a record that was broken off is shorter; one that ended cannot be
  const shorter = again.history.length < recorded.history.length
  const longer = recorded.whole && again.history.length > recorded.history.length
  if (shorter || longer) return told(at(epochs + 1, 'epochs', recorded.history.length, again.history.length))
  const [one, other] = [recorded.checkpoint, again.checkpoint]
  if (!one || !other || one.epoch !== other.epoch) return told(null)
  return told(weightDifference(one, other), sizeOf(one))
}

function weightDifference(one: Checkpoint, other: Checkpoint): Difference | null {
  const { epoch } = one
  for (const name of new Set([...Object.keys(one.arrays), ...Object.keys(other.arrays)])) {
    const [a, b] = [one.arrays[name], other.arrays[name]] as ArrayLike<number>[]
    const [here, there] = [a?.length ?? 0, b?.length ?? 0]
    if (here !== there) return { epoch, quantity: `length of ${name}`, recorded: here, again: there }
    for (let k = 0; k < here; k++)
      if (!Object.is(a[k], b[k])) return { epoch, quantity: `${name}[${k}]`, recorded: a[k], again: b[k] }
  }
  for (const key of new Set([...Object.keys(one.numbers), ...Object.keys(other.numbers)])) {
    const [a, b] = [one.numbers[key] ?? null, other.numbers[key] ?? null]
    if (!Object.is(a, b)) return { epoch, quantity: key, recorded: a, again: b }
  }
  return null
}

function sizeOf({ arrays }: Checkpoint): number {
  return Object.values(arrays).reduce((sum, { length }) => sum + length, 0)
}
