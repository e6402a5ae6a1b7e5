/** Where a sample finds the membranes of units that fire. */
import { clamped } from '../lif-reference'
import { decay } from '../propagators'
import { lifOf } from './units'
import type { Units } from './units'

/**
 * Where a sample finds the membrane, relative to its rest: there, within the noise. A unit that rests above its
 * threshold fires all the time, and is met somewhere between its release and the threshold (not with the exact
 * distribution of that phase, which only its first spike would show); unless it is released above the threshold: then
 * the comparator is latched and silent.
 */
export function startOf(units: Units, u: number): { centre: number; sd: number } {
  const lif = lifOf(units, u)
  const reset = clamped(lif)
  const released = reset.rest + (lif.threshold - reset.rest) * decay(lif.refractory, reset.tau)
  if (lif.rest <= lif.threshold || released >= lif.threshold) return { centre: 0, sd: units.noise[u] }
  return { centre: (released + lif.threshold) / 2 - lif.rest, sd: (lif.threshold - released) / Math.sqrt(12) }
}
