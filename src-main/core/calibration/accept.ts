/**
 * Acceptance: measures a chip again, as it stands, and applies every limit to what is found. Nothing is written that
 * stays: whoever overwrote a setting is found out, and the chip is left as it was met. "Before" is measured with the
 * median code of the calibration, with as many reads.
 */
import { GROUPS } from './acceptance/index'
import { atLeast, type Group } from './acceptance/group'
import type { ChipPort } from '../emulator/chip-port'
import { Bench } from './bench'
import { overwritten } from './control'
import { partsOf } from './further-settings'
import { aligned, judge, LEAST_USABLE, missed } from './limits'
import { converterChecks, movedCheck, switchCheck } from './own-checks'
import { takeReading } from './reading'
import type { Reading } from './reading'
import { applySettings, NEURONS, readSettings } from './settings'
import { ROUTINES } from './order'
import { readBefore } from './results'
import type { CalibrationProgress, CalibrationResult, Check, ChipSettings } from './types'

export interface Acceptance {
  checks: Check[]
  passed: boolean
  /** what was measured on the chip as it stands, by routine: mean and sd of single reads */
  readings: { [routine: string]: Reading }
}

/** of one routine, on the chip as it stands */
interface Remeasured {
  name: string
  label: string
  reading: Reading
  own: Check[]
  /** 1: the neuron is off its target */
  off: Uint8Array
  measuresOnly: boolean
}

interface Question {
  bench: Bench
  result: CalibrationResult
  /** what the chip holds */
  found: ChipSettings
  excluded: Uint8Array
}

/**
 * @param result the calibration that the chip is said to hold
 * @param excluded 1 = the operator excluded this neuron
 * @param options control: overwrite the settings first, when every routine's checks must fail, and write them again;
 *   groups: those beyond the routines' own checks, default all
 */
export function* accept(
  port: ChipPort,
  result: CalibrationResult,
  excluded: Uint8Array,
  { control = false, groups: wanted = GROUPS }: { control?: boolean; groups?: readonly Group[] } = {}
): Generator<CalibrationProgress, Acceptance, void> {
  const { settings, routines } = result
  const groups = wanted.filter(({ needs }) => needs.every((name) => routines.some((r) => r.name === name)))
  const count = counter((control ? 4 : 2) * routines.length + groups.length)
  const checks: Check[] = []
  if (control) {
    applySettings(port, overwritten(settings))
    for (const { label, own, measuresOnly } of yield* remeasure(ask(port, result, excluded), count, 'overwritten, ')) {
      if (measuresOnly) continue
      const failing = own.filter((check) => !check.passed).length
      checks.push(atLeast(`Control: ${label}: checks that fail on overwritten settings`, failing, 1))
    }
    applySettings(port, settings)
  }
  const question = ask(port, result, excluded)
  const { bench, found } = question
  const usable = result.usable.map((good, n) => (good && !excluded[n] ? 1 : 0))
  const readings: Acceptance['readings'] = {}
  for (const { name, reading, own, off } of yield* remeasure(question, count)) {
    checks.push(...own)
    readings[name] = reading
    for (let n = 0; n < NEURONS; n++) if (off[n]) usable[n] = 0
  }
  checks.push(switchCheck(found, settings))
  // readings of "before" wrote the ramps anew
  bench.look()
  const as = readSettings(port, settings.converterOffsets, ['dynamics'])
  const counted = result.usable.map((good, n) => (good && !excluded[n] ? 1 : 0))
  for (const group of groups) {
    yield count(group.name, group.label)
    checks.push(...group.measure({ bench, result, found: as, counted }))
    applySettings(port, as)
  }
  const present = excluded.filter((x) => !x).length
  const share = usable.filter((x) => x).length / present
  checks.push(atLeast('Usable neurons', share, LEAST_USABLE))
  return { checks, passed: checks.every((check) => check.passed), readings }
}

type Count = (routine: string, label: string) => CalibrationProgress

function counter(of: number): Count {
  let index = 0
  return (routine, label) => ({ routine, label, index, of, step: 0, steps: 1, share: index++ / of })
}

function ask(port: ChipPort, result: CalibrationResult, excluded: Uint8Array): Question {
  const { settings, targets, lists } = result
  const found = readSettings(port, settings.converterOffsets, partsOf(settings), settings.correlation?.acausalOffsets)
  const bench = new Bench(port, targets, settings.converterOffsets, lists)
  bench.look()
  return { bench, result, found, excluded }
}

/** every routine's checks on the chip as it stands, and the neurons that are off; the chip is left as it was met */
function* remeasure(
  { bench, result, found, excluded }: Question,
  count: Count,
  state = ''
): Generator<CalibrationProgress, Remeasured[], void> {
  // all readings of the chip as it stands come first: those of "before" write to it
  const after = new Map<string, ReturnType<typeof takeReading>>()
  const inspected = new Map<string, Check[]>()
  for (const { name, label, reads } of result.routines) {
    yield count(name, state + label)
    const routine = ROUTINES.find((r) => r.name === name)
    if (!routine) continue
    after.set(name, takeReading(bench, routine.check, reads))
    inspected.set(name, routine.inspect?.(bench) ?? [])
  }
  const measures: Remeasured[] = []
  for (const old of result.routines) {
    yield count(old.name, state + old.label)
    const routine = ROUTINES.find((r) => r.name === old.name)
    const reading = after.get(old.name)
    if (!routine || !reading) continue
    const before = readBefore(bench, routine, result.settings, old.reads, routine.codes(found))
    const perNeuron = old.per === 'neuron'
    const counted = old.failed.map((failed, n) => (failed || (perNeuron && excluded[n]) ? 0 : 1))
    const list = routine.aims === undefined ? undefined : bench.list(routine.aims)
    const error = (values: Float64Array): Float64Array => aligned(values, old.name, old.target, list)
    const measured = { ...old, before: error(before), after: error(reading.mean), sigma: reading.sigma }
    const own = [...(inspected.get(old.name) ?? []), ...judge(measured, counted).checks]
    own.push(...(routine.judge?.({ ...measured, after: reading.mean, before, list, counted }) ?? []))
    if (old.target === null && old.after) own.push(movedCheck(old.label, old.after, reading.mean, counted))
    if (old.name === 'converter_channels') {
      own.push(...converterChecks(found.converterOffsets, reading.mean, old.target ?? NaN, counted))
    }
    const missing = routine.missed?.(reading.mean, bench.targets, list) ?? missed(old.name, old.target, measured.after)
    const off = perNeuron ? missing : new Uint8Array(NEURONS)
    const { measuresOnly = false } = routine
    measures.push({ name: old.name, label: old.label, reading, own, off, measuresOnly })
  }
  return measures
}
