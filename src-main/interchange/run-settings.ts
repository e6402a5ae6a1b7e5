/** A run's settings as they counted: each with its unit, what was left to the method with what it came to. */
import { type Cell, facts, figure, table, type Section } from './report/page'
import { weightUnit } from './run-pictures'
import type { Run } from './run-report'

/** of a method, as its catalogue has it */
export type SettingInfo = { key: string; unit: string; help: string }

/** what a record says beside the settings of its method */
const RECORDED: Readonly<Record<string, string>> = { ageDays: 'days', temperature: '°C', mismatch: '× silicon' }
/** what was measured on the way to a chip's units (core/training/conversion.ts) */
const MEASURED: Readonly<Record<string, string>> = {
  membranePerUnit: 'LSB of the converter a model unit',
  weightPerUnit: 'LSB a model unit',
  outputPerUnit: 'LSB a model unit',
  responsePerCodeExc: 'LSB of the converter a weight code',
  responsePerCodeInh: 'LSB of the converter a weight code',
  silentHidden: 'hidden units',
  unitsMeasured: 'hidden units',
  unitsFiringAtRest: 'hidden units',
  unitsNeverFiring: 'hidden units'
}

const plain = (value: unknown): Cell => {
  if (typeof value === 'number') return figure(value)
  if (value === null || value === undefined || value === '') return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function settingSections({ config, conversion, chip }: Run, known: readonly SettingInfo[]): Section[] {
  const resolved = conversion as { readonly [key: string]: unknown }
  const info = new Map(known.map((setting) => [setting.key, setting]))
  const rows = Object.entries(config).map(([key, given]): Cell[] => {
    const open = (given === null || given === 0) && key in resolved && resolved[key] !== given
    const unit = info.get(key)?.unit ?? RECORDED[key] ?? ''
    return [
      key,
      open ? plain(resolved[key]) : plain(given),
      unit,
      open ? 'by the method' : 'as recorded',
      info.get(key)?.help ?? ''
    ]
  })
  const ideal = chip === 'ideal'
  const rest = Object.entries(resolved).map(([key, value]): [string, string] => {
    const measured = ideal && MEASURED[key]?.includes('LSB') ? '' : (MEASURED[key] ?? '')
    return [key, `${String(plain(value))} ${info.get(key)?.unit || measured}`.trim()]
  })
  const title = ideal ? 'Resolved settings' : 'Conversion to chip units, and resolved settings'
  const told = ideal ? `Model units throughout: nothing is converted (weights in ${weightUnit({ chip })}).` : ''
  return [
    { title: 'Settings', body: table(['setting', 'value', 'unit', 'whence', 'meaning'], rows) },
    ...(rest.length ? [{ title, body: `${told && `<p>${told}</p>`}${facts(Object.fromEntries(rest))}` }] : [])
  ]
}
