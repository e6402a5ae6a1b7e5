/** Calibrations that are whole: only these can be shown neuron by neuron, written to a chip, or compared. */
import { InloopError } from '../../contract/errors'
import type { StoredSettings } from '../../jobs/kinds/calibrate'
import { hashOf, type Json } from '../../store/canonical'
import type { Store } from '../../store/index'

export function completed(store: Store, id: string): ReturnType<Store['calibrations']['get']> {
  const calibration = store.calibrations.get(id)
  if (calibration.complete) return calibration
  throw new InloopError(
    'conflict',
    `calibration ${id} is not complete; \`inloop resume ${calibration.job}\` finishes it`
  )
}

/** SHA-256 of the settings that a calibration writes: what two calibrations with the same effect share */
export function settingsHash(store: Store, calibration: string): string {
  const settings = store.calibrations.array<StoredSettings>(calibration, 'settings')
  if (!settings) throw new InloopError('internal', `calibration ${calibration} has no settings`)
  return hashOf(plain(settings) as { [part: string]: Json })
}

/** arrays as lists of numbers; what is absent stays so, and with it the hash of a calibration without further parts */
function plain(value: unknown): Json {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}
