/** A calibration as a table: one row a neuron, every quantity before and after with its sd, code and verdict. */
import type { Output } from '../contract/index'
import { csv } from './csv'

export interface CalibrationTable {
  neurons: number
  /** 1: usable */
  usable: Uint8Array
  /** neurons that an operator had excluded */
  excluded: readonly number[]
  maps: Output<'calibration.maps'>['maps']
}

/** two rows of 256 columns; quadrants 0 top left, 1 top right, 2 bottom left, 3 bottom right (halco v3) */
const ROWS = 2
const PLACE = ['neuron', 'row', 'column', 'quadrant', 'usable [0/1]', 'excluded [0/1]']

export function calibrationCsv({ neurons, usable, excluded, maps }: CalibrationTable): string {
  const columns = Math.ceil(neurons / ROWS)
  const head = maps.flatMap(({ metric, unit }) => [
    `${metric} before [${unit}]`,
    `${metric} after [${unit}]`,
    `${metric} sd of single reads [${unit}]`,
    `${metric} setting [code]`,
    `${metric} failed [0/1]`
  ])
  const out = new Set(excluded)
  const rows = Array.from({ length: neurons }, (_, n) => [
    n,
    Math.floor(n / columns),
    n % columns,
    2 * Math.floor(n / columns) + Math.floor((2 * (n % columns)) / columns),
    usable[n] === 1,
    out.has(n),
    ...maps.flatMap((map) => [map.before[n], map.after[n], map.sigma[n], map.setting[n], map.failed[n] === 1])
  ])
  return csv([...PLACE, ...head], rows)
}
