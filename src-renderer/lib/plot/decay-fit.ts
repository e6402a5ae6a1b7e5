/** The curve through a few measured points of a decay, for pictures: least squares of η e^(−t/τ). */

export interface Decay {
  amplitude: number
  tau: number
}

/**
 * Starts from the straight line through the logarithms, then Gauss-Newton on the values themselves, so that points near
 * zero weigh no more than they tell. @returns null for fewer than 3 positive points, or where nothing decays
 */
export function fitDecay(at: ArrayLike<number>, values: ArrayLike<number>): Decay | null {
  const points = Array.from(at, (t, k) => ({ t, y: values[k] })).filter(({ y }) => Number.isFinite(y))
  const positive = points.filter(({ y }) => y > 0)
  if (positive.length < 3) return null
  const n = positive.length
  const [meanT, meanL] = [
    positive.reduce((sum, { t }) => sum + t, 0) / n,
    positive.reduce((sum, { y }) => sum + Math.log(y), 0) / n
  ]
  const slope =
    positive.reduce((sum, { t, y }) => sum + (t - meanT) * (Math.log(y) - meanL), 0) /
    positive.reduce((sum, { t }) => sum + (t - meanT) ** 2, 0)
  if (!(slope < 0)) return null
  let [amplitude, rate] = [Math.exp(meanL - slope * meanT), -slope]
  for (let k = 0; k < 20; k++) {
    let [aa, ar, rr, ay, ry] = [0, 0, 0, 0, 0]
    for (const { t, y } of points) {
      const e = Math.exp(-rate * t)
      const [da, dr, rest] = [e, -amplitude * t * e, y - amplitude * e]
      aa += da * da
      ar += da * dr
      rr += dr * dr
      ay += da * rest
      ry += dr * rest
    }
    const det = aa * rr - ar * ar
    if (!(Math.abs(det) > 0)) break
    const next = rate + (aa * ry - ar * ay) / det
    if (!(next > 0)) break
    amplitude += (rr * ay - ar * ry) / det
    rate = next
  }
  return { amplitude, tau: 1 / rate }
}
