/**
 * A trained network with fewer weight bits or with dead neurons, as weights that the method's own evaluation then brings
 * to the chip. Both are what a person asks "what if" about; the network that was trained is left alone.
 */
import { silencedUnits } from './disturbed'
import type { Checkpoint } from './types'

/** the weights of a layer in a checkpoint */
export interface WeightArray {
  name: string
  /** which unit of the hidden layer the k-th weight belongs to; null: none (a bias) */
  unitOf: (k: number) => number | null
  /** of weights between hidden units: the other unit that the k-th belongs to */
  otherOf?: (k: number) => number
  /** the largest weight that the substrate holds, in the units of the array; null: as large as the largest there is */
  limit: number | null
}

export interface Impairment {
  /** bits of a weight's size, beside its sign: 2^bits − 1 steps up to the largest; null: as trained */
  bits: number | null
  /** hidden units whose weights, in and out, are all 0 */
  dead: number
  /** which units die: those that a study of silenced units with this seed silences first */
  seed: number
}

export function impaired(
  checkpoint: Checkpoint,
  layers: readonly WeightArray[],
  hidden: number,
  { bits, dead, seed }: Impairment
): Checkpoint {
  if (bits === null && dead === 0) return checkpoint
  const gone = silencedUnits(hidden, dead, { draw: 0, seed })
  const arrays = { ...checkpoint.arrays }
  for (const { name, unitOf, otherOf, limit } of layers) {
    const from = arrays[name]
    const step = bits === null ? 0 : (limit ?? largest(from)) / (2 ** bits - 1)
    arrays[name] = from.map((w, k) => {
      const unit = unitOf(k)
      if (unit !== null && gone[unit] === 1) return 0
      if (otherOf && gone[otherOf(k)] === 1) return 0
      return step === 0 ? w : Math.max(1 - 2 ** bits!, Math.min(2 ** bits! - 1, Math.round(w / step))) * step
    })
  }
  return { ...checkpoint, arrays }
}

export function largest(weights: ArrayLike<number>): number {
  let most = 0
  for (let k = 0; k < weights.length; k++) most = Math.max(most, Math.abs(weights[k]))
  return most
}
