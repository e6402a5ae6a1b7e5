/** What came of a calibration: every routine measured before (median code for all) and after, and what follows. */
import { median } from '../statistics/summary'
import type { Bench } from './bench'
import { judge, missed } from './limits'
import type { Progress } from './progress'
import { takeReading } from './reading'
import type { Reading } from './reading'
import type { Routine } from './routine'
import { applySettings, NEURONS } from './settings'
import type { CalibrationProgress, CalibrationRequest, ChipSettings, RoutineResult, Search } from './types'

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
  const before = new Map<Routine, Float64Array>()
  for (const { routine } of done) {
    const read = (): Float64Array => readBefore(bench, routine, settings, reads)
    before.set(routine, yield* progress.count(routine.name, `${routine.label}: before`, read))
  }
  applySettings(bench.port, settings)
  const results: RoutineResult[] = []
  for (const one of done) {
    const { name, label, check } = one.routine
    const after = yield* progress.count(name, `${label}: after`, () => takeReading(bench, check, reads))
    results.push(resultOf(bench, settings, one, before.get(one.routine)!, after, reads, excluded))
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
): RoutineResult {
  const { name, label, symbol, quantity, unit, group } = routine
  const target = routine.target(bench.targets)
  const failed = missed(name, target, after)
  const setting = new Float64Array(NEURONS)
  for (let n = 0; n < NEURONS; n++) {
    const instance = Math.floor(n / group)
    setting[n] = routine.codes(settings)[instance]
    if (routine.boundFails && search.bound[instance] !== 0) failed[n] = 1
  }
  const measured = { name, label, unit, target, before, after, sigma, reads }
  const counted = failed.map((bad, n) => (bad || excluded[n] ? 0 : 1))
  const { limit, spreadRatio, passed } = judge(measured, counted)
  return {
    ...measured,
    symbol,
    quantity,
    limit,
    setting,
    failed,
    spreadRatio,
    passed,
    seconds: hardwareMs / 1000,
    search
  }
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
  const { mean } = takeReading(bench, routine.check, reads)
  routine.write(bench, back)
  return mean
}
