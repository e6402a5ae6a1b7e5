/**
 * Colour maps. Magnitude: cividis (Nunez, Anderton and Renslow 2018), as the polynomial of d3-scale-chromatic.
 * Deviation: a diverging map built in OKLab (Ottosson 2020), symmetric about 0, whose centre follows the theme so that
 * "no deviation" recedes.
 */
import { clamp } from './scale'

export type Colour = readonly [red: number, green: number, blue: number]

export function cividis(at: number): Colour {
  const t = clamp(at)
  return [
    byte(-4.54 - t * (35.34 - t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57))))),
    byte(32.49 + t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37))))),
    byte(81.24 + t * (442.36 - t * (2482.43 - t * (6167.24 - t * (6614.94 - t * 2475.67)))))
  ]
}

const LIGHT = { middle: lch(0.955, 0.004, 250), below: lch(0.37, 0.125, 255), above: lch(0.42, 0.115, 50) }
const DARK = { middle: lch(0.27, 0.008, 250), below: lch(0.83, 0.105, 240), above: lch(0.87, 0.085, 68) }

/** at in −1 … 1 */
export function diverging(at: number, dark: boolean): Colour {
  const t = clamp(at, -1, 1)
  const { middle, below, above } = dark ? DARK : LIGHT
  const end = t < 0 ? below : above
  const k = Math.abs(t) ** 0.9
  const bend = Math.sin(Math.PI * k) * 0.25
  return fromOklab([
    middle[0] + (end[0] - middle[0]) * k,
    middle[1] + (end[1] - middle[1]) * k + end[1] * bend,
    middle[2] + (end[2] - middle[2]) * k + end[2] * bend
  ])
}

export function css(colour: Colour): string {
  return `rgb(${colour[0]} ${colour[1]} ${colour[2]})`
}

/**
 * Black or white, whichever reads better on this fill. Where both read equally well, at a relative luminance of 0.179
 * (WCAG 2), the contrast is 4.58; so it is never below 4.5.
 */
export function inkOn(colour: Colour): string {
  const [red, green, blue] = colour.map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

function lch(lightness: number, chroma: number, hue: number): [number, number, number] {
  const angle = (hue * Math.PI) / 180
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}

function fromOklab([L, a, b]: readonly [number, number, number]): Colour {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  ]
}

function gamma(c: number): number {
  return byte(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055))
}

function byte(value: number): number {
  return Math.round(clamp(value, 0, 255))
}
