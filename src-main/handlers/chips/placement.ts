/**
 * Which chip, with which settings, a run or an evaluation works on: resolved and refused here, before anything is
 * recorded.
 */
import { InloopError } from '../../contract/errors'
import type { Json } from '../../store/canonical'
import type { Store } from '../../store/index'
import type { CalibrationUse } from '../../store/records'
import { settingsHash } from '../calibrations/completed'

export const IDEAL = 'ideal'

export interface Placement {
  chip: string | null
  chipName: string
  chipSerial: string
  chipSeed: number | null
  mismatch: number | null
  recipe: string | null
  quirks: boolean | null
  ageDays: number | null
  temperature: number | null
  calibration: string | null
  calibrationUse: CalibrationUse
  excluded: number[]
}

/**
 * @param chip id or name, or `ideal`
 * @param choice id of a calibration, `active`, or `none`: the active calibration's median code for all neurons, or the
 *   data sheet's where there is none
 */
export function place(store: Store, chip: string, choice: string, allowOtherChip = false): Placement {
  if (chip === IDEAL) {
    return {
      chip: null,
      chipName: IDEAL,
      chipSerial: IDEAL,
      chipSeed: null,
      mismatch: null,
      recipe: null,
      quirks: null,
      ageDays: null,
      temperature: null,
      calibration: null,
      calibrationUse: 'ideal',
      excluded: []
    }
  }
  const { id, name, serial, seed, mismatch, recipe, quirks, ageDays, temperature, active } = store.chips.get(chip)
  const excluded = store.chips.exclusions(id).map((e) => e.neuron)
  const made = { chipSerial: serial, chipSeed: seed, mismatch, recipe, quirks, ageDays, temperature }
  const basis = { chip: id, chipName: name, ...made, excluded }
  if (choice === 'none')
    return { ...basis, calibration: active, calibrationUse: active === null ? 'default' : 'median' }
  if (choice === 'active' && active === null) {
    throw new InloopError(
      'bad-input',
      `calibration: chip ${id} has no active calibration; \`inloop calibrate ${id}\` makes one, \`--calibration none\` does without`
    )
  }
  const calibration = store.calibrations.get(choice === 'active' ? String(active) : choice)
  if (!calibration.complete) {
    throw new InloopError(
      'bad-input',
      `calibration: ${calibration.id} is not complete; \`inloop resume ${calibration.job}\``
    )
  }
  onItsChip(calibration, { id, serial }, allowOtherChip)
  return { ...basis, calibration: calibration.id, calibrationUse: 'calibrated' }
}

/** refuses a calibration of another chip, unless that is what is wanted */
export function onItsChip(
  { id, chip, chipSerial }: { id: string; chip: string; chipSerial: string },
  on: { id: string; serial: string },
  allowed: boolean
): void {
  if (chipSerial === on.serial || allowed) return
  throw new InloopError(
    'bad-input',
    `calibration: ${id} of ${chip} was made on serial ${chipSerial}; chip ${on.id} has serial ${on.serial}; --allow-other-chip takes it all the same`
  )
}

/** refuses a calibration that aims elsewhere than the method needs, naming each target and the preset that has them */
export function checkTargets(
  store: Store,
  placed: Placement,
  method: { name: string; preset: string; targets: { readonly [name: string]: number } } | undefined
): void {
  if (!method || placed.calibration === null || placed.calibrationUse === 'default') return
  const { id, targets } = store.calibrations.get(placed.calibration)
  const wrong = Object.entries(method.targets).filter(([name, value]) => targets[name] !== value)
  if (wrong.length === 0) return
  const list = wrong.map(([name, value]) => `${name} ${targets[name]} (needs ${value})`).join(', ')
  throw new InloopError(
    'bad-input',
    `calibration: ${id} of chip ${placed.chip} aims at ${list}; ${method.name} needs its own working point, preset ${method.preset}: \`inloop calibrate ${placed.chip} --preset ${method.preset}\``
  )
}

/** the part of a configuration that says what the chip was */
export function placementConfig(store: Store, placed: Placement): { [key: string]: Json } {
  const { chipSerial, chipSeed, mismatch, recipe, quirks, ageDays, temperature } = placed
  const { calibration, calibrationUse, excluded } = placed
  return {
    chip: chipSerial,
    chipSeed,
    mismatch,
    recipe,
    quirks,
    ageDays,
    temperature,
    calibration: calibrationUse,
    calibrationHash: calibration === null ? null : settingsHash(store, calibration),
    ...detuned(store, placed),
    ...otherChip(store, placed),
    excluded: excluded.join(',')
  }
}

/** of a calibration that was set wrong on purpose, by how much */
function detuned(store: Store, { calibration }: Placement): { [key: string]: Json } {
  const { detune, detuneSeed } = calibration === null ? {} : store.calibrations.get(calibration).config
  return detune === undefined ? {} : { detune, detuneSeed }
}

/** of a calibration that was made on another chip, the serial number of that chip */
function otherChip(store: Store, { calibration, chipSerial }: Placement): { calibrationChip?: string } {
  if (calibration === null) return {}
  const made = store.calibrations.get(calibration).chipSerial
  return made === chipSerial ? {} : { calibrationChip: made }
}
