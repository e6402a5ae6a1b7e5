// Where a trained network's weights lie on the two arrays.
import { expect, it } from 'vitest'
import { synapsesOf } from '../../../src-main/core/training/surrogate/synapses'
import type { Checkpoint } from '../../../src-main/core/training/types'

const SIZE = { inputs: 3, hidden: 2, outputs: 1 }

function checkpoint(hidden: number[], output: number[]): Checkpoint {
  const moments = { hiddenMean: hidden, hiddenSquare: hidden, outputMean: output, outputSquare: output }
  const arrays = Object.fromEntries(
    Object.entries({ hidden, output, ...moments }).map(([name, values]) => [name, Float32Array.from(values)])
  )
  return {
    epoch: 1,
    arrays,
    numbers: { membranePerUnit: 70, weightPerUnit: 100, outputPerUnit: 40, meanPower: 1, squarePower: 1 }
  }
}

it('puts signs into the arrays, weights on the grid, and hidden units on rows under another label', () => {
  // [input][hidden]; column 0 may not be used, so units lie on columns 1, 2 and the output on the last
  const usable = new Uint8Array(256).fill(1)
  usable[0] = 0
  const arrays = synapsesOf(checkpoint([0.1, -0.2, 0, 2, -0.304, 0.1], [1, -0.5]), SIZE, usable)
  const at = (row: number, column: number): [number, number] => [
    arrays.weights[row * 512 + column],
    arrays.weights[row * 512 + column + 256]
  ]
  expect([at(0, 1), at(0, 2), at(1, 1), at(1, 2), at(2, 1), at(2, 2)]).toEqual([
    [10, 0],
    [0, 20],
    [0, 0],
    [63, 0],
    [0, 30],
    [10, 0]
  ])
  // the largest output weight is 1: at most 40 codes a unit
  expect([at(0, 255), at(1, 255)]).toEqual([
    [40, 0],
    [0, 20]
  ])
  expect([arrays.labels[1], arrays.labels[255], arrays.labels[511]]).toEqual([0, 1, 1])
  expect([...arrays.units].flatMap((unit, n) => (unit > 0 ? [[n, unit]] : []))).toEqual([
    [1, 1],
    [2, 1],
    [255, 2],
    [257, 1],
    [258, 1],
    [511, 2]
  ])
  expect([...arrays.topSigns.subarray(0, 4)]).toEqual([1, 1, 1, 0])
  expect([...arrays.bottomSigns.subarray(0, 4)]).toEqual([-1, -1, -1, 0])
})
