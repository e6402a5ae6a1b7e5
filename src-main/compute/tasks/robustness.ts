/** Evaluates trained weights again and again, something else disturbed each time. */
import { levelOf } from '../../core/training/disturbed'
import type { Level } from '../../core/training/disturbed'
import { methodNamed } from '../methods'
import type { TaskInputs, TaskResults } from '../protocol'
import { openNetwork } from './chips'
import type { Images } from './index'
import { type LaneContext, STOPPED, type Stopped } from './task'

export function robustness(
  input: TaskInputs['robustness'] & { images: Images },
  context: LaneContext
): TaskResults['robustness'] | Stopped {
  const { batch, images, checkpoint, chip, vary, levels, draws, seed, trialSeed } = input
  const { kernels, team } = context
  const method = methodNamed(input.method)
  const measured: Level[] = []
  for (const level of levels) {
    const accuracies: number[] = []
    // nothing is drawn where nothing is disturbed
    const times = level === 0 || vary === 'window' ? 1 : draws
    for (let draw = 0; draw < times; draw++) {
      const share = (measured.length + draw / times) / levels.length
      context.report({ kind: 'progress', share, text: `${vary} ${level}, draw ${draw + 1}/${times}` })
      if (!context.proceed()) return STOPPED
      const mark = kernels.arena.mark()
      const disturbed = { vary, level, draw, seed }
      const settings = method.settingsOf(method.disturb(input.config, disturbed))
      const { port, usable } = openNetwork(chip, method, settings, trialSeed)
      const evaluation = method.evaluate({
        config: settings,
        batch,
        checkpoint,
        test: images.test,
        port,
        usable,
        kernels,
        team,
        seed: trialSeed,
        samePlace: true,
        disturbed
      })
      accuracies.push(evaluation.testAccuracy)
      team.barrier()
      kernels.arena.release(mark)
    }
    measured.push(levelOf(level, accuracies))
  }
  return { levels: measured }
}
