/** What a neuron map shows: from a metric of a calibration to values, cell states, limits and counts. No rendering. */
import type { NeuronMap } from '../../api/types'
import { type MapView, type Shown, shownOf } from '../../../src-main/contract/map-view'
import { quantile, sorted } from '../plot/statistics'
import { decimalsFor } from '../text/format'
import type { Limits } from '../plot/scale'

export { bandOf, inBand, MAP_VIEWS, type MapView, targetOf, valueOf } from '../../../src-main/contract/map-view'

export const MAP_VIEW_NAMES: Record<MapView, string> = {
  before: 'Before',
  after: 'After',
  setting: 'Setting',
  target: 'Target',
  residual: 'Residual'
}

export interface Cells extends Shown {
  decimals: number
}

export function cellsOf(map: NeuronMap, view: MapView, neurons: number, excluded: ReadonlySet<number>): Cells {
  return { ...shownOf(map, view, neurons, excluded), decimals: view === 'setting' ? 0 : decimalsOf(map) }
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

export function aboveLimit(map: NeuronMap): boolean {
  return map.limit !== null && map.spreadRatio !== null && !(map.spreadRatio <= map.limit)
}
