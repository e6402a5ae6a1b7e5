/** Planes of the Yin-Yang disc, and networks with fewer bits or dead units, through the methods' own evaluation. */
import { describe, expect, it } from 'vitest'
import { WhatIfNetwork } from '../../../src-main/compute/what-if/network'
import { solo } from '../../../src-main/core/kernels/team'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { impaired } from '../../../src-main/core/training/impair'
import { planeEpoch, yinYangGrid } from '../../../src-main/core/training/plane'
import { resolveDelgrad } from '../../../src-main/core/training/first-spike/settings'
import type { EpochReport } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'
import { tinySpikes } from './tiny-spikes'

const grid = yinYangGrid(41)
const last = ({ reports }: ReturnType<typeof tinySpikes>): EpochReport =>
  reports.filter((report): report is EpochReport => report.kind === 'epoch').at(-1)!

describe('the grid of the disc', () => {
  it('covers the disc and nothing else', () => {
    expect(grid.cells.length / 41 ** 2).toBeCloseTo(Math.PI / 4, 2)
    const { values = new Float64Array(0) } = grid.points as { values?: Float64Array }
    for (let k = 0; k < grid.cells.length; k++) {
      const [x, y, notX, notY] = values.subarray(4 * k, 4 * k + 4)
      expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThanOrEqual(0.5)
      expect([notX, notY]).toEqual([1 - x, 1 - y])
    }
    // the dots are two of radius 0.1 in a disc of radius 0.5
    expect(grid.points.labels.filter((label) => label === 2).length / grid.cells.length).toBeCloseTo(0.08, 2)
  })

  it('is read after few epochs, and after the last', () => {
    const epochs = Array.from({ length: 300 }, (_, k) => k + 1).filter((epoch) => planeEpoch(epoch, 300))
    expect(epochs).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 300])
  })
})

describe('a plane', () => {
  const run = tinySpikes(kernelsForTest(), solo, { set: { noise: 'none', delays: 'none' }, epochs: 12, plane: grid })
  const { plane, testAccuracy } = last(run)
  const times = plane?.times ?? new Float32Array(0)

  it('tells the class of the earliest label neuron', () => {
    grid.cells.forEach((cell) => {
      const each = [0, 1, 2].map((label) => times[label * 41 * 41 + cell])
      const earliest = Math.min(...each)
      if (earliest < Infinity) expect(each[plane?.read[cell] ?? -1]).toBe(earliest)
    })
    expect(plane?.read.filter((read) => read === -2).length).toBe(41 * 41 - grid.cells.length)
  })

  it('is as often right as the test set says', () => {
    // classes are as large in the test set, not in the disc: weigh them
    const right = [0, 1, 2].map((label) => {
      const cells = grid.cells.filter((_, k) => grid.points.labels[k] === label)
      return cells.filter((cell) => plane?.read[cell] === label).length / cells.length
    })
    expect((right[0] + right[1] + right[2]) / 3).toBeCloseTo(testAccuracy, 0.7)
  })

  it('changes nothing of the run', () => {
    const without = tinySpikes(kernelsForTest(), solo, { set: { noise: 'none', delays: 'none' }, epochs: 12 })
    expect(without.last).toEqual(run.last)
  })
})

describe('what if', () => {
  const set = { delays: 'axonal', noise: 'none' }
  const run = tinySpikes(kernelsForTest(), solo, { set, epochs: 6 })
  const { checkpoint, testAccuracy, hiddenSpikesPerSample } = last(run)
  const config = resolveDelgrad({ hidden: 13, ...set })
  const test = yinYang(110, 2)
  const asked = { method: 'delgrad', chip: { kind: 'ideal' as const }, config, batch: 23, seed: 7, checkpoint, test }
  const network = new WhatIfNetwork(asked, kernelsForTest())
  const usual = { spread: null, temperature: null, bits: null, dead: 0 }

  it('says what the run itself said while nothing is changed', () => {
    expect(network.read(usual, 110)).toEqual({ testAccuracy, hiddenSpikesPerSample, n: 110, of: 110 })
  })

  it('begins with part of the test set and goes on with the rest', () => {
    network.read({ ...usual, bits: 3 }, 110)
    expect(network.read(usual, 30).n).toBe(46)
    expect(network.read(usual, 110).testAccuracy).toBe(testAccuracy)
  })

  it('dead units are silent, and all dead tell nothing', () => {
    const some = network.read({ ...usual, dead: 6 }, 110)
    expect(some.hiddenSpikesPerSample).toBeLessThanOrEqual(7)
    const none = network.read({ ...usual, dead: 13 }, 110)
    expect(none.hiddenSpikesPerSample).toBe(0)
    expect(none.testAccuracy).toBeLessThan(0.5)
  })

  it('weights with b bits have at most 2^b − 1 sizes beside 0, the largest kept', () => {
    const layers = [{ name: 'hiddenWeights', unitOf: () => null, limit: null }]
    const { arrays } = impaired(checkpoint, layers, 13, { bits: 2, dead: 0, seed: 1 })
    const sizes = new Set(Array.from(arrays['hiddenWeights'], (w) => Math.abs(w).toPrecision(12)))
    expect(sizes.size).toBeLessThanOrEqual(4)
    const peak = (list: ArrayLike<number>): number => Math.max(...Array.from(list, Math.abs))
    expect(peak(arrays['hiddenWeights'])).toBeCloseTo(peak(checkpoint.arrays['hiddenWeights']), 12)
  })
})
