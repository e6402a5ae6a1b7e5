/**
 * One weight matrix of an emulated network: from weights in the port's units to current steps, with the gain, weight
 * offset and synapses of each unit's column. The meaning of a single synapse is `currentStep` in units.ts.
 */
import { COLUMNS, LARGEST_WEIGHT } from '../../chip/hicann-x/topology'
import type { Arena } from '../../kernels/arena'
import { convertWeights } from '../../kernels/emulate'
import type { WeightConversion } from '../../kernels/emulate'
import type { Kernels } from '../../kernels/module'
import type { NetworkSource } from './source'
import type { Units } from './units'

export interface WeightMatrix {
  rows: number
  /** row of the synapse arrays on which the first of them lies */
  firstRow: number
  /** what does not change from call to call */
  conversion: Omit<WeightConversion, 'source' | 'silencedRows'>
  /** current step of a weight of 1, without its offset: f32 [rows][lanes] */
  scaleExc: Float32Array
  scaleInh: Float32Array
  /** f32 [2][lanes] */
  offsets: Float32Array
  /** effective weight of each code */
  curve: Float32Array
  /** [lanes]: 0 for a silenced column, all bits set for the others */
  keep: Int32Array
}

/**
 * @param lanes of a row of the result
 * @param sourceLanes of a row of the weights that will be written
 * @param result address of the current steps, f32 [rows][lanes]
 * @param firstRow see WeightMatrix
 */
export function weightMatrix(
  arena: Arena,
  rows: number,
  lanes: number,
  sourceLanes: number,
  result: number,
  firstRow = 0
): WeightMatrix {
  const [scaleExc, scaleInh] = [arena.f32(rows * lanes), arena.f32(rows * lanes)]
  const [offsets, keep] = [arena.f32(2 * lanes), arena.i32(lanes)]
  const curve = arena.f32(LARGEST_WEIGHT + 1)
  return {
    rows,
    firstRow,
    scaleExc: scaleExc.data,
    scaleInh: scaleInh.data,
    offsets: offsets.data,
    keep: keep.data,
    curve: curve.data,
    conversion: {
      sourceLanes,
      result,
      lanes,
      scaleExc: scaleExc.at,
      scaleInh: scaleInh.at,
      curve: curve.at,
      offsets: offsets.at,
      keep: keep.at
    }
  }
}

/**
 * The tables of a matrix, for the chip's present settings. A unit without a column has no synapses.
 * @param perExc factor on the current steps of each unit, excitatory
 */
export function fillMatrix(
  matrix: WeightMatrix,
  source: NetworkSource,
  units: Units,
  perExc: Float64Array,
  perInh: Float64Array
): void {
  const { top, bottom } = source.synapses()
  const { lanes } = matrix.conversion
  matrix.keep.fill(-1)
  matrix.curve.set(source.weightCurve())
  for (let u = 0; u < units.count; u++) {
    matrix.offsets[u] = units.weightOffsetExc[u]
    matrix.offsets[lanes + u] = units.weightOffsetInh[u]
    const column = units.column[u]
    for (let row = 0; row < matrix.rows; row++) {
      const synapse = (matrix.firstRow + row) * COLUMNS + column
      matrix.scaleExc[row * lanes + u] = column < 0 ? 0 : top[synapse] * units.stepExc[u] * perExc[u]
      matrix.scaleInh[row * lanes + u] = column < 0 ? 0 : bottom[synapse] * units.stepInh[u] * perInh[u]
    }
  }
}

/** Converts rows and lanes [from, to) of the weights at `source`; see `convertWeights`. */
export function convertMatrix(
  kernels: Kernels,
  matrix: WeightMatrix,
  source: number,
  silencedRows: number,
  rows: readonly [number, number],
  lanes: readonly [number, number]
): void {
  convertWeights(kernels, { ...matrix.conversion, source, silencedRows }, rows, lanes)
}
