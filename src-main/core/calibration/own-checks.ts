/** Checks of acceptance beyond the limits that every routine has: what moved, what was switched, how channels lie. */
import { mean, median, sd } from '../statistics/summary'
import { CHANNEL_OFFSET_SD, CHANNEL_READ_SD, MOVED, QUADRANT_MEAN_OFF, QUADRANT_MEANS } from './limits'
import type { Check, ChipSettings } from './types'

/** what was matched without a target must still be where the calibration left it */
export function movedCheck(label: string, then: Float64Array, now: Float64Array, counted: Uint8Array): Check {
  const middle = (values: Float64Array): number => median(values.filter((_, n) => counted[n]))
  const value = Math.abs(middle(now) / middle(then) - 1)
  return { name: `${label}: median moved`, value, limit: MOVED, unit: '', passed: value < MOVED }
}

/** digital settings (refractory time, capacitance, modes …) can be read back */
export function switchCheck(found: ChipSettings, meant: ChipSettings): Check {
  const value =
    differing(found.switches, meant.switches) +
    differing(found.dynamics?.switches, meant.dynamics?.switches) +
    differing(found.drivers?.top, meant.drivers?.top) +
    differing(found.drivers?.bottom, meant.drivers?.bottom)
  return { name: 'Switches that differ', value, limit: 1, unit: '', passed: value === 0 }
}

function differing<K extends string>(found?: Record<K, Uint8Array>, meant?: Record<K, Uint8Array>): number {
  if (!found || !meant) return 0
  return (Object.keys(meant) as K[]).reduce(
    (sum, key) => sum + found[key].filter((x, n) => x !== meant[key][n]).length,
    0
  )
}

/** limits of test_cadc_calibration.py beyond those that every routine has */
export function converterChecks(offsets: Int8Array, middle: Float64Array, mid: number, counted: Uint8Array): Check[] {
  const offsetSd = sd(Array.from(offsets).filter((_, n) => counted[n]))
  const means = [0, 1, 2, 3].map((q) =>
    mean(middle.slice(128 * q, 128 * q + 128).filter((_, k) => counted[128 * q + k]))
  )
  const apart = Math.max(...means) - Math.min(...means)
  const check = (name: string, value: number, limit: number): Check => ({
    name: `Converter channels: ${name}`,
    value,
    limit,
    unit: 'LSB',
    passed: value < limit
  })
  return [
    check('sd of offsets', offsetSd, CHANNEL_OFFSET_SD),
    check('sd of reads', sd(middle.filter((_, n) => counted[n])), CHANNEL_READ_SD),
    check('quadrant means apart', apart, QUADRANT_MEANS),
    check('quadrant mean off mid range', Math.max(...means.map((x) => Math.abs(x - mid))), QUADRANT_MEAN_OFF)
  ]
}
