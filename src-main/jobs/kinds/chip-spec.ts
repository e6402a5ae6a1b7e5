/** From the record of a run or evaluation to what the compute process opens. */
import type { ChipSettings, ChipSpec } from '../../compute/protocol'
import type { CalibrationUse } from '../../store/records'
import type { Store } from '../../store/index'

export interface Placed {
  chip: string | null
  calibration: string | null
  calibrationUse: CalibrationUse
  excluded: readonly number[]
}

export function chipSpec(store: Store, placed: Placed): ChipSpec {
  if (placed.chip === null) return { kind: 'ideal' }
  const { seed, mismatch, neurons } = store.chips.get(placed.chip)
  const calibration = placed.calibration
  const settings = calibration === null ? null : store.calibrations.array<ChipSettings>(calibration, 'settings')
  if (settings === undefined) throw new Error(`calibration ${calibration} has no settings`)
  const usable = calibration === null ? undefined : store.calibrations.array<Uint8Array>(calibration, 'usable')
  return {
    kind: 'chip',
    seed,
    mismatch,
    settings,
    median: placed.calibrationUse === 'median',
    usable: mask(neurons, usable, placed.excluded)
  }
}

function mask(neurons: number, usable: Uint8Array | undefined, excluded: readonly number[]): Uint8Array {
  const out = usable ? usable.slice() : new Uint8Array(neurons).fill(1)
  for (const neuron of excluded) out[neuron] = 0
  return out
}

/** u8[neurons], 1 = excluded */
export function exclusionMask(neurons: number, excluded: readonly number[]): Uint8Array {
  const out = new Uint8Array(neurons)
  for (const neuron of excluded) out[neuron] = 1
  return out
}
