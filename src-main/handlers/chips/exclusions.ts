/**
 * Which neurons a calibration leaves out. What an operator excluded, with a reason, is one thing and stands with the chip;
 * what a calibration could not bring to its targets is derived from it and kept apart, so that taking the one back does
 * not bring back the other.
 */
import type { StoredMap } from '../../jobs/kinds/calibrate'
import type { Store } from '../../store/index'
import type { Exclusion } from '../../store/chips'

/** neurons that a complete calibration failed to set, each with the routines it failed in */
export function derivedExclusions(store: Store, calibration: string): Exclusion[] {
  const labels = new Map<number, string[]>()
  for (const { name, label, failed } of store.calibrations.routines(calibration)) {
    if (failed.length === 0) continue
    const per = store.calibrations.array<StoredMap>(calibration, `${name}/map`)?.per
    // what belongs to drivers or synapses leaves out no neuron
    if (per && per !== 'neuron') continue
    for (const neuron of failed) labels.set(neuron, [...(labels.get(neuron) ?? []), label])
  }
  return [...labels]
    .sort(([a], [b]) => a - b)
    .map(([neuron, routines]) => ({ neuron, reason: `failed: ${routines.join(', ')}`, by: calibration }))
}

/** what training may map to, as a run's record tells it */
export interface NeuronUse {
  /** by an operator */
  excluded: readonly number[]
  /** by the calibration */
  derived: number[]
  used: number
  of: number
}

export function neuronUse(
  store: Store,
  { calibration, excluded }: { calibration: string | null; excluded: readonly number[] },
  neurons: number
): NeuronUse {
  const usable = calibration === null ? undefined : store.calibrations.array<Uint8Array>(calibration, 'usable')
  const manual = new Set(excluded)
  const atCalibration = new Set(calibration === null ? [] : store.calibrations.get(calibration).excluded)
  const all = Array.from({ length: neurons }, (_, n) => n)
  const out = all.filter((n) => usable?.[n] === 0)
  return {
    excluded,
    // what was excluded when the calibration was made counts as not usable in it, without having failed
    derived: out.filter((n) => !manual.has(n) && !atCalibration.has(n)),
    used: all.filter((n) => usable?.[n] !== 0 && !manual.has(n)).length,
    of: neurons
  }
}
