/** Presents a test set to a trained network on a chip again and again, and times it. */
import { conversionOf, stateOf } from '../../core/training/surrogate/checkpoint'
import { Session } from '../../core/training/surrogate/session'
import { surrogateConfig } from '../../core/training/surrogate/settings'
import { TRIAL, trialOf } from '../../core/training/surrogate/trials'
import type { StepError } from '../../core/emulator/network-port'
import type { Checkpoint, Config, Evaluation } from '../../core/training/types'
import { methodNamed } from '../methods'
import type { ChipSpec } from '../protocol'
import { openNetwork } from './chips'
import { type Images, type LaneContext, STOPPED, type Stopped } from './task'

/** some seconds in all: what a machine does beside comes and goes; the first is not counted */
const REPEATS = 41
/** images that the step error is measured on: the reference takes half a second for each */
const CHECKED = 20

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
  /** of the first repeat: the accuracy of the very run that is timed, mean hidden spikes of an image */
  testAccuracy: number
  hiddenSpikes: number
  emulation: { effects: readonly string[]; stepUs: number; stepError: StepError } | null
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
  let first: Evaluation | undefined
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = context.seconds()
    const evaluation = session.evaluate(split, trialOf(TRIAL.test, repeat, 0))
    rates.push(test.labels.length / (context.seconds() - start))
    first ??= evaluation
    if (!context.proceed()) return STOPPED
  }
  const { testAccuracy, hiddenSpikesPerSample } = first ?? { testAccuracy: NaN, hiddenSpikesPerSample: NaN }
  const asked = team.index === 0 ? open.port.emulation : undefined
  const emulation = asked
    ? { effects: asked.effects, stepUs: asked.stepUs(), stepError: asked.stepError(split.stimulus, CHECKED) }
    : null
  return { rates: rates.slice(1), testAccuracy, hiddenSpikes: hiddenSpikesPerSample, emulation }
}
