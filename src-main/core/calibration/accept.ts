/**
 * Acceptance: measures a chip again, as it stands, and applies every limit to what is found. Nothing is written that
 * stays: whoever overwrote a setting is found out, and the chip is left as it was met. "Before" is measured with the
 * median code of the calibration, with as many reads.
 */
import type { ChipPort } from '../emulator/chip-port'
import { mean, median, sd } from '../statistics/summary'
import { Bench } from './bench'
import { partsOf } from './further-settings'
import { CHANNEL_OFFSET_SD, judge, LEAST_USABLE, missed, MOVED, QUADRANT_MEANS } from './limits'
import { takeReading } from './reading'
import { deadChannels } from './routines/converter'
import { NEURONS, readSettings } from './settings'
import { ROUTINES } from './order'
import { readBefore } from './results'
import type { CalibrationProgress, CalibrationResult, Check, ChipSettings } from './types'

export interface Acceptance {
  checks: Check[]
  passed: boolean
}

/**
 * @param result the calibration that the chip is said to hold
 * @param excluded 1 = the operator excluded this neuron
 */
export function* accept(
  port: ChipPort,
  result: CalibrationResult,
  excluded: Uint8Array
): Generator<CalibrationProgress, Acceptance, void> {
  const { settings } = result
  const found = readSettings(port, settings.converterOffsets, partsOf(settings), settings.correlation?.acausalOffsets)
  const bench = new Bench(port, result.targets, result.settings.converterOffsets)
  bench.blind.set(deadChannels(bench))
  const checks: Check[] = []
  const usable = result.usable.map((good, n) => (good && !excluded[n] ? 1 : 0))
  const of = result.routines.length * 2
  let index = 0
  // all readings of the chip as it stands come first: those of "before" write to it
  const after = new Map<string, ReturnType<typeof takeReading>>()
  for (const { name, label, reads } of result.routines) {
    yield { routine: name, label, index, of, step: 0, steps: 1, share: index++ / of }
    const routine = ROUTINES.find((r) => r.name === name)
    if (!routine) continue
    after.set(name, takeReading(bench, routine.check, reads))
    checks.push(...(routine.inspect?.(bench) ?? []))
  }
  for (const old of result.routines) {
    yield { routine: old.name, label: old.label, index, of, step: 0, steps: 1, share: index++ / of }
    const routine = ROUTINES.find((r) => r.name === old.name)
    const reading = after.get(old.name)
    if (!routine || !reading) continue
    const before = readBefore(bench, routine, result.settings, old.reads, routine.codes(found))
    const perNeuron = old.per === 'neuron'
    const counted = old.failed.map((failed, n) => (failed || (perNeuron && excluded[n]) ? 0 : 1))
    const measured = { ...old, before, after: reading.mean, sigma: reading.sigma }
    checks.push(...judge(measured, counted).checks, ...(routine.judge?.(measured) ?? []))
    if (old.target === null && old.after) checks.push(movedCheck(old.label, old.after, reading.mean, counted))
    if (old.name === 'converter_channels')
      checks.push(...converterChecks(found.converterOffsets, reading.mean, counted))
    const off = missed(old.name, old.target, reading.mean)
    for (let n = 0; perNeuron && n < NEURONS; n++) if (off[n]) usable[n] = 0
  }
  checks.push(switchCheck(found, settings))
  const present = excluded.filter((x) => !x).length
  const share = usable.filter((x) => x).length / present
  checks.push({ name: 'Usable neurons', value: share, limit: LEAST_USABLE, unit: '', passed: share >= LEAST_USABLE })
  return { checks, passed: checks.every((check) => check.passed) }
}

/** what was matched without a target must still be where the calibration left it */
function movedCheck(label: string, then: Float64Array, now: Float64Array, counted: Uint8Array): Check {
  const middle = (values: Float64Array): number => median(values.filter((_, n) => counted[n]))
  const value = Math.abs(middle(now) / middle(then) - 1)
  return { name: `${label}: median moved`, value, limit: MOVED, unit: '', passed: value < MOVED }
}

/** digital settings (refractory time, capacitance, modes …) can be read back */
function switchCheck(found: ChipSettings, meant: ChipSettings): Check {
  const value =
    differing(found.switches, meant.switches) +
    differing(found.dynamics?.switches, meant.dynamics?.switches) +
    differing(found.drivers?.top, meant.drivers?.top) +
    differing(found.drivers?.bottom, meant.drivers?.bottom)
  return { name: 'Switches that differ', value, limit: 0, unit: '', passed: value === 0 }
}

function differing<K extends string>(found?: Record<K, Uint8Array>, meant?: Record<K, Uint8Array>): number {
  if (!found || !meant) return 0
  return (Object.keys(meant) as K[]).reduce(
    (sum, key) => sum + found[key].filter((x, n) => x !== meant[key][n]).length,
    0
  )
}

/** limits of test_cadc_calibration.py beyond those that every routine has */
function converterChecks(offsets: Int8Array, middle: Float64Array, counted: Uint8Array): Check[] {
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
  return [check('sd of offsets', offsetSd, CHANNEL_OFFSET_SD), check('quadrant means apart', apart, QUADRANT_MEANS)]
}
