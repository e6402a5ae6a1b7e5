/** What a person picks out: neurons by their place on the map, or by their values in a distribution. One set for both. */
import type { NeuronMap } from '../../api/types'

/** ends of the distribution's axis count as open: whoever drags to the edge means all beyond it, too */
export type Brush =
  | { kind: 'neurons'; from: number; to: number }
  | { kind: 'values'; of: 'before' | 'after'; metric: string; low: number; high: number }

/** of the neurons that count; a range of another metric's values picks nothing here */
export function brushedOf(brush: Brush, map: NeuronMap, used: readonly number[]): ReadonlySet<number> {
  if (brush.kind === 'neurons') {
    const [low, high] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)]
    return new Set(used.filter((n) => n >= low && n <= high))
  }
  if (brush.metric !== map.metric) return new Set()
  const values = map[brush.of]
  return new Set(used.filter((n) => values[n] >= brush.low && values[n] <= brush.high))
}

/** what the choice is, in words */
export function brushText(brush: Brush, format: (value: number) => string): string {
  if (brush.kind === 'neurons') return `n ${Math.min(brush.from, brush.to)} to ${Math.max(brush.from, brush.to)}`
  const low = Number.isFinite(brush.low) ? format(brush.low) : 'the least'
  const high = Number.isFinite(brush.high) ? format(brush.high) : 'the most'
  return `${brush.of} from ${low} to ${high}`
}
