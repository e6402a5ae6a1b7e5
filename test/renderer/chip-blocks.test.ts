import { describe, expect, it } from 'vitest'
import { BLOCKS, DRAWING, nextBlock } from '../../src-renderer/lib/chip/blocks'

describe('the drawing of the chip', () => {
  it('has every block once, inside the chip, and none over another', () => {
    expect(new Set(BLOCKS.map(({ id }) => id)).size).toBe(BLOCKS.length)
    for (const a of BLOCKS) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.w <= DRAWING.width && a.y + a.h <= DRAWING.height).toBe(true)
      for (const b of BLOCKS) {
        if (a === b) continue
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(apart, `${a.id} and ${b.id}`).toBe(true)
      }
    }
  })

  it('draws arrays and neurons to their counts', () => {
    const count = (kind: string): number => BLOCKS.filter((block) => block.kind === kind).length
    expect(['synapses', 'neurons', 'memory', 'drivers', 'converters', 'processor'].map(count)).toEqual([
      4, 4, 4, 2, 2, 2
    ])
    const size = (id: string): [number, number] => {
      const block = BLOCKS.find((one) => one.id === id)
      return [block?.w ?? 0, block?.h ?? 0]
    }
    // 128 columns and 256 rows of synapses that are 3 : 2
    const [width, height] = size('synapses-0')
    expect(width / 128 / (height / 256)).toBeCloseTo(1.5, 6)
    expect(size('neurons-3')[0]).toBe(width)
    expect(size('drivers-top')[1]).toBe(height)
  })

  it('is walked with the arrow keys: every block can be reached from every other', () => {
    const reached = new Set([BLOCKS[0].id])
    const queue = [BLOCKS[0]]
    for (let block = queue.pop(); block; block = queue.pop()) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        const to = nextBlock(block, key)
        if (reached.has(to.id)) continue
        reached.add(to.id)
        queue.push(to)
      }
    }
    expect(BLOCKS.filter(({ id }) => !reached.has(id)).map(({ id }) => id)).toEqual([])
  })
})
