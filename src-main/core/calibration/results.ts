/** What came of a calibration: every routine measured before (median code for all) and after, and what follows. */
import { median } from '../statistics/summary'
import type { Bench } from './bench'
import { aligned, judge, missed } from './limits'
import type { Progress } from './progress'
import { takeReading } from './reading'
import type { Reading } from './reading'
import type { CalibrationRequest } from './request'
import type { Routine } from './routine'
import { applySettings } from './settings'
import type { CalibrationProgress, ChipSettings, RoutineResult, Search } from './types'

type Measured = Reading & Pick<RoutineResult, 'curves'>

/** a routine that was run */
export interface Done {
  routine: Routine
  search: Search
  hardwareMs: number
}

/** Leaves the chip with `settings` written for good. */
export function* measureResults(
  bench: Bench,
  settings: ChipSettings,
  done: readonly Done[],
  { reads, excluded }: CalibrationRequest,
  progress: Progress
): Generator<CalibrationProgress, RoutineResult[], void> {
  applySettings(bench.port, settings)
  bench.look()
  const before = new Map<Routine, Float64Array>()
  for (const { routine } of done) {
    const read = (): Float64Array => readBefore(bench, routine, settings, reads)
    before.set(routine, yield* progress.count(routine.name, `${routine.label}: before`, read))
  }
  applySettings(bench.port, settings)
  bench.look()
  const results: RoutineResult[] = []
  for (const one of done) {
    const { name, label, check, curves } = one.routine
    const averaged = readsOf(one.routine, reads)
    const read = (): Measured => ({ ...takeReading(bench, check, averaged), curves: curves?.(bench) ?? [] })
    const after = yield* progress.count(name, `${label}: after`, read)
    const result = resultOf(bench, settings, one, before.get(one.routine)!, after, averaged, excluded)
    results.push({ ...result, curves: after.curves })
  }
  // reading the threshold rewrites the leak bias
  applySettings(bench.port, settings)
  return results
}

function resultOf(
  bench: Bench,
  settings: ChipSettings,
  { routine, search, hardwareMs }: Done,
  before: Float64Array,
  { mean: after, sigma }: Reading,
  reads: number,
  excluded: Uint8Array
): Omit<RoutineResult, 'curves'> {
  const { name, label, symbol, quantity, unit, group, per = 'neuron' } = routine
  const target = routine.target(bench.targets)
  const list = routine.aims === undefined ? undefined : bench.list(routine.aims)
  const error = (values: Float64Array): Float64Array => aligned(values, name, target, list)
  const failed = routine.missed?.(after, bench.targets, list) ?? missed(name, target, error(after))
  const setting = new Float64Array(after.length)
  const codes = routine.codes(settings)
  for (let n = 0; n < setting.length; n++) {
    const instance = per === 'neuron' ? Math.floor(n / group) : n
    setting[n] = codes[instance]
    if (routine.boundFails && search.bound[instance] !== 0) failed[n] = 1
  }
  const measured = { name, label, unit, target, before, after, sigma, reads }
  const counted = failed.map((bad, n) => (bad || (per === 'neuron' && excluded[n]) ? 0 : 1))
  const { limit, spreadRatio, passed } = judge({ ...measured, before: error(before), after: error(after) }, counted)
  const own = routine.judge?.({ ...measured, list, counted }) ?? []
  return {
    ...measured,
    per,
    symbol,
    quantity,
    limit,
    setting,
    failed,
    spreadRatio,
    passed: passed && own.every((verdict) => verdict.passed),
    seconds: hardwareMs / 1000,
    search
  }
}

/** how many readings are averaged where `reads` are asked for */
function readsOf({ check }: Routine, reads: number): number {
  return Math.min(reads, check.mostReads ?? reads)
}

/** reading with the median code of `settings` in all cells of the routine; `back` is written afterwards */
export function readBefore(
  bench: Bench,
  routine: Routine,
  settings: ChipSettings,
  reads: number,
  back: ArrayLike<number> = routine.codes(settings)
): Float64Array {
  const codes = routine.codes(settings)
  const middle = Math.round(median(codes))
  routine.write(bench, new Int16Array(codes.length).fill(middle))
  const { mean } = takeReading(bench, routine.check, readsOf(routine, reads))
  routine.write(bench, back)
  return mean
}
