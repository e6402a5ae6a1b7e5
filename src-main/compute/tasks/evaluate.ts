/** Evaluates trained weights on a chip. */
import type { Disturbed } from '../../core/training/disturbed'
import type { Evaluation } from '../../core/training/types'
import { methodNamed } from '../methods'
import type { TaskInputs, TaskResults } from '../protocol'
import { openNetwork } from './chips'
import type { Images, LaneContext } from './task'

export function evaluate(
  input: TaskInputs['evaluate'] & { images: Images },
  context: LaneContext
): TaskResults['evaluate'] {
  return { evaluation: evaluated(input, context) }
}

/** @param disturbed what of the network is not as it was trained */
export function evaluated(
  input: Omit<TaskInputs['evaluate'], 'data'> & { images: Images },
  { kernels, team }: Pick<LaneContext, 'kernels' | 'team'>,
  disturbed?: Disturbed
): Evaluation {
  const { batch, seed, images, checkpoint, chip, samePlace } = input
  const method = methodNamed(input.method)
  const config = method.settingsOf(disturbed ? method.disturb(input.config, disturbed) : input.config)
  const { port, usable } = openNetwork(chip, method, config, seed)
  return method.evaluate({
    config,
    batch,
    checkpoint,
    test: images.test,
    port,
    usable,
    kernels,
    team,
    seed,
    samePlace,
    ...(disturbed ? { disturbed } : {})
  })
}
