/**
 * Five digits of MNIST at 10 × 10, the task of Schmitt et al. 2017 (arXiv 1703.01909): 0, 1, 4, 6 and 7, as classes 0 … 4.
 * Assumed, since the paper's way of reducing is not known to us: the middle 20 × 20 pixels (where a digit lies), each 2 × 2
 * of them averaged.
 */
import type { ImageSet } from '../training/types'

export const DIGITS = [0, 1, 4, 6, 7] as const
export const SMALL_SIDE = 10
const CROP = 4

/** @param set 28 × 28 images of all ten digits */
export function mnist10x5(set: ImageSet): ImageSet {
  const { side } = set
  const kept: number[] = []
  set.labels.forEach((label, sample) => {
    if (DIGITS.some((digit) => digit === label)) kept.push(sample)
  })
  const size = SMALL_SIDE * SMALL_SIDE
  const pixels = new Uint8Array(kept.length * size)
  kept.forEach((sample, k) => {
    for (let r = 0; r < SMALL_SIDE; r++) {
      for (let c = 0; c < SMALL_SIDE; c++) {
        const at = (sample * side + CROP + 2 * r) * side + CROP + 2 * c
        const sum = set.pixels[at] + set.pixels[at + 1] + set.pixels[at + side] + set.pixels[at + side + 1]
        pixels[k * size + r * SMALL_SIDE + c] = Math.floor(sum / 4 + 0.5)
      }
    }
  })
  const labels = Uint8Array.from(kept, (sample) => DIGITS.findIndex((digit) => digit === set.labels[sample]))
  return { side: SMALL_SIDE, classes: DIGITS.length, pixels, labels }
}
