/** Presents a test set to a trained network on a chip again and again, and times it. */
import { conversionOf, stateOf } from '../../core/training/surrogate/checkpoint'
import { Session } from '../../core/training/surrogate/session'
import { surrogateConfig } from '../../core/training/surrogate/settings'
import { TRIAL, trialOf } from '../../core/training/surrogate/trials'
import type { Checkpoint, Config } from '../../core/training/types'
import { methodNamed } from '../methods'
import type { ChipSpec } from '../protocol'
import { openNetwork } from './chips'
import type { Images } from './index'
import { type LaneContext, STOPPED, type Stopped } from './task'

const REPEATS = 6

export interface BenchInput {
  chip: ChipSpec
  config: Config
  batch: number
  seed: number
  checkpoint: Checkpoint
  images: Images
}

export interface BenchResult {
  /** images a second of each repeat */
  rates: number[]
}

export function bench(input: BenchInput, context: LaneContext): BenchResult | Stopped {
  const { batch, images, checkpoint, chip, seed } = input
  const { kernels, team } = context
  const config = surrogateConfig(input.config)
  const open = openNetwork(chip, methodNamed('surrogate'), input.config, seed)
  const { test } = images
  const inputs = test.side * test.side
  const session = new Session(
    { config, batch, classes: test.classes, inputs, kernels, team, ...open },
    test.labels.length
  )
  session.convert(conversionOf(checkpoint).conversion)
  const split = session.encode(test)
  session.network.load(stateOf(checkpoint))
  session.network.write()
  const rates: number[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = context.seconds()
    session.evaluate(split, trialOf(TRIAL.test, repeat, 0))
    rates.push(test.labels.length / (context.seconds() - start))
    if (!context.proceed()) return STOPPED
  }
  return { rates: rates.slice(1) }
}
