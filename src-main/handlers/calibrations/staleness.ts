/** Whether a calibration still describes its chip as it is, and if not, why. */
import type { Output } from '../../contract/index'
import type { CalibrationSummary } from '../../store/calibrations'
import type { Chip } from '../../store/chips'
import type { Store } from '../../store/index'

type Summary = Output<'calibration.list'>['calibrations'][number]

/** with the reasons why it is stale */
export function summaryOf(store: Store, id: string): Summary {
  return judged(store, store.calibrations.summary(id))
}

/** newest first */
export function summaries(store: Store, chip?: string): Summary[] {
  const chips = new Map(store.chips.list().map((each) => [each.id, each]))
  return store.calibrations.list(chip).map((summary) => judged(store, summary, chips.get(summary.chip)))
}

function judged(store: Store, summary: CalibrationSummary, chip = store.chips.get(summary.chip)): Summary {
  return { ...summary, stale: summary.complete ? reasons(store, summary, chip) : [] }
}

function reasons(store: Store, summary: CalibrationSummary, chip: Chip): string[] {
  const { id, chip: chipId, ageDays, temperature } = summary
  const { excluded, chipSerial, config } = store.calibrations.get(id)
  const list: string[] = []
  if (chipSerial !== chip.serial) list.push(`made on another chip (serial ${chipSerial})`)
  if (chip.ageDays !== ageDays) list.push(`the chip has aged by ${number(chip.ageDays - ageDays)} days since`)
  if (chip.temperature !== temperature) {
    list.push(`made at ${number(temperature)} °C, the chip is at ${number(chip.temperature)} °C`)
  }
  if (Boolean(config['quirks']) !== chip.quirks)
    list.push(`quirks of the chip were switched ${chip.quirks ? 'on' : 'off'}`)
  const now = new Set(store.chips.exclusions(chipId).map(({ neuron }) => neuron))
  const then = new Set(excluded)
  const added = [...now].filter((neuron) => !then.has(neuron))
  const removed = [...then].filter((neuron) => !now.has(neuron))
  if (added.length) list.push(`excluded since: ${few(added)}`)
  if (removed.length) list.push(`taken back since: ${few(removed)}`)
  return list
}

const MOST = 5

function few(neurons: readonly number[]): string {
  const rest = neurons.length - MOST
  return `neuron ${neurons.slice(0, MOST).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function number(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** what a person should know who looks at a run: whether its calibration fitted, and what has come since */
export function calibrationWarnings(
  store: Store,
  run: {
    chip: string | null
    calibration: string | null
    chipSerial: string
    config: { readonly [key: string]: unknown }
  }
): string[] {
  if (run.chip === null || run.calibration === null) return []
  const { id, chipSerial, chip, ageDays, temperature } = store.calibrations.get(run.calibration)
  const { active } = store.chips.get(run.chip)
  const then = run.config as { ageDays?: number; temperature?: number }
  const list: string[] = []
  if (chipSerial !== run.chipSerial)
    list.push(`calibration ${id} was made on another chip (${chip}, serial ${chipSerial})`)
  else if ((then.ageDays ?? ageDays) !== ageDays || (then.temperature ?? temperature) !== temperature) {
    list.push(`calibration ${id} was stale: the chip had aged or changed its temperature since`)
  }
  if (active !== null && active !== id) list.push(`calibration ${id} is superseded: ${active} is active now`)
  return list
}
