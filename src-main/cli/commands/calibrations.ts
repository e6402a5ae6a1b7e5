/** calibrate, calibration, accept */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { number, table, when } from '../text'

type Calibration = Output<'calibration.show'>['calibration']

const list = ({ calibrations }: Output<'calibration.list'>): string =>
  table(
    ['id', 'chip', 'made', 'complete', 'usable', 'of', 'seconds', 'active', 'stale'],
    calibrations.map((c) => {
      const { id, chip, createdAt, complete, usable, neurons, seconds, active, stale } = c
      return [id, chip, when(createdAt), complete, usable, neurons, seconds, active, stale.join('; ') || 'no']
    })
  )

function detail({ calibration }: { calibration: Calibration }): string {
  const { id, chip, usable, neurons, seconds, active, routines, failures, defects, warnings } = calibration
  const rows = routines.map((r) => {
    const of = (s: typeof r.before): string => (s ? `${number(s.median)} ± ${number(s.sd)}` : '–')
    return [r.label, r.unit, r.target, of(r.before), of(r.after), r.spreadRatio, r.limit, r.failed.length, r.passed]
  })
  const head = ['routine', 'unit', 'target', 'before (median ± sd)', 'after', 'ratio', 'limit', 'failed', 'passed']
  const state = `${id} of chip ${chip}: ${usable}/${neurons} neurons usable, ${number(seconds)} s${active ? ', active' : ''}`
  const stale = calibration.stale.map((reason) => `\nstale: ${reason}`).join('')
  const parts = [
    table(head, rows),
    ...(failures.length > 0 ? [failed(failures)] : []),
    ...(defects.length > 0 ? [defective(defects)] : []),
    ...warnings,
    state + stale
  ]
  return parts.join('\n\n')
}

function scheduleTable({ schedules }: Output<'calibration.schedules'>): string {
  const rows = schedules.map(({ chip, time, next, lastAt }) => [chip, time, when(next), lastAt && when(lastAt)])
  return `${table(['chip', 'daily at', 'next, if the window is open', 'last'], rows)}`
}

function drift({ timeline: { points, neuron } }: Output<'chip.timeline'>): string {
  const own = neuron === null ? [] : [`n ${neuron}`]
  const rows = points.flatMap((p) =>
    p.metrics.map(({ label, unit, median, sd, value }) => {
      const what = p.kind === 'calibration' ? p.calibration : `${p.calibration} again`
      return [when(p.at), what, p.ageDays, p.temperature, label, unit, median, sd, ...(neuron === null ? [] : [value])]
    })
  )
  return table(['made', 'what', 'days', '°C', 'quantity', 'unit', 'median', 'sd', ...own], rows)
}

/** the neurons that differ most, of each quantity */
const SHOWN = 3

function difference({ diff }: Output<'calibration.diff'>): string {
  const { a, b, quantities, record, lost, gained, onlyA, onlyB, equal } = diff
  const rows = quantities.map((q) => {
    const worst = [...q.neurons].sort((x, y) => Math.abs(y.delta) - Math.abs(x.delta)).slice(0, SHOWN)
    const named = worst.map(({ neuron, delta }) => `n ${neuron} ${number(delta)}`).join(', ')
    return [q.label, q.unit, q.medianDelta, q.largestDelta, q.differing, q.compared, q.settingsDiffering, named]
  })
  const head = ['quantity', 'unit', 'median Δ', 'largest Δ', 'differ', 'of', 'codes', 'most']
  const neurons = (title: string, list: readonly (number | string)[]): string[] =>
    list.length ? [`${title}: ${list.join(', ')}`] : []
  const lines = [
    table(head, rows),
    '',
    ...(record.length
      ? [
          table(
            ['record', a.id, b.id],
            record.map((row) => [row.key, row.a, row.b])
          ),
          ''
        ]
      : []),
    ...neurons(`usable in ${a.id} alone`, lost),
    ...neurons(`usable in ${b.id} alone`, gained),
    ...neurons(`only in ${a.id}`, onlyA),
    ...neurons(`only in ${b.id}`, onlyB),
    equal ? `${a.id} and ${b.id} are the same within tolerance` : `${a.id} and ${b.id} differ`
  ]
  return lines.join('\n')
}

function failed(failures: Calibration['failures']): string {
  const rows = failures.map((f) => {
    const bound = f.bound === 'none' ? 'inside its range' : `the ${f.bound} bound`
    return [f.neuron, f.label, bound, f.measured ?? 'not measured', f.residual, f.unit]
  })
  return table(['neuron', 'failed in', 'search ended at', 'measured', 'off target', 'unit'], rows)
}

function defective(defects: Calibration['defects']): string {
  const rows = defects.map(({ part, address, why }) => [part, address, why])
  return table(['defective part', 'where', 'why'], rows)
}

function acceptance({ checks, passed }: Output<'accept'>): string {
  const rows = checks.map((c) => {
    const limit = c.limit === null ? null : `${c.relation ?? '<'} ${number(c.limit)}`
    return [c.name, c.value, limit, c.unit, c.notApplicable ? 'not applicable' : c.passed]
  })
  return `${table(['check', 'value', 'limit', 'unit', 'passed'], rows)}\n\n${passed ? 'accepted' : 'not accepted'}`
}

function trace({ trace: one }: Output<'calibration.trace'>): string {
  if (one === null) return 'this routine has no trace of the fast converter'
  const { samples, stepUs, fit, residualSd, unit } = one
  const range = `${samples.length} samples every ${number(stepUs)} us, ${Math.min(...samples)} … ${Math.max(...samples)} ${unit}`
  if (!fit) return `${range}\nnothing could be fitted`
  const curve = `${fit.quantity}: ${number(fit.value)} ${fit.unit}`
  return `${range}\n${curve}, sd of the residuals ${number(residualSd ?? NaN)}\nevery sample: --json`
}

function converterTable({ calibration, converters }: Output<'chip.converters'>): string {
  const rows = converters.map(({ side, gain, offset, stuck }) => {
    const works = [...offset.keys()].filter((n) => stuck[n] === 0)
    const range = (of: Float64Array): string => {
      const list = works.map((n) => of[n]).sort((a, b) => a - b)
      return `${number(list[0])} … ${number(list[list.length >> 1])} … ${number(list[list.length - 1])}`
    }
    const dead = [...stuck.keys()].filter((n) => stuck[n] === 1)
    return [side, range(gain), range(offset), dead.join(', ') || 'none']
  })
  const head = ['channels', 'gain (low … median … high)', 'offset, LSB', 'stuck']
  return `${table(head, rows)}\n\nsettings: ${calibration ?? "the data sheet's"}; every channel: --json`
}

export const calibrationCommands = [
  command({
    path: 'calibrate',
    endpoint: 'calibrate',
    args: ['chip'],
    flags: { routines: 'routine', targets: 'target' },
    show: detail
  }),
  command({ path: 'calibration list', endpoint: 'calibration.list', show: list }),
  command({ path: 'calibration show', endpoint: 'calibration.show', args: ['calibration'], show: detail }),
  command({ path: 'calibration trace', endpoint: 'calibration.trace', args: ['calibration', 'metric'], show: trace }),
  command({ path: 'calibration activate', endpoint: 'calibration.activate', args: ['calibration'], show: detail }),
  command({
    path: 'calibration diff',
    endpoint: 'calibration.diff',
    args: ['a', 'b'],
    show: difference,
    switch: {
      flag: '--fail-on-difference',
      help: 'exit status 1 if something differs beyond tolerance',
      failed: ({ diff }) => !diff.equal
    }
  }),
  command({
    path: 'calibration schedule',
    endpoint: 'calibration.schedule',
    args: ['chip', 'time'],
    show: scheduleTable
  }),
  command({ path: 'calibration schedules', endpoint: 'calibration.schedules', show: scheduleTable }),
  command({ path: 'chip converters', endpoint: 'chip.converters', args: ['chip'], show: converterTable }),
  command({ path: 'chip timeline', endpoint: 'chip.timeline', args: ['chip'], show: drift }),
  command({
    path: 'calibration export',
    endpoint: 'calibration.export',
    args: ['calibration', 'file'],
    show: ({ file, bytes, sha256 }) => `${file}\n${bytes} bytes, sha256 ${sha256}`
  }),
  command({ path: 'calibration import', endpoint: 'calibration.import', args: ['file'], show: detail }),
  command({
    path: 'accept',
    endpoint: 'accept',
    args: ['calibration'],
    show: acceptance,
    failed: ({ passed }) => !passed
  })
]
