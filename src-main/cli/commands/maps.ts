/** calibration maps, instances, curves, search: what the pages of a chip show, in a terminal */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { median, spread } from '../figures'
import { number, table } from '../text'

function maps({ maps: shown, neuron, without }: Output<'calibration.view'>): string {
  const own = neuron === null ? [] : [`n ${neuron}`]
  const valueOf = ({ values, states }: (typeof shown)[number], n: number): string | number =>
    states[n] === 'value' ? values[n] : states[n] === 'none' ? '–' : states[n]
  const rows = shown.map((m) => {
    const place = m.measuredBy === m.calibration ? m.calibration : `${m.calibration} (${m.measuredBy})`
    const band = m.inBand === null ? '–' : `${m.inBand}/${m.used}`
    const figures = [m.median, m.mad, m.sd, `${m.used}/${m.neurons}`, band, m.spreadRatio, m.limit]
    return [
      ...[m.chipName, place, m.label, m.view, m.unit, m.target, ...figures],
      ...(neuron === null ? [] : [valueOf(m, neuron)])
    ]
  })
  const head = ['chip', 'calibration', 'quantity', 'view', 'unit', 'target', 'median', 'MAD', 'sd', 'used', 'in band']
  const lines = [table([...head, 'ratio', 'limit', ...own], rows)]
  if (without.length > 0) lines.push('', `without this quantity: ${without.join(', ')}`)
  return [...lines, '', 'in band: within 10 % of the target, or 5 LSB of a potential; every neuron: --json'].join('\n')
}

function instances({ maps: shown }: Output<'calibration.instances'>): string {
  const rows = shown.map(({ metric, per, unit, target, before, after, failed }) => {
    const bad = failed.reduce((sum, one) => sum + one, 0)
    return [metric, per, unit, target, median(before), spread(before), median(after), spread(after), bad, after.length]
  })
  const head = ['quantity', 'per', 'unit', 'target', 'before', 'MAD', 'after', 'MAD', 'failed', 'of']
  return `${table(head, rows)}\n\nbefore, after: medians; every instance: --json`
}

function curves({ curves: shown }: Output<'calibration.curves'>): string {
  const rows = shown.flatMap(({ metric, name, x, y, at, p10, p50, p90 }) =>
    Array.from(at, (value, k) => [metric, name, x, value, y, p10[k], p50[k], p90[k]])
  )
  return table(['quantity', 'group', 'x', 'at', 'y', '10 %', 'median', '90 %'], rows)
}

function search({ traces }: Output<'calibration.search'>): string {
  const rows = traces.map(({ metric, unit, target, codes, observed, chosen, bound }) => {
    const steps = codes.map((code, k) => `${code}: ${number(observed[k])}`).join(', ')
    return [metric, target, unit, chosen, bound === 'none' ? '–' : bound, steps]
  })
  return table(['quantity', 'target', 'unit', 'setting', 'bound', 'code: read, step by step'], rows)
}

export const mapCommands = [
  command({
    path: 'calibration maps',
    endpoint: 'calibration.view',
    args: ['calibrations…'],
    flags: { views: 'view' },
    show: maps
  }),
  command({
    path: 'calibration instances',
    endpoint: 'calibration.instances',
    args: ['calibration'],
    show: instances
  }),
  command({ path: 'calibration curves', endpoint: 'calibration.curves', args: ['calibration'], show: curves }),
  command({ path: 'calibration search', endpoint: 'calibration.search', args: ['calibration', 'neuron'], show: search })
]
