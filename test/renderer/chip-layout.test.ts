import { describe, expect, it } from 'vitest'
import { neighbour, placeOf, quadrants } from '../../src-renderer/lib/chip/layout'
import { mapGeometry } from '../../src-renderer/lib/chip/map-geometry'

describe('the layout of a chip', () => {
  it.each([1, 4, 128, 512, 1024])('holds each of %i neurons in one quadrant', (neurons) => {
    const list = quadrants(neurons).flatMap(({ first, count }) => Array.from({ length: count }, (_, k) => first + k))
    expect(list).toEqual(Array.from({ length: neurons }, (_, k) => k))
  })

  it('names places as halco numbers them', () => {
    expect(placeOf(137)).toBe('Q1, row 0, column 137')
    expect(placeOf(300)).toBe('Q2, row 1, column 44')
    expect(quadrants(512).map(({ name }) => name)).toEqual(['top left', 'top right', 'bottom left', 'bottom right'])
  })

  it('arrow keys move along lines of 16 and from a quadrant into the one below', () => {
    expect(neighbour(17, 'ArrowRight', 512)).toBe(18)
    expect(neighbour(17, 'ArrowUp', 512)).toBe(1)
    expect(neighbour(17, 'Home', 512)).toBe(16)
    expect(neighbour(17, 'End', 512)).toBe(31)
    expect(neighbour(127, 'PageDown', 512)).toBe(255)
    expect(neighbour(511, 'ArrowRight', 512)).toBe(511)
    expect(neighbour(0, 'ArrowLeft', 512)).toBe(0)
    expect(neighbour(0, 'ArrowDown', 1)).toBe(0)
    expect(neighbour(0, 'a', 512)).toBeNull()
    expect(neighbour(112, 'ArrowDown', 512)).toBe(256)
    // drawn four abreast
    expect(neighbour(112, 'ArrowDown', 1024)).toBe(512)
    expect(neighbour(515, 'ArrowUp', 1024)).toBe(115)
  })

  it.each([1, 4, 512, 1024])('every neuron of %i can be reached with the keys', (neurons) => {
    const seen = new Set([0])
    const open = [0]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        const to = neighbour(at, key, neurons)
        if (to !== null && !seen.has(to)) {
          seen.add(to)
          open.push(to)
        }
      }
    }
    expect(seen.size).toBe(neurons)
  })

  it.each([
    [888, 360],
    [888, 300],
    [1208, 560]
  ])('the map fits into %i × %i', (width, height) => {
    const geometry = mapGeometry(512, width, height)
    expect(geometry.width).toBeLessThanOrEqual(width - 96)
    expect(geometry.height).toBeLessThanOrEqual(height)
    expect(geometry.cell.height).toBeGreaterThanOrEqual(12)
  })
})
