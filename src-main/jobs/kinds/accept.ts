/** Measures a calibrated chip again and applies every limit. */
import type { ChipSettings } from '../../core/calibration/types'
import type { StoredMap } from './calibrate'
import { exclusionMask } from './chip-spec'
import type { JobKind } from './kind'

export const accept: JobKind<'accept'> = {
  task: (store, job) => {
    const calibration = store.calibrations.get(String(job.subject))
    const chip = store.chips.get(calibration.chip)
    const settings = store.calibrations.array<ChipSettings>(calibration.id, 'settings')
    if (!settings) throw new Error(`calibration ${calibration.id} has no settings`)
    const { seed } = store.jobs.input(job.id) as { seed: number }
    return {
      chip: { seed: chip.seed, mismatch: chip.mismatch },
      settings,
      targets: calibration.targets,
      excluded: exclusionMask(chip.neurons, calibration.excluded),
      routines: store.calibrations.routines(calibration.id).flatMap(({ name }) => {
        const map = store.calibrations.array<StoredMap>(calibration.id, `${name}/map`)
        return map ? [{ name, before: map.before, failed: map.failed }] : []
      }),
      seed
    }
  },
  finish: (_store, _job, result) => result
}
