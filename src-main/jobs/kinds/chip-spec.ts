/** From the record of a run or evaluation to what the compute process opens. */
import type { ChipSettings, ChipSpec, Silicon } from '../../compute/protocol'
import type { CalibrationUse } from '../../store/records'
import type { Store } from '../../store/index'

export interface Placed {
  chip: string | null
  calibration: string | null
  calibrationUse: CalibrationUse
  excluded: readonly number[]
  config: { readonly [key: string]: unknown }
}

/** the chip as it was when the work was recorded, whatever has become of it since */
export function siliconOf(config: Placed['config']): Silicon {
  const { chipSeed, mismatch, recipe, ageDays, temperature, quirks } = config as Omit<Silicon, 'seed'> & {
    chipSeed: number
  }
  // records from before chips aged have none of the last four
  const since = Object.entries({ recipe, ageDays, temperature, quirks }).filter(([, value]) => value !== undefined)
  return { seed: chipSeed, mismatch, ...Object.fromEntries(since) }
}

export function chipSpec(store: Store, placed: Placed): ChipSpec {
  if (placed.chip === null) return { kind: 'ideal' }
  const { neurons } = store.chips.get(placed.chip)
  const calibration = placed.calibration
  const settings = calibration === null ? null : store.calibrations.array<ChipSettings>(calibration, 'settings')
  if (settings === undefined) throw new Error(`calibration ${calibration} has no settings`)
  const usable = calibration === null ? undefined : store.calibrations.array<Uint8Array>(calibration, 'usable')
  return {
    kind: 'chip',
    ...siliconOf(placed.config),
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
