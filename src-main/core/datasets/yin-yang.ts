/**
 * The Yin-Yang data set (Kriener, Göltz, Petrovici 2022, arXiv 2102.08211): points of a disc in three classes, too hard
 * for a network without a trained hidden layer. Bit for bit what the authors' generator makes with NumPy.
 *
 * A sample is (x, y, 1 − x, 1 − y) in [0, 1]. The classes' names are swapped in the reference (0 is called "yin" where
 * its test for yin fails); the indices are kept.
 */
import { Mersenne } from '../random/mersenne'
import type { ImageSet } from '../training/types'

/** the four values of a point lie in a square of 2 × 2, so that whoever takes images can take them */
export const YIN_YANG_SIDE = 2
export const YIN_YANG_CLASSES = 3
/** the published sets */
export const YIN_YANG = { train: { samples: 5000, seed: 42 }, test: { samples: 1000, seed: 40 } } as const

const BIG = 0.5
const SMALL = 0.1
const DOT = 2

/** class of a point of the disc: 0 yin, 1 yang, 2 dot */
export function yinYangClass(x: number, y: number): number {
  const right = distance(x, y, 1.5 * BIG)
  const left = distance(x, y, 0.5 * BIG)
  if (right < SMALL || left < SMALL) return DOT
  return right <= SMALL || (left > SMALL && left <= 0.5 * BIG) || (y > BIG && right > 0.5 * BIG) ? 1 : 0
}

function distance(x: number, y: number, centre: number): number {
  return Math.sqrt((x - centre) * (x - centre) + (y - BIG) * (y - BIG))
}

/**
 * @param samples how many
 * @param seed of the generator; see `YIN_YANG` for the published sets
 * @returns `values` exact, `pixels` the same on 256 levels
 */
export function yinYang(samples: number, seed: number): ImageSet & { values: Float64Array } {
  const random = new Mersenne(seed)
  const values = new Float64Array(samples * 4)
  const labels = new Uint8Array(samples)
  for (let k = 0; k < samples; k++) {
    const goal = random.below(YIN_YANG_CLASSES)
    let x: number
    let y: number
    do {
      x = random.uniform() * 2 * BIG
      y = random.uniform() * 2 * BIG
    } while (distance(x, y, BIG) > BIG || yinYangClass(x, y) !== goal)
    values.set([x, y, 1 - x, 1 - y], k * 4)
    labels[k] = goal
  }
  const pixels = Uint8Array.from(values, (value) => Math.round(value * 255))
  return { side: YIN_YANG_SIDE, classes: YIN_YANG_CLASSES, pixels, labels, values }
}

/** what the reference's checksum is taken of: for every sample 4 little-endian float64 and its label */
export function yinYangBytes({ values, labels }: { values: Float64Array; labels: Uint8Array }): Uint8Array {
  const bytes = new Uint8Array(labels.length * 33)
  const view = new DataView(bytes.buffer)
  labels.forEach((label, k) => {
    for (let i = 0; i < 4; i++) view.setFloat64(k * 33 + i * 8, values[k * 4 + i], true)
    bytes[k * 33 + 32] = label
  })
  return bytes
}
