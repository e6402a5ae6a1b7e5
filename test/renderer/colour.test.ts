import { describe, expect, it } from 'vitest'
import { cividis, diverging, inkOn, type Colour } from '../../src-renderer/lib/plot/colour'

/** relative luminance and contrast of WCAG 2 */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const steps = Array.from({ length: 101 }, (_, k) => k / 100)

describe('colour maps', () => {
  it('cividis grows in luminance all the way', () => {
    const list = steps.map((t) => luminance(cividis(t)))
    list.slice(1).forEach((value, k) => expect(value).toBeGreaterThan(list[k] - 1e-4))
    expect(list[100] - list[0]).toBeGreaterThan(0.7)
  })

  it.each([true, false])('the diverging map is even about a centre that recedes (dark: %s)', (dark) => {
    const centre = luminance(diverging(0, dark))
    expect(centre < 0.1).toBe(dark)
    for (const t of [0.25, 0.5, 1]) {
      const distances = [t, -t].map((at) => Math.abs(luminance(diverging(at, dark)) - centre))
      expect(Math.abs(distances[0] - distances[1])).toBeLessThan(0.12)
    }
  })

  it('ink on any fill has a contrast of at least 4.5', () => {
    const fills = steps.flatMap((t) => [cividis(t), diverging(2 * t - 1, true), diverging(2 * t - 1, false)])
    for (const fill of fills) {
      const ink = inkOn(fill) === '#ffffff' ? 1 : 0
      expect(contrast(luminance(fill), ink)).toBeGreaterThan(4.5)
    }
  })
})
