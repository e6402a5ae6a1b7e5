/** Evaluates trained weights on a chip. */
import { methodNamed } from '../methods'
import type { TaskInputs, TaskResults } from '../protocol'
import { openNetwork } from './chips'
import type { Images } from './index'
import type { LaneContext } from './task'

export function evaluate(
  input: TaskInputs['evaluate'] & { images: Images },
  context: LaneContext
): TaskResults['evaluate'] {
  const { batch, seed, images, checkpoint, config, chip, samePlace } = input
  const { kernels, team } = context
  const method = methodNamed(input.method)
  const settings = method.settingsOf(config)
  const { port, usable } = openNetwork(chip, method, settings, seed)
  const evaluation = method.evaluate({
    config: settings,
    batch,
    checkpoint,
    test: images.test,
    port,
    usable,
    kernels,
    team,
    seed,
    samePlace
  })
  return { evaluation }
}
