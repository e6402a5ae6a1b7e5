/** A run small enough for tests: 32 random patterns with noise, sizes that fill no block and no batch evenly. */
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import type { Kernels } from '../../../src-main/core/kernels/module'
import type { Team } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { resolveConfig } from '../../../src-main/core/training/surrogate/settings'
import { trainSurrogate } from '../../../src-main/core/training/surrogate/train'
import type { Checkpoint, ImageSet, TrainReport } from '../../../src-main/core/training/types'

const SIDE = 8
const CLASSES = 4

export function images(seed: number, count: number): ImageSet {
  const pattern = new Stream('patterns')
  const means = Array.from({ length: CLASSES * SIDE * SIDE }, () => pattern.uniform())
  const stream = new Stream(seed, 'images')
  const labels = Uint8Array.from({ length: count }, () => stream.below(CLASSES))
  const pixels = new Uint8Array(count * SIDE * SIDE)
  for (let k = 0; k < pixels.length; k++) {
    const mean = means[labels[Math.floor(k / (SIDE * SIDE))] * SIDE * SIDE + (k % (SIDE * SIDE))]
    pixels[k] = Math.max(0, Math.min(255, Math.round(400 * (mean - 0.4) + 60 * stream.normal())))
  }
  return { side: SIDE, classes: CLASSES, pixels, labels }
}

export function tinyRun(
  kernels: Kernels,
  team: Team,
  options: { epochs?: number; stop?: number; resume?: Checkpoint; set?: Record<string, number | string | boolean> } = {}
): { reports: TrainReport[]; last: Checkpoint } {
  const config = resolveConfig({ hidden: 45, initScale: 2, learningRate: 5e-3, dropout: 0.1, ...options.set })
  const run = trainSurrogate({
    config,
    epochs: options.epochs ?? 3,
    batch: 24,
    seed: 7,
    train: images(1, 500),
    test: images(2, 130),
    port: new IdealPort({ tauMemUs: 6, tauSynUs: 6 }),
    usable: null,
    kernels,
    team,
    ...(options.resume ? { resume: options.resume } : {})
  })
  const reports: TrainReport[] = []
  let step = run.next()
  for (; !step.done; step = run.next()) {
    reports.push(step.value)
    // interrupted after so many epochs
    if (step.value.kind === 'epoch' && step.value.epoch === options.stop)
      return { reports, last: step.value.checkpoint }
  }
  return { reports, last: step.value }
}
