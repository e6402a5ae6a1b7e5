/**
 * Images turned about their centre, as augmentation (Cramer, Billaudelle et al. 2022 turn each training image by an angle
 * drawn evenly from ± 15° each time it is shown). Grey levels between pixels are bilinear; what lies outside is black.
 */
import { sineCosine } from '../numerics/angle'
import { hash } from '../random/stream'

const DEGREE = Math.PI / 180
const TURN = 4294967296

/** angle of a sample in an epoch, degrees, evenly from ± `most` */
export const angleOf = (seed: number, epoch: number, sample: number, most: number): number =>
  ((2 * hash(seed, epoch, sample)) / TURN - 1) * most

/**
 * @param from u8 image at `at`, side × side @param degrees against the clock as the image is seen
 * @param into filled at `to`
 */
export function rotate(
  from: Uint8Array,
  at: number,
  side: number,
  degrees: number,
  into: Uint8Array,
  to: number
): void {
  const [sine, cosine] = sineCosine(degrees * DEGREE)
  const centre = (side - 1) / 2
  const pixel = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : from[at + y * side + x]
  for (let r = 0; r < side; r++) {
    for (let c = 0; c < side; c++) {
      const x = centre + (c - centre) * cosine - (r - centre) * sine
      const y = centre + (c - centre) * sine + (r - centre) * cosine
      const left = Math.floor(x)
      const top = Math.floor(y)
      const u = x - left
      const v = y - top
      let value: number
      if (left >= 0 && top >= 0 && left < side - 1 && top < side - 1) {
        const k = at + top * side + left
        value =
          (from[k] * (1 - u) + from[k + 1] * u) * (1 - v) + (from[k + side] * (1 - u) + from[k + side + 1] * u) * v
      } else {
        value =
          (pixel(left, top) * (1 - u) + pixel(left + 1, top) * u) * (1 - v) +
          (pixel(left, top + 1) * (1 - u) + pixel(left + 1, top + 1) * u) * v
      }
      into[to + r * side + c] = Math.floor(value + 0.5)
    }
  }
}
