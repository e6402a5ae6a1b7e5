/** MNIST as published: 28 × 28 grey levels with digits 0 … 9, from the bytes of its IDX files. */
import type { ImageSet } from '../training/types'
import { InputError } from '../errors/input-error'
import { parseIdx } from './idx'

export const MNIST_SIDE = 28
export const MNIST_CLASSES = 10

/**
 * @param images bytes of the idx3 file, @param labels bytes of the idx1 file
 * @throws InputError `damaged-file` that names the file and what is wrong with it
 */
export function mnist28(images: Uint8Array, labels: Uint8Array, name = 'MNIST'): ImageSet {
  const pictures = parseIdx(images, `${name} images`, 3)
  const digits = parseIdx(labels, `${name} labels`, 1)
  const [count, rows, columns] = pictures.shape
  const fail = (what: string): never => {
    throw new InputError('damaged-file', what)
  }
  if (rows !== MNIST_SIDE || columns !== MNIST_SIDE) {
    fail(`${name} images: ${rows} × ${columns} pixels, expected ${MNIST_SIDE} × ${MNIST_SIDE}`)
  }
  if (digits.shape[0] !== count) fail(`${name}: ${count} images but ${digits.shape[0]} labels`)
  const wrong = digits.data.findIndex((label) => label >= MNIST_CLASSES)
  if (wrong >= 0) fail(`${name} labels: label ${digits.data[wrong]} at sample ${wrong}, allowed are 0 … 9`)
  return { side: MNIST_SIDE, classes: MNIST_CLASSES, pixels: pictures.data, labels: digits.data }
}

/** the first `count` samples (all if there are fewer, or if no count is given) */
export function firstSamples(set: ImageSet, count?: number): ImageSet {
  if (count === undefined || count >= set.labels.length) return set
  const inputs = set.side * set.side
  return {
    ...set,
    pixels: set.pixels.subarray(0, count * inputs),
    labels: set.labels.subarray(0, count),
    ...(set.events
      ? { events: { ...set.events, of: Int32Array.from({ length: count }, (_, k) => set.events?.of?.[k] ?? k) } }
      : {}),
    ...(set.values ? { values: set.values.subarray(0, count * inputs) } : {})
  }
}
