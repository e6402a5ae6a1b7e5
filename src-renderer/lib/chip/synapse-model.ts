/** The two synapse arrays as one matrix of 256 rows by 512 neurons, whoever filled it. */
import type { ScopeTrace, SynapseArrays } from '../../api/types'

export const ROWS = 256
export const NEURONS = 512
const ARRAY = 256
export const LARGEST_WEIGHT = 63

export interface Matrix {
  /** what filled it */
  from: string
  /** codes and labels, [row][neuron] */
  weights: Uint8Array
  labels: Uint8Array
  /** +1, −1, 0, of the top and of the bottom array */
  signs: readonly [Int8Array, Int8Array]
  /** 0 none, 1 hidden, 2 output, one a neuron */
  units: Uint8Array
}

export interface Cell {
  row: number
  neuron: number
}

export function ofNetwork(arrays: SynapseArrays): Matrix {
  const { run, weights, labels, units, topSigns, bottomSigns } = arrays
  return { from: `run ${run}`, weights, labels, units, signs: [topSigns, bottomSigns] }
}

/** what the oscilloscope's stimulus wrote */
export function ofTrace({ synapses }: ScopeTrace): Matrix {
  const weights = new Uint8Array(ROWS * NEURONS)
  const labels = new Uint8Array(ROWS * NEURONS)
  const signs = [new Int8Array(ROWS), new Int8Array(ROWS)] as const
  for (const row of synapses.rows) {
    for (const half of signs) half[row] = synapses.sign === 'exc' ? 1 : -1
    for (let n = 0; n < NEURONS; n++) {
      if (!synapses.neurons[n]) continue
      weights[row * NEURONS + n] = synapses.weight
      labels[row * NEURONS + n] = synapses.label
    }
  }
  return { from: 'the oscilloscope', weights, labels, signs, units: new Uint8Array(NEURONS) }
}

export function signOf({ signs }: Matrix, { row, neuron }: Cell): number {
  return signs[neuron < ARRAY ? 0 : 1][row]
}

/** weight with its row's sign; 0 where the row is off */
export function signedWeight(matrix: Matrix, row: number, neuron: number): number {
  return matrix.weights[row * NEURONS + neuron] * signOf(matrix, { row, neuron })
}

/** a driver feeds two rows, and sits on the bus of its number mod 4 */
export function driverOf(row: number): { driver: number; bus: number; address: number } {
  const driver = row >> 1
  return { driver, bus: driver % 4, address: driver >> 2 }
}

/** signed weights along a row (512 neurons) or down a column (256 rows) */
export function profile(matrix: Matrix, cell: Cell, along: 'row' | 'column'): Int8Array {
  const length = along === 'row' ? NEURONS : ROWS
  return Int8Array.from({ length }, (_, k) =>
    along === 'row' ? signedWeight(matrix, cell.row, k) : signedWeight(matrix, k, cell.neuron)
  )
}

export function inUse(weights: ArrayLike<number>): number {
  return Array.from(weights).filter((weight) => weight !== 0).length
}

/** filter of the runs on a chip whose weights can be shown on it */
export function runsWithMap(chip: string, methods: readonly string[]): string {
  return `chip=${chip} epochs>0 (${methods.map((name) => `method=${name}`).join(' OR ')})`
}
