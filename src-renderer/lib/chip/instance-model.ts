/** Maps that are not about neurons: drivers [array][driver] and synapses [array][row][column]. No rendering. */
import type { InstanceMap } from '../../api/types'
import { median, quantile, sorted } from '../plot/statistics'

export const INSTANCE_VIEWS = ['before', 'after', 'setting', 'residual'] as const
export type InstanceView = (typeof INSTANCE_VIEWS)[number]
export const ROWS = 256
export const COLUMNS = 256

/** residual: percent off the target, or, where there is none, off the median of the array's half */
export function valuesOf(map: InstanceMap, view: InstanceView): Float32Array {
  if (view !== 'residual') return map[view]
  const { target } = map
  if (target !== null) return map.after.map((value) => 100 * (value / target - 1))
  const middles = [0, 1].map((half) =>
    median(map.after.filter((_, k) => Math.floor((2 * k) / map.after.length) === half))
  )
  return map.after.map((value, k) => value - middles[Math.floor((2 * k) / map.after.length)])
}

export function placeText(per: InstanceMap['per'], k: number): string {
  const array = (length: number): string => (k < length ? 'top' : 'bottom')
  if (per === 'driver') return `driver ${k % 128} of the ${array(128)} array`
  const { row, column } = cellOf(k)
  return `synapse row ${row}, column ${column} of the ${array(ROWS * COLUMNS)} array`
}

export function cellOf(k: number): { array: number; row: number; column: number } {
  return { array: Math.floor(k / (ROWS * COLUMNS)), row: Math.floor(k / COLUMNS) % ROWS, column: k % COLUMNS }
}

/** 0 top left, 1 top right, 2 bottom left, 3 bottom right; drivers belong to an array, not to a half of it */
function quadrantOf(per: InstanceMap['per'], k: number): number {
  if (per === 'driver') return Math.floor(k / 128)
  const { array, column } = cellOf(k)
  return 2 * array + Math.floor(column / (COLUMNS / 2))
}

const NAMES = {
  synapse: ['Q0 top left', 'Q1 top right', 'Q2 bottom left', 'Q3 bottom right'],
  driver: ['top array', 'bottom array']
}

export interface QuadrantRow {
  name: string
  before: number
  after: number
  /** sd of the logarithm */
  spreadBefore: number
  spreadAfter: number
  failed: number
}

export function quadrantRows(map: InstanceMap): QuadrantRow[] {
  const groups = NAMES[map.per].map(() => [] as number[])
  for (let k = 0; k < map.after.length; k++) groups[quadrantOf(map.per, k)].push(k)
  return groups.map((list, q) => {
    const good = list.filter((k) => map.failed[k] === 0)
    const [before, after] = [good.map((k) => map.before[k]), good.map((k) => map.after[k])]
    return {
      name: NAMES[map.per][q],
      before: median(before),
      after: median(after),
      spreadBefore: logSd(before),
      spreadAfter: logSd(after),
      failed: list.length - good.length
    }
  })
}

/** without the outermost 0.5 %, which tell of measurements that went wrong; as core/calibration judges the trims */
function logSd(values: readonly number[]): number {
  const list = sorted(values)
  const [low, high] = [quantile(list, 0.005), quantile(list, 0.995)]
  const logs = [...list].filter((x) => x > 0 && x >= low && x <= high).map(Math.log)
  if (logs.length < 2) return NaN
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length
  return Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (logs.length - 1))
}
