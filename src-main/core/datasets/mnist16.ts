/**
 * MNIST at 16 × 16 as the code of Cramer, Billaudelle et al. (PNAS 119, e2109194119) makes it: two pixels cropped from
 * each side, then resampled with a cubic spline from 24 to 16.
 */
import type { ImageSet } from '../training/types'
import { resample } from './resample'

export const SIDE = 16

/** @param set 28 × 28 images */
export function mnist16(set: ImageSet): ImageSet {
  return resample(set, 2, SIDE)
}
