/** Presents test images to a random network of some size on a chip, and times it: how the cost grows. */
import { conversionOfPort } from '../../core/training/conversion'
import { initialState } from '../../core/training/surrogate/initial'
import { Session } from '../../core/training/surrogate/session'
import { surrogateConfig } from '../../core/training/surrogate/settings'
import { TRIAL, trialOf } from '../../core/training/surrogate/trials'
import type { Config } from '../../core/training/types'
import { methodNamed } from '../methods'
import type { ChipSpec } from '../protocol'
import { openNetwork } from './chips'
import { type Images, type LaneContext, STOPPED, type Stopped } from './task'

const REPEATS = 8

export interface LinearInput {
  chip: ChipSpec
  /** settings that differ from the defaults */
  set: Config
  batch: number
  seed: number
  images: Images
}

export interface LinearResult {
  /** images a second of processor time, of the best repeat: cost, not what else the machine does */
  rate: number
  hiddenSpikes: number
  /** of the kernels' memory: tables, weights, a batch's measurements, the encoded images */
  bytes: number
}

export function linear(input: LinearInput, context: LaneContext): LinearResult | Stopped {
  const { batch, chip, seed } = input
  const { test } = input.images
  const { kernels, team } = context
  const resolved = methodNamed('surrogate').resolve(input.set)
  const config = surrogateConfig(resolved)
  const inputs = test.side * test.side
  const before = kernels.arena.mark()
  const session = new Session(
    {
      config,
      batch,
      classes: test.classes,
      inputs,
      kernels,
      team,
      ...openNetwork(chip, methodNamed('surrogate'), resolved, seed)
    },
    test.labels.length
  )
  session.convert(conversionOfPort(session.opened).conversion)
  const split = session.encode(test)
  session.network.load(initialState(config, inputs, test.classes, session.beta, seed))
  session.network.write()
  const bytes = kernels.arena.mark() - before
  const rates: number[] = []
  let hiddenSpikes = 0
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = process.cpuUsage()
    hiddenSpikes = session.evaluate(split, trialOf(TRIAL.test, repeat, 0)).hiddenSpikesPerSample
    const { user, system } = process.cpuUsage(start)
    rates.push(test.labels.length / ((user + system) / 1e6))
    if (!context.proceed()) return STOPPED
  }
  return { rate: Math.max(...rates), hiddenSpikes, bytes }
}
