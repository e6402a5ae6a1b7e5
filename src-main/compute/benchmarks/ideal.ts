/**
 * The libraries' own workload: 256-246-10 with exponential synapses, surrogate gradients, batches of 100, random images
 * in the latency code, ideal dynamics; forward, backward and update. It is a `train` task like any other.
 * test/bench/peer.mjs puts the same workload in plain PyTorch beside it.
 */
import type { ImageSet } from '../../core/training/types'
import { Stream } from '../../core/random/stream'
import type { BenchmarkEntry } from './entry'

const SIDE = 16
const CLASSES = 10
const TRAIN_SAMPLES = 20_000
const TEST_SAMPLES = 100
/** how long a sample lasts, whatever the number of steps (µs) */
const SAMPLE_US = 34
/**
 * First weights of which a random image makes the hidden layer fire some 50 times (a trained network: 35 for a digit),
 * and steps so small that it stays so while random labels are learned.
 */
const firstWeights = (bins: number) => ({ initScale: 1.8, initMean: 0.02 / bins, learningRate: 1e-6 })

export const IDEAL_BENCHMARKS: readonly BenchmarkEntry[] = [50, 100].map((bins) => ({
  name: `surrogate.ideal.t${bins}`,
  unit: 'samples/s',
  help: `forward on ideal dynamics of random latency-coded input, ${bins} steps, backward and update`,
  scales: true,
  measure: (lab, threads) =>
    lab.train({ kind: 'ideal' }, threads, {
      images: { train: randomImages(TRAIN_SAMPLES, 1), test: randomImages(TEST_SAMPLES, 2) },
      set: { bins, binUs: SAMPLE_US / bins, ...firstWeights(bins) }
    })
}))

/** all grey levels alike: four of five pixels spike; in memory that all members of a team share */
function randomImages(samples: number, seed: number): ImageSet {
  const stream = new Stream('benchmark', 'images', seed)
  const draw = (length: number, below: number): Uint8Array => {
    const out = new Uint8Array(new SharedArrayBuffer(length))
    for (let k = 0; k < length; k++) out[k] = stream.below(below)
    return out
  }
  return { side: SIDE, classes: CLASSES, pixels: draw(samples * SIDE * SIDE, 256), labels: draw(samples, CLASSES) }
}
