/** What an evaluation can be disturbed with, and what comes of several levels and draws. */
import { Stream } from '../random/stream'
import { quantiles } from '../statistics/summary'

export type Disturbance = 'silenced' | 'spread' | 'window'

/** one level of one draw */
export interface Disturbed {
  vary: Disturbance
  /** share of hidden units without spikes, spread over target of the ideal neurons, or µs until the decision */
  level: number
  draw: number
  seed: number
}

export interface Level {
  level: number
  draws: number
  accuracy: { median: number; iqr: number }
  error: { median: number; iqr: number }
  accuracies: number[]
}

/** u8[hidden], 1 = silenced: the first of a permutation, so that more of the same draw are the same and others */
export function silencedUnits(
  hidden: number,
  count: number,
  { draw, seed }: Pick<Disturbed, 'draw' | 'seed'>
): Uint8Array {
  const mask = new Uint8Array(hidden)
  const order = new Stream(seed, 'silenced', draw).permutation(hidden)
  for (const unit of order.subarray(0, count)) mask[unit] = 1
  return mask
}

export function levelOf(level: number, accuracies: readonly number[]): Level {
  const [low, middle, high] = quantiles(accuracies, [0.25, 0.5, 0.75])
  const iqr = high - low
  return {
    level,
    draws: accuracies.length,
    accuracy: { median: middle, iqr },
    error: { median: 1 - middle, iqr },
    accuracies: [...accuracies]
  }
}
