/** Training samples that are set aside to be read after each epoch, and the rule for stopping by what they say. */
import { Stream } from '../random/stream'
import type { ImageSet } from './types'

/**
 * Which samples are learnt from and which are set aside: the last of a permutation of the run's seed, since files are
 * sorted as they like. Every member computes the same.
 * @param share of the samples that are set aside
 */
export function holdOut(samples: number, share: number, seed: number): { learnt: Int32Array; aside: Int32Array } {
  if (share === 0) return { learnt: Int32Array.from({ length: samples }, (_, s) => s), aside: new Int32Array(0) }
  const order = Int32Array.from(new Stream(seed, 'validation').permutation(samples))
  const rest = Math.max(1, samples - Math.max(1, Math.round(samples * share)))
  return { learnt: order.slice(0, rest).sort(), aside: order.slice(rest).sort() }
}

/** those samples of a set; @param pixels gets their pixels, null: nobody wants them */
export function samplesOf(set: ImageSet, which: Int32Array, pixels: Uint8Array | null): Omit<ImageSet, 'pixels'> {
  const size = set.side * set.side
  if (pixels) {
    which.forEach((sample, k) => pixels.set(set.pixels.subarray(sample * size, (sample + 1) * size), k * size))
  }
  return { side: set.side, classes: set.classes, labels: Uint8Array.from(which, (sample) => set.labels[sample]) }
}

/** says when the validation accuracy has not risen for `patience` epochs */
export class Patience {
  constructor(
    readonly patience: number,
    public best = -1,
    public bestEpoch = 0
  ) {}

  hear(epoch: number, accuracy: number): void {
    if (accuracy <= this.best) return
    this.best = accuracy
    this.bestEpoch = epoch
  }

  /** whether to stop after this epoch */
  over(epoch: number): boolean {
    return this.patience > 0 && this.best >= 0 && epoch - this.bestEpoch >= this.patience
  }

  /** for a checkpoint */
  get saved(): { [key: string]: number } {
    return this.best < 0 ? {} : { best: this.best, bestEpoch: this.bestEpoch }
  }
}
