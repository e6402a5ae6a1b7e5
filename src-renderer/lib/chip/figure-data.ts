/** What the figures of a chip show, as rows: unrounded, units in the head. */
import type { InstanceMap, NeuronMap } from '../../api/types'
import { quadrants } from './layout'
import type { FigureData } from '../plot/figure'
import { cellOf, valuesOf } from './instance-model'
import { targetOf, valueOf } from './map-model'
import type { Limits } from '../plot/scale'
import { histogram, quantile, sorted } from '../plot/statistics'
import { inUse, NEURONS, signedWeight, type Matrix } from './synapse-model'

/** every neuron in every view of the map */
export function mapData(
  map: NeuronMap,
  neurons: number,
  excluded: ReadonlySet<number>,
  notes: ReadonlyMap<number, string>
): FigureData {
  const { unit } = map
  const list = quadrants(neurons)
  const quadrant = (n: number): number => list.findIndex(({ first, count }) => n >= first && n < first + count)
  return {
    head: [
      'neuron',
      'quadrant',
      `before, ${unit}`,
      `after, ${unit}`,
      'setting, LSB',
      `target, ${unit}`,
      `residual, ${unit}`,
      `sd of a read, ${unit}`,
      'state',
      'note'
    ],
    rows: Array.from({ length: neurons }, (_, n) => [
      n,
      quadrant(n),
      map.before[n],
      map.after[n],
      map.setting[n],
      targetOf(map, n),
      valueOf(map, 'residual', n),
      map.sigma[n],
      stateOf(map, n, excluded),
      notes.get(n) ?? ''
    ])
  }
}

/** one row a metric: the distributions of the strip in a few quantiles, and what is asked of their spread */
export function stripData(metrics: readonly NeuronMap[]): FigureData {
  const SHARES = [0.005, 0.25, 0.5, 0.75, 0.995]
  const heads = (of: string): string[] => SHARES.map((share) => `${of}, ${100 * share} % below`)
  const of = (values: ArrayLike<number>): number[] => {
    const list = sorted(values)
    return SHARES.map((share) => quantile(list, share))
  }
  return {
    head: [
      'metric',
      'unit',
      'neurons',
      ...heads('before'),
      ...heads('after'),
      'spread ratio',
      'its limit',
      'measured by'
    ],
    rows: metrics.map((map) => [
      map.label,
      map.unit,
      sorted(map.after).length,
      ...of(map.before),
      ...of(map.after),
      map.spreadRatio,
      map.limit,
      map.measuredBy
    ])
  }
}

function stateOf(map: NeuronMap, n: number, excluded: ReadonlySet<number>): string {
  if (excluded.has(n)) return 'excluded'
  if (map.failed[n]) return 'failed'
  return Number.isNaN(map.after[n]) ? 'no data' : 'used'
}

/** one row a neuron: at which value this share of the neurons is reached, before and after */
export function shareData(map: NeuronMap, used: readonly number[]): FigureData {
  const [before, after] = [map.before, map.after].map((of) => sorted(used.map((n) => of[n])))
  return {
    head: ['share of neurons', `before, ${map.unit}`, `after, ${map.unit}`],
    rows: Array.from(after, (value, k) => [(k + 1) / after.length, before[k] ?? null, value])
  }
}

export function histogramData(map: NeuronMap, used: readonly number[], [low, high]: Limits, bins: number): FigureData {
  const counts = [map.before, map.after].map((of) =>
    histogram(
      used.map((n) => of[n]),
      low,
      high,
      bins
    )
  )
  const edge = (k: number): number => low + (k / bins) * (high - low)
  return {
    head: [`from, ${map.unit}`, `to, ${map.unit}`, 'neurons before', 'neurons after'],
    rows: Array.from({ length: bins }, (_, k) => [edge(k), edge(k + 1), counts[0][k], counts[1][k]])
  }
}

/** drivers or synapses; made row by row, there are up to 131,072 */
export function instanceData(map: InstanceMap): FigureData {
  const residual = valuesOf(map, 'residual')
  const off = map.target === null ? `off the median, ${map.unit}` : 'off the target, %'
  const values = (k: number): (string | number)[] => [
    map.before[k],
    map.after[k],
    map.setting[k],
    residual[k],
    map.failed[k] ? 'failed' : 'used'
  ]
  const head = [`before, ${map.unit}`, `after, ${map.unit}`, 'setting, code', off, 'state']
  const array = (second: boolean): string => (second ? 'bottom' : 'top')
  if (map.per === 'driver') {
    const at = (k: number): (string | number)[] => [array(k >= 128), k % 128, ...values(k)]
    return { head: ['array', 'driver', ...head], rows: { length: map.after.length, at } }
  }
  const at = (k: number): (string | number)[] => {
    const { array: half, row, column } = cellOf(k)
    return [array(half === 1), row, column, ...values(k)]
  }
  return { head: ['array', 'row', 'column', ...head], rows: { length: map.after.length, at } }
}

/** the synapses that are in use */
export function synapseData(matrix: Matrix): FigureData {
  const used = new Uint32Array(inUse(matrix.weights))
  let n = 0
  matrix.weights.forEach((weight, k) => {
    if (weight !== 0) used[n++] = k
  })
  return {
    head: ['row', 'neuron', 'weight, code', 'label'],
    rows: {
      length: used.length,
      at: (i) => {
        const k = used[i]
        const [row, neuron] = [Math.floor(k / NEURONS), k % NEURONS]
        return [row, neuron, signedWeight(matrix, row, neuron), matrix.labels[k]]
      }
    }
  }
}
