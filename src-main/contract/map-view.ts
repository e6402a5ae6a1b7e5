/**
 * What a neuron map shows: which value of a metric, which neurons count, which are within the band. The one rule of the
 * window and of the command line. (No zod here: the window's library takes it.)
 */
export const MAP_VIEWS = ['before', 'after', 'setting', 'target', 'residual'] as const
export type MapView = (typeof MAP_VIEWS)[number]

/** `none`: nothing was measured here */
export const CELL_STATES = ['value', 'failed', 'excluded', 'none'] as const
export type CellState = (typeof CELL_STATES)[number]

/** of a metric of a calibration, neuron by neuron; NaN where there is no number */
interface Metric {
  unit: string
  target: number | null
  targets: Float64Array | null
  before: Float64Array
  after: Float64Array
  setting: Float64Array
  failed: Uint8Array
}

export interface Shown {
  values: Float64Array<ArrayBuffer>
  states: CellState[]
  /** neurons that count: measured, not failed, not excluded */
  used: number[]
  unit: string
}

export function shownOf(map: Metric, view: MapView, neurons: number, excluded: ReadonlySet<number>): Shown {
  const values = Float64Array.from({ length: neurons }, (_, n) => valueOf(map, view, n))
  const states = Array.from(values, (value, n): CellState => {
    if (excluded.has(n)) return 'excluded'
    if (map.failed[n]) return 'failed'
    return Number.isNaN(value) ? 'none' : 'value'
  })
  const used = states.flatMap((state, n) => (state === 'value' ? [n] : []))
  return { values, states, used, unit: view === 'setting' ? 'LSB' : map.unit }
}

/** what this neuron shall come to; NaN where only equality is asked for */
export function targetOf(map: Pick<Metric, 'target' | 'targets'>, neuron: number): number {
  return map.targets?.[neuron] ?? map.target ?? NaN
}

export function valueOf(map: Metric, view: MapView, neuron: number): number {
  if (view === 'target') return targetOf(map, neuron)
  if (view === 'residual') return map.after[neuron] - targetOf(map, neuron)
  const value = map[view][neuron]
  return value === undefined ? NaN : value
}

/**
 * Half the width of the band that the views wash and count: 10 % of the target, or 5 LSB (about 20 mV) for potentials
 * read through the column converters. A reading aid; acceptance itself is the spread ratio.
 */
export function bandOf(map: Pick<Metric, 'target' | 'unit'>): number | null {
  if (map.target === null) return null
  return map.unit === 'LSB' ? 5 : Math.abs(map.target) * 0.1
}

export function inBand(
  map: Pick<Metric, 'target' | 'targets' | 'unit'>,
  values: ArrayLike<number>,
  neurons: readonly number[]
): number {
  const band = bandOf(map)
  if (band === null) return 0
  return neurons.filter((n) => Math.abs(values[n] - targetOf(map, n)) <= band).length
}
