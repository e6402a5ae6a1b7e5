/** What any set of labelled images must be, whichever file it comes from. */
import { InputError } from '../errors/input-error'
import type { ImageSet } from '../training/types'
import { parseIdx } from './idx'

export const MOST_CLASSES = 32
const MOST_SIDE = 64

/**
 * @param pixels u8 [sample][side × side]
 * @param names what images and labels are called in messages
 * @throws InputError `damaged-file`
 */
export function imagesOf(
  pixels: Uint8Array,
  labels: Uint8Array,
  [rows, columns]: readonly [number, number],
  names: readonly [string, string]
): ImageSet {
  const fail = (what: string): never => {
    throw new InputError('damaged-file', what)
  }
  if (rows !== columns) fail(`${names[0]}: images of ${rows} × ${columns}; allowed: square ones`)
  if (rows < 2 || rows > MOST_SIDE) fail(`${names[0]}: images of side ${rows}; allowed: 2 to ${MOST_SIDE}`)
  const samples = pixels.length / (rows * rows)
  if (labels.length !== samples) fail(`${names[1]}: ${labels.length} labels for ${samples} images of ${names[0]}`)
  if (samples === 0) fail(`${names[0]}: no image`)
  return { side: rows, classes: labels.reduce((most, label) => Math.max(most, label), 0) + 1, pixels, labels }
}

export function imagesFromIdx(
  images: Uint8Array,
  labels: Uint8Array,
  imagesName: string,
  labelsName: string
): ImageSet {
  const { shape, data } = parseIdx(images, imagesName, 3)
  const answers = parseIdx(labels, labelsName, 1)
  return imagesOf(data.slice(), answers.data.slice(), [shape[1], shape[2]], [imagesName, labelsName])
}
