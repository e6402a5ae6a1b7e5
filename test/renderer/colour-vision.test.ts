/** The window's colours, as styles/tokens.css has them, for people of all kinds of colour vision and in both themes. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cividis, diverging } from '../../src-renderer/lib/plot/colour'
import { KEPT_TOKENS } from '../../src-renderer/lib/scope/trace-colours'
import { apart, seen, VISION, type Rgb } from './colour-vision'

const css = readFileSync(new URL('../../src-renderer/styles/tokens.css', import.meta.url), 'utf8')
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]

function token(name: string, theme: Theme): Rgb {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6})\\w*, (#\\w{6})\\w*\\)`).exec(css) ?? []
  const hex = theme === 'light' ? light : dark
  if (!hex) throw new Error(`tokens.css has no --${name} of two colours`)
  return [1, 3, 5].map((k) => Number.parseInt(hex.slice(k, k + 2), 16)) as unknown as Rgb
}

function closest(names: readonly string[], theme: Theme, vision: string): number {
  const colours = names.map((name) => token(name, theme))
  return Math.min(...colours.flatMap((a, k) => colours.slice(0, k).map((b) => apart(a, b, vision))))
}

const cases = themes.flatMap((theme) => Object.keys(VISION).map((vision) => [theme, vision] as const))
const RUNS = [1, 2, 3, 4, 5, 6, 7, 8].map((k) => `run-${k}`)
const steps = Array.from({ length: 21 }, (_, k) => k / 20)
const between = (list: readonly Rgb[], vision: string): number[] =>
  list.slice(1).map((colour, k) => apart(colour, list[k], vision))

describe.each(cases)('colours in the %s theme, %s', (theme, vision) => {
  it('runs and the cursor are told apart', () => {
    expect(closest([...RUNS, 'cursor'], theme, vision)).toBeGreaterThan(vision === 'tritanopia' ? 7 : 9)
    expect(KEPT_TOKENS.every((name) => RUNS.includes(name.slice(2)))).toBe(true)
  })

  it('before and after, and abnormal states, are told apart', () => {
    expect(closest(['before', 'run-1'], theme, vision)).toBeGreaterThan(12)
    expect(closest(['fail', 'warn', 'live'], theme, vision)).toBeGreaterThan(6)
  })

  it('cividis grows in lightness, in even steps', () => {
    const list = steps.map(cividis)
    const lightness = list.map((colour) => seen(colour, vision)[0])
    lightness.slice(1).forEach((value, k) => expect(value).toBeGreaterThan(lightness[k] + 0.01))
    const sizes = between(list, vision)
    expect(Math.min(...sizes)).toBeGreaterThan(2)
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(2)
  })

  it('the diverging map tells sizes and signs', () => {
    const dark = theme === 'dark'
    const list = steps.map((at) => diverging(2 * at - 1, dark))
    expect(Math.min(...between(list, vision))).toBeGreaterThan(4)
    for (const at of [0.25, 0.5, 0.75, 1]) {
      expect(apart(diverging(at, dark), diverging(-at, dark), vision)).toBeGreaterThan(7)
    }
  })

  it('no alarm stands in a colour map as people with all cones see it', () => {
    if (vision !== 'normal') return
    for (const state of ['fail', 'warn']) {
      const own = token(state, theme)
      const maps = steps.flatMap((at) => [cividis(at), diverging(2 * at - 1, theme === 'dark')])
      expect(Math.min(...maps.map((colour) => apart(own, colour, vision)))).toBeGreaterThan(3)
    }
  })
})
