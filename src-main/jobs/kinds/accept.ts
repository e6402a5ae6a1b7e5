/** Measures a calibrated chip again and applies every limit. */
import type { CalibrationResult, ChipSettings, RoutineResult } from '../../compute/protocol'
import type { Routine } from '../../store/calibrations'
import type { Store } from '../../store/index'
import type { StoredMap } from './calibrate'
import { listsOf } from './calibrate'
import { exclusionMask } from './chip-spec'
import type { JobKind } from './kind'

export const accept: JobKind<'accept'> = {
  task: (store, job) => {
    const calibration = store.calibrations.get(String(job.subject))
    // as it is now: what has changed since it was calibrated is to be found
    const {
      neurons,
      seed: chipSeed,
      mismatch,
      recipe,
      ageDays,
      temperature,
      quirks
    } = store.chips.get(job.chip ?? calibration.chip)
    const { seed, control } = store.jobs.input(job.id) as { seed: number; control: boolean }
    return {
      chip: { seed: chipSeed, mismatch, recipe, ageDays, temperature, quirks },
      result: { ...resultOf(store, calibration.id, calibration.targets), lists: listsOf(calibration.config) },
      excluded: exclusionMask(neurons, calibration.excluded),
      seed,
      control
    }
  },
  finish: (store, job, { readings, ...verdict }) => {
    const calibration = String(job.subject)
    const chip = store.chips.get(job.chip ?? store.calibrations.get(calibration).chip)
    const { id, ageDays, temperature } = chip
    const at = new Date().toISOString()
    store.measurements.save(
      { job: job.id, chip: id, calibration, at, ageDays, temperature, passed: verdict.passed },
      readings
    )
    return verdict
  }
}

function resultOf(store: Store, id: string, targets: { [name: string]: number }): CalibrationResult {
  const settings = store.calibrations.array<ChipSettings>(id, 'settings')
  const usable = store.calibrations.array<Uint8Array>(id, 'usable')
  if (!settings || !usable) throw new Error(`calibration ${id} has no settings`)
  const routines = store.calibrations
    .routines(id)
    .map((row) => routineOf(row, store.calibrations.array(id, `${row.name}/map`)))
  return { targets, settings, usable, routines, defects: [], hardwareMs: 0 }
}

function routineOf(row: Routine, map: StoredMap | undefined): RoutineResult {
  if (!map) throw new Error(`routine ${row.name} has no map`)
  const { before: _before, after: _after, failed: _failed, ...same } = row
  const { per = 'neuron', before, after, sigma, setting, failed } = map
  const whole = (values: ArrayLike<number> | null): Float64Array | null => values && Float64Array.from(values)
  const arrays = {
    before: whole(before),
    after: whole(after),
    sigma: whole(sigma),
    setting: Float64Array.from(setting)
  }
  return { ...same, per, ...arrays, failed, search: null, curves: [] }
}
