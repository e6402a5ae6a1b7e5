/** The report of a chip: what it is, its calibrations with the active one in full, what is excluded, what ran on it. */
import type { Output } from '../contract/index'
import { calibrationSections, type CalibrationReport } from './calibration-html'
import { facts, figure, page, table } from './report/page'
import { percent } from './run-report'

export interface ChipReport {
  chip: Output<'chip.show'>['chip']
  /** the active calibration; null: it has none */
  active: CalibrationReport | null
  /** the newest */
  runs: Output<'runs.list'>['runs']
  total: number
}

export function chipHtml({ chip, active, runs, total }: ChipReport): string {
  const state = active ? `calibration ${active.calibration.id} is active` : 'not calibrated'
  const lead = `${chip.model}, ${chip.neurons} neurons, serial ${chip.serial}; ${state}.`
  return page(`Chip ${chip.name}`, lead, [
    { title: 'What it is', body: identity(chip) },
    { title: 'Calibrations', body: calibrations(chip) },
    { title: 'Neurons out of use', body: exclusions(chip) },
    { title: 'Notes on neurons', body: notes(chip) },
    {
      title: 'Runs on it',
      body: total
        ? `<p>${figure(runs.length)} of ${figure(total)}, newest first.</p>${table(
            ['run', 'name', 'method', 'data set', 'calibration', 'test accuracy', 'n', 'made'],
            runs.map((r) => [
              r.id,
              r.name,
              r.method,
              r.dataset,
              r.calibration ?? 'none',
              percent(r.metrics.testAccuracy),
              r.metrics.n,
              r.createdAt
            ])
          )}`
        : '<p>None.</p>'
    },
    ...(active
      ? calibrationSections(active).map((section) => ({
          ...section,
          title: `${active.calibration.id}: ${section.title}`
        }))
      : [])
  ])
}

function identity(chip: ChipReport['chip']): string {
  return facts({
    chip: chip.id,
    name: chip.name,
    model: chip.model,
    serial: chip.serial,
    seed: chip.seed,
    'mismatch (1: as measured on silicon)': chip.mismatch,
    recipe: chip.recipe,
    quirks: chip.quirks ? 'on' : 'off',
    'age, days': chip.ageDays,
    'temperature, °C': chip.temperature,
    made: chip.createdAt
  })
}

function calibrations({ calibrations: list }: ChipReport['chip']): string {
  if (list.length === 0) return '<p>None.</p>'
  const rows = list.map((c) => [
    c.id,
    c.active ? 'active' : 'kept',
    c.complete ? `${c.usable} of ${c.neurons}` : 'not complete',
    c.seed,
    c.ageDays,
    c.temperature,
    c.stale.join('; ') || 'no',
    c.createdAt
  ])
  return table(['calibration', 'state', 'usable', 'seed', 'age, days', '°C', 'stale', 'made'], rows)
}

export function notes({ notes: list }: ChipReport['chip']): string {
  const rows = list.map((one) => [one.neuron, one.note, one.at])
  return rows.length ? table(['neuron', 'note', 'noted'], rows) : '<p>None.</p>'
}

export function exclusions({ exclusions: list, derived }: ChipReport['chip']): string {
  const rows = [...list, ...derived].map((e) => [e.neuron, e.reason, e.by])
  return rows.length ? table(['neuron', 'why', 'by'], rows) : '<p>None.</p>'
}
