/**
 * Which neurons a calibration leaves out. What an operator excluded, with a reason, is one thing and stands with the chip;
 * what a calibration could not bring to its targets is derived from it and kept apart, so that taking the one back does
 * not bring back the other.
 */
import type { StoredMap } from '../../jobs/kinds/calibrate'
import type { Store } from '../../store/index'
import type { Exclusion } from '../../store/chips'
import { settingsOf } from '../calibrations/lineage'

/**
 * Neurons that a calibration leaves out without a person's word, each with the routines it failed in: the calibration's
 * own, and of the others those of the calibrations whose settings it kept.
 */
export function derivedExclusions(store: Store, calibration: string): Exclusion[] {
  const { chip, excluded } = store.calibrations.get(calibration)
  const out = new Set(neuronUse(store, { calibration, excluded }, store.chips.get(chip).neurons).derived)
  const failures = new Map<number, { by: string; labels: string[] }>()
  const measured = new Set<string>()
  for (const by of settingsOf(store, calibration)) {
    const routines = store.calibrations.routines(by).filter(({ name }) => !measured.has(name))
    for (const { name, label, failed } of routines) {
      measured.add(name)
      const per = failed.length && store.calibrations.array<StoredMap>(by, `${name}/map`)?.per
      // what belongs to drivers or synapses leaves out no neuron
      if (per && per !== 'neuron') continue
      for (const neuron of failed) {
        const known = failures.get(neuron) ?? { by, labels: [] }
        failures.set(neuron, { ...known, labels: [...known.labels, label] })
      }
    }
  }
  return [...out].map((neuron) => {
    const { by, labels } = failures.get(neuron) ?? { by: calibration, labels: [] }
    return { neuron, reason: labels.length ? `failed: ${labels.join(', ')}` : 'a part that it needs is defective', by }
  })
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
