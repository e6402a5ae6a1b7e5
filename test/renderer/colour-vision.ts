/**
 * How colours look to people who lack a kind of cone: Machado, Oliveira and Fernandes 2009 ("A physiologically-based model
 * for simulation of color vision deficiency", table of severity 1.0), matrices on linear sRGB. Distances in OKLab
 * (Ottosson 2020), times 100: about 2 can just be told apart side by side.
 */
export type Rgb = readonly [number, number, number]

export const VISION: Record<string, readonly Rgb[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
}

/** @param colour sRGB, 0 … 255; OKLab of what is seen */
export function seen(colour: Rgb, vision: string): Rgb {
  const linear = colour.map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  const [r, g, b] = VISION[vision].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, k) => sum + weight * linear[k], 0)
      )
    )
  )
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  ]
}

export function apart(a: Rgb, b: Rgb, vision: string): number {
  const [one, other] = [seen(a, vision), seen(b, vision)]
  return 100 * Math.hypot(...one.map((value, k) => value - other[k]))
}
