/**
 * The two synapse arrays as a trained network fills them (network-port.ts): input i drives row i of both arrays, the top
 * one excitatory, the bottom one inhibitory; hidden unit h drives row h under another label, to which only the readout
 * columns listen. In a recurrent network hidden columns listen to them, too, and hidden unit h drives row inputs + h.
 * Weights are rounded to codes as `TrainedNetwork.write` does.
 */
import { place } from '../placement'
import type { Checkpoint } from '../types'
import { conversionOf } from './checkpoint'

const ROWS = 256
const NEURONS = 512
const COLUMNS = 256
const LARGEST = 63
/** labels of the synapses that listen to inputs and to hidden units; which two they are does not matter */
const LABELS = { inputs: 0, hidden: 1 }

export interface SynapseArrays {
  /** codes 0 … 63, [row][neuron circuit]; circuits 0 … 255 lie in the top array, the others in the bottom one */
  weights: Uint8Array
  /** [row][neuron circuit] */
  labels: Uint8Array
  /** +1 excitatory, −1 inhibitory, 0 off, [row] */
  topSigns: Int8Array
  bottomSigns: Int8Array
  /** 0 none, 1 hidden, 2 output, [neuron circuit] */
  units: Uint8Array
}

export interface NetworkSize {
  inputs: number
  hidden: number
  outputs: number
}

/** @param usable columns that may be used, as in training */
export function synapsesOf(checkpoint: Checkpoint, size: NetworkSize, usable: Uint8Array | null): SynapseArrays {
  const { inputs, hidden, outputs } = size
  const { weightPerUnit, outputPerUnit } = conversionOf(checkpoint).conversion
  const placed = place({ columns: COLUMNS }, usable, hidden, outputs)
  const weights = new Uint8Array(ROWS * NEURONS)
  const labels = new Uint8Array(ROWS * NEURONS)
  const units = new Uint8Array(NEURONS)
  const put = (row: number, column: number, value: number, label: number): void => {
    const code = Math.max(-LARGEST, Math.min(LARGEST, Math.round(value)))
    const at = row * NEURONS + column
    weights[at] = Math.max(0, code)
    weights[at + COLUMNS] = Math.max(0, -code)
    labels[at] = labels[at + COLUMNS] = label
  }
  placed.hidden.forEach((column, h) => {
    if (column < 0) return
    units[column] = units[column + COLUMNS] = 1
    for (let i = 0; i < inputs; i++) {
      put(i, column, checkpoint.arrays['hidden'][i * hidden + h] * weightPerUnit, LABELS.inputs)
    }
  })
  const { recurrent } = checkpoint.arrays as { recurrent?: ArrayLike<number> }
  const first = recurrent ? inputs : 0
  if (recurrent) {
    placed.hidden.forEach((column, post) => {
      if (column < 0) return
      for (let pre = 0; pre < hidden; pre++) {
        if (placed.hidden[pre] >= 0)
          put(first + pre, column, recurrent[pre * hidden + post] * weightPerUnit, LABELS.hidden)
      }
    })
  }
  let largest = 0
  for (const w of checkpoint.arrays['output']) largest = Math.max(largest, Math.abs(w))
  const scale = Math.min(LARGEST / largest, outputPerUnit)
  placed.outputs.forEach((column, o) => {
    units[column] = units[column + COLUMNS] = 2
    for (let h = 0; h < hidden; h++) {
      if (placed.hidden[h] < 0) continue
      put(first + h, column, checkpoint.arrays['output'][h * outputs + o] * scale, LABELS.hidden)
    }
  })
  const used = recurrent ? inputs + hidden : Math.max(inputs, hidden)
  const signs = (sign: number): Int8Array => Int8Array.from({ length: ROWS }, (_, row) => (row < used ? sign : 0))
  return { weights, labels, topSigns: signs(1), bottomSigns: signs(-1), units }
}
