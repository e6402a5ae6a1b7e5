import { describe, expect, it } from 'vitest'
import { labelsPassing, nextNode, passing, pattern, type Node } from '../../src-renderer/lib/chip/crossbar-model'
import { driverOf, profile, signedWeight, type Matrix } from '../../src-renderer/lib/chip/synapse-model'

describe('a crossbar node', () => {
  it('passes the labels whose masked bits are the target', () => {
    // counted over all labels, as the chip would
    const counted = (mask: number, target: number): number => {
      let n = 0
      for (let label = 0; label < 2 ** 14; label++) if ((label & mask) === target) n++
      return n
    }
    for (const [mask, target, kind] of [
      [0, 0, 'all'],
      [0x3fff, 1, 'some'],
      [0x7c0, 0x40, 'some'],
      [0, 0x3fff, 'none']
    ] as const) {
      expect(passing({ mask, target })).toBe(kind)
      expect(labelsPassing({ mask, target })).toBe(counted(mask, target))
    }
    expect(pattern({ mask: 0x7c0, target: 0x40 })).toBe('···00001······')
  })

  it('is found by the arrow keys past crossings without a node', () => {
    const node = (input: number, output: number): Node => ({ input, output, mask: 0, target: 0, countDrops: false })
    const nodes = [node(0, 0), node(0, 4), node(4, 0), node(8, 1)]
    expect(nextNode(nodes, nodes[0], 'ArrowRight')).toBe(nodes[1])
    expect(nextNode(nodes, nodes[0], 'ArrowDown')).toBe(nodes[2])
    expect(nextNode(nodes, nodes[0], 'ArrowUp')).toBeNull()
    expect(nextNode(nodes, nodes[0], 'Enter')).toBeNull()
  })
})

describe('the synapse matrix', () => {
  const weights = new Uint8Array(256 * 512)
  weights[3 * 512 + 10] = 20
  weights[3 * 512 + 300] = 7
  weights[5 * 512 + 300] = 9
  const top = new Int8Array(256).fill(1)
  const bottom = new Int8Array(256).fill(-1)
  bottom[5] = 0
  const matrix: Matrix = { from: '', weights, labels: weights, signs: [top, bottom], units: new Uint8Array(512) }

  it('has the sign of the row in the neuron’s own array', () => {
    expect([signedWeight(matrix, 3, 10), signedWeight(matrix, 3, 300), signedWeight(matrix, 5, 300)]).toEqual([
      20, -7, 0
    ])
    const row = profile(matrix, { row: 3, neuron: 0 }, 'row')
    expect([row.length, row[10], row[300]]).toEqual([512, 20, -7])
    const column = profile(matrix, { row: 0, neuron: 300 }, 'column')
    expect([column.length, column[3], column[5]]).toEqual([256, -7, 0])
  })

  it('names the driver of a row as halco does', () => {
    expect(driverOf(0)).toEqual({ driver: 0, bus: 0, address: 0 })
    expect(driverOf(27)).toEqual({ driver: 13, bus: 1, address: 3 })
    expect(driverOf(255)).toEqual({ driver: 127, bus: 3, address: 31 })
  })
})
