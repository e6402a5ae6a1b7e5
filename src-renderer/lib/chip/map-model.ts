/** What a neuron map shows: from a metric of a calibration to values, cell states, limits and counts. No rendering. */
import type { NeuronMap } from '../../api/types'
import { quantile, sorted } from '../plot/statistics'
import { decimalsFor } from '../text/format'
import type { Limits } from '../plot/scale'

export const MAP_VIEWS = ['before', 'after', 'setting', 'target', 'residual'] as const
export type MapView = (typeof MAP_VIEWS)[number]

export const MAP_VIEW_NAMES: Record<MapView, string> = {
  before: 'Before',
  after: 'After',
  setting: 'Setting',
  target: 'Target',
  residual: 'Residual'
}

/** `none`: nothing was measured here */
export type CellState = 'value' | 'failed' | 'excluded' | 'none'

export interface Cells {
  values: Float64Array
  states: readonly CellState[]
  /** neurons that count: measured, not failed, not excluded */
  used: readonly number[]
  unit: string
  decimals: number
}

export function cellsOf(map: NeuronMap, view: MapView, neurons: number, excluded: ReadonlySet<number>): Cells {
  const values = Float64Array.from({ length: neurons }, (_, n) => valueOf(map, view, n))
  const states = Array.from(values, (value, n): CellState => {
    if (excluded.has(n)) return 'excluded'
    if (map.failed[n]) return 'failed'
    return Number.isNaN(value) ? 'none' : 'value'
  })
  const used = states.flatMap((state, n) => (state === 'value' ? [n] : []))
  return { values, states, used, unit: unitOf(map, view), decimals: view === 'setting' ? 0 : decimalsOf(map) }
}

/** what this neuron shall come to; NaN where only equality is asked for */
export function targetOf(map: NeuronMap, neuron: number): number {
  return map.targets?.[neuron] ?? map.target ?? NaN
}

export function valueOf(map: NeuronMap, view: MapView, neuron: number): number {
  if (view === 'target') return targetOf(map, neuron)
  if (view === 'residual') return map.after[neuron] - targetOf(map, neuron)
  const value = map[view][neuron]
  return value === undefined ? NaN : value
}

function unitOf(map: NeuronMap, view: MapView): string {
  return view === 'setting' ? 'LSB' : map.unit
}

/** two digits of the spread over neurons after calibration */
export function decimalsOf(map: NeuronMap): number {
  const list = sorted(map.after)
  return Math.min(3, decimalsFor((quantile(list, 0.84) - quantile(list, 0.16)) / 2))
}

/** ends of the colour scale: 2nd to 98th percentile of what counts; symmetric about 0 for residuals */
export function robustLimits(cells: Cells, view: MapView): Limits {
  const values = cells.used.map((n) => cells.values[n])
  if (view === 'residual') {
    const end = quantile(sorted(values.map(Math.abs)), 0.98)
    return end > 0 ? [-end, end] : [-1, 1]
  }
  const list = sorted(values)
  const limits: Limits = [quantile(list, 0.02), quantile(list, 0.98)]
  if (limits[1] > limits[0]) return limits
  const centre = Number.isNaN(limits[0]) ? 0 : limits[0]
  const half = Math.abs(centre) * 0.1 || 1
  return [centre - half, centre + half]
}

/**
 * Half the width of the band that the view washes and counts: 10 % of the target, or 5 LSB (about 20 mV) for potentials
 * read through the column converters. A reading aid; acceptance itself is the spread ratio.
 */
export function bandOf(map: NeuronMap): number | null {
  if (map.target === null) return null
  return map.unit === 'LSB' ? 5 : Math.abs(map.target) * 0.1
}

export function inBand(map: NeuronMap, values: ArrayLike<number>, neurons: readonly number[]): number {
  const band = bandOf(map)
  if (band === null) return 0
  return neurons.filter((n) => Math.abs(values[n] - targetOf(map, n)) <= band).length
}

export function aboveLimit(map: NeuronMap): boolean {
  return map.limit !== null && map.spreadRatio !== null && !(map.spreadRatio <= map.limit)
}
