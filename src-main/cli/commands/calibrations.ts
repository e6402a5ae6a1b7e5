/** calibrate, calibration, accept */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { number, table, when } from '../text'

type Calibration = Output<'calibration.show'>['calibration']

const list = ({ calibrations }: Output<'calibration.list'>): string =>
  table(
    ['id', 'chip', 'made', 'complete', 'usable', 'of', 'seconds', 'active'],
    calibrations.map((c) => [c.id, c.chip, when(c.createdAt), c.complete, c.usable, c.neurons, c.seconds, c.active])
  )

function detail({ calibration }: { calibration: Calibration }): string {
  const { id, chip, usable, neurons, seconds, active, routines } = calibration
  const rows = routines.map((r) => {
    const of = (s: typeof r.before): string => (s ? `${number(s.median)} ± ${number(s.sd)}` : '–')
    return [r.label, r.unit, r.target, of(r.before), of(r.after), r.spreadRatio, r.limit, r.failed.length, r.passed]
  })
  const head = ['routine', 'unit', 'target', 'before (median ± sd)', 'after', 'ratio', 'limit', 'failed', 'passed']
  const state = `${id} of chip ${chip}: ${usable}/${neurons} neurons usable, ${number(seconds)} s${active ? ', active' : ''}`
  return `${table(head, rows)}\n\n${state}`
}

function acceptance({ checks, passed }: Output<'accept'>): string {
  const rows = checks.map((c) => [c.name, c.value, c.limit, c.unit, c.passed])
  return `${table(['check', 'value', 'limit', 'unit', 'passed'], rows)}\n\n${passed ? 'accepted' : 'not accepted'}`
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
  command({ path: 'calibration activate', endpoint: 'calibration.activate', args: ['calibration'], show: detail }),
  command({
    path: 'accept',
    endpoint: 'accept',
    args: ['calibration'],
    show: acceptance,
    failed: ({ passed }) => !passed
  })
]
