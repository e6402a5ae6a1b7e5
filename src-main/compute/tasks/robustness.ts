/** Evaluates trained weights again and again, something else disturbed each time. */
import { levelOf } from '../../core/training/disturbed'
import type { Level } from '../../core/training/disturbed'
import type { TaskInputs, TaskResults } from '../protocol'
import { evaluated } from './evaluate'
import { type Images, type LaneContext, STOPPED, type Stopped } from './task'

export function robustness(
  input: TaskInputs['robustness'] & { images: Images },
  context: LaneContext
): TaskResults['robustness'] | Stopped {
  const { vary, levels, draws, seed, trialSeed } = input
  const { kernels, team } = context
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
      const evaluation = evaluated({ ...input, seed: trialSeed, samePlace: true }, context, { vary, level, draw, seed })
      accuracies.push(evaluation.testAccuracy)
      team.barrier()
      kernels.arena.release(mark)
    }
    measured.push(levelOf(level, accuracies))
  }
  return { levels: measured }
}
