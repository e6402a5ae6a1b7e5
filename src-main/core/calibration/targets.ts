/** What an operator asks for, checked against the table of targets, with defaults for the rest. */
import { InputError } from '../errors/input-error'
import { median } from '../statistics/summary'
import { TARGETS } from './target-table'
import type { TargetLists, Targets } from './types'

const NEURONS = 512

/**
 * The defaults with overrides; every target is present in the answer.
 * @throws InputError, one line naming the target, the value and what is allowed
 */
export function resolveTargets(overrides: Targets = {}): Targets {
  for (const [key, value] of Object.entries(overrides)) {
    const known = TARGETS.find((t) => t.key === key)
    if (!known)
      throw new InputError(
        'bad-input',
        `target "${key}" does not exist; there are: ${TARGETS.map((t) => t.key).join(', ')}`
      )
    const whole = known.type === 'integer'
    if (!(value >= known.min && value <= known.max) || (whole && !Number.isInteger(value))) {
      const kind = whole ? 'a whole number ' : ''
      throw new InputError(
        'bad-input',
        `target ${key} = ${value}: allowed is ${kind}${known.min} to ${known.max} ${known.unit}`
      )
    }
  }
  const targets: Targets = { ...Object.fromEntries(TARGETS.map((t) => [t.key, t.default])), ...overrides }
  if (targets.threshold <= targets.reset) {
    throw new InputError(
      'bad-input',
      `target threshold = ${targets.threshold}: allowed is more than target reset = ${targets.reset} LSB`
    )
  }
  return targets
}

/**
 * Targets of single neurons, checked, and the targets with their medians (plans are made for the median neuron).
 * @throws InputError naming the target, the neuron, the value and what is allowed
 */
export function resolveLists(
  overrides: Targets,
  lists: Readonly<Record<string, ArrayLike<number>>>
): { targets: Targets; lists: TargetLists } {
  const medians: Record<string, number> = {}
  const resolved: Record<string, Float64Array> = {}
  for (const [key, values] of Object.entries(lists)) {
    const known = TARGETS.find((t) => t.key === key)
    if (!known?.each) {
      const names = TARGETS.filter((t) => t.each).map((t) => t.key)
      throw new InputError('bad-input', `target ${key} is one number for all; lists are for: ${names.join(', ')}`)
    }
    if (values.length !== NEURONS) {
      throw new InputError('bad-input', `target ${key}: ${values.length} values; allowed are one or ${NEURONS}`)
    }
    const list = Float64Array.from(values)
    const bad = list.findIndex((value) => !(value >= known.min && value <= known.max))
    if (bad >= 0) {
      throw new InputError(
        'bad-input',
        `target ${key} = ${list[bad]} of neuron ${bad}: allowed is ${known.min} to ${known.max} ${known.unit}`
      )
    }
    resolved[key] = list
    medians[key] = median(key === 'spike_rate' ? list.filter((x) => x > 0) : list)
    if (Number.isNaN(medians[key])) medians[key] = 0
  }
  const targets = resolveTargets({ ...overrides, ...medians })
  for (let n = 0; n < NEURONS; n++) {
    const of = (key: string): number => resolved[key]?.[n] ?? targets[key]
    if (of('threshold') <= of('reset')) {
      throw new InputError(
        'bad-input',
        `target threshold = ${of('threshold')} of neuron ${n}: allowed is more than its target reset = ${of('reset')} LSB`
      )
    }
  }
  return { targets, lists: resolved }
}

/** one line for every target outside the range in which chips are known to follow */
export function targetWarnings(targets: Targets, lists: TargetLists = {}): string[] {
  return TARGETS.flatMap((t) => {
    const [least, most] = t.feasible
    const beyond = Array.from(lists[t.key] ?? [targets[t.key]]).filter((value) => value < least || value > most)
    if (beyond.length === 0) return []
    const of = lists[t.key] ? ` (${beyond.length} of ${NEURONS} neurons)` : ''
    return [`target ${t.key} = ${beyond[0]}${of}: chips follow between ${least} and ${most} ${t.unit}`]
  })
}
