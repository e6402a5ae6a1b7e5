/** The report of a calibration: what was asked for, what came of it, a map before and after and a histogram a quantity. */
import type { Output } from '../contract/index'
import type { CalibrationTable } from './calibration-csv'
import { chipMap, histogram, limitsOf } from './report/figures'
import { facts, figure, page, table, type Section } from './report/page'

type Calibration = Output<'calibration.show'>['calibration']

export interface CalibrationReport extends CalibrationTable {
  calibration: Calibration
  chipName: string
  chipSerial: string
  versions: { readonly [name: string]: string | number }
  units: { readonly [target: string]: string }
}

export function calibrationHtml(report: CalibrationReport): string {
  const { calibration, chipName } = report
  const { id, usable, neurons, createdAt, routines } = calibration
  const passed = routines.filter((routine) => routine.passed).length
  const lead = `${usable} of ${neurons} neurons usable, ${passed} of ${routines.length} routines passed; made ${createdAt}.`
  return page(`Calibration ${id} of chip ${chipName}`, lead, calibrationSections(report))
}

export function calibrationSections(report: CalibrationReport): Section[] {
  const maps = report.maps.map((map) => one(report, map))
  return [summary(report), results(report.calibration), failures(report), ...maps]
}

function summary({ calibration, chipName, chipSerial, versions, excluded, units }: CalibrationReport): Section {
  const { id, seed, seconds, stale, targets, sha256 } = calibration
  const aims = Object.entries(targets).map(([name, value]) => [name, `${figure(value)} ${units[name] ?? ''}`.trim()])
  return {
    title: 'What it is',
    body:
      facts({
        calibration: id,
        chip: `${chipName}, serial ${chipSerial}`,
        stale: stale.length ? stale.join('; ') : 'no',
        'seed of the trial noise': seed,
        took: `${figure(seconds)} s`,
        'excluded by the operator': excluded.length ? excluded.join(', ') : 'none',
        'SHA-256 of all arrays': sha256,
        ...Object.fromEntries(Object.entries(versions).map(([name, value]) => [name, String(value)]))
      }) +
      '<h3>Targets</h3>' +
      facts(Object.fromEntries(aims) as { [name: string]: string })
  }
}

function results({ routines }: Calibration): Section {
  const rows = routines.map(({ label, unit, target, before, after, spreadRatio, limit, reads, failed, passed }) => [
    label,
    unit,
    target,
    before?.median ?? null,
    before?.sd ?? null,
    after?.median ?? null,
    after?.sd ?? null,
    spreadRatio,
    limit,
    reads,
    failed.length,
    passed ? 'yes' : 'no'
  ])
  const head = ['routine', 'unit', 'target', 'before: median', 'sd', 'after: median', 'sd', 'spread ratio', 'limit']
  return {
    title: 'Results',
    body: `<p>Before: the median code written to all neurons. Spread ratio: trimmed sd after / before. Over neurons that neither failed nor were excluded.</p>${table([...head, 'reads', 'failed', 'passed'], rows)}`
  }
}

function failures({ calibration, maps }: CalibrationReport): Section {
  const ofNeurons = calibration.routines.filter(({ name }) => maps.some(({ metric }) => metric === name))
  const bad = ofNeurons.filter(({ failed }) => failed.length > 0)
  const rows = bad.map(({ label, failed }) => [label, String(failed.length), failed.join(', ')])
  return {
    title: 'Neurons that failed',
    body: rows.length ? table(['routine', 'how many', 'neurons'], rows) : '<p>None.</p>'
  }
}

function one(report: CalibrationReport, map: CalibrationTable['maps'][number]): Section {
  const { label, symbol, unit, target, before, after, setting, failed, reads } = map
  const out = new Set(report.excluded)
  const marked = (n: number): boolean => failed[n] === 1 || out.has(n)
  const used = (values: ArrayLike<number>): number[] =>
    Array.from(values).filter((value, n) => !marked(n) && Number.isFinite(value))
  const limits = limitsOf(used(before), used(after))
  const draw = (values: ArrayLike<number>, caption: string, own = limits, of = unit): string =>
    chipMap({ values, limits: own, unit: of, marked, caption })
  return {
    title: `${label} (${symbol})`,
    body: `<div class="pair">
${draw(before, `before, mean of ${reads} reads; crossed: failed or excluded`)}
${draw(after, 'after, on the same scale')}
${draw(setting, 'setting', limitsOf(setting), 'code')}
${histogram({ before: used(before), after: used(after), target, unit })}
</div>`
  }
}
