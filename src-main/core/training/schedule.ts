/** Learning rates over the epochs of a run, as shares of the first. */
import { sineCosine } from '../numerics/angle'

/** half a cosine from 1 in epoch 1 towards 0 after the last */
export const cosineShare = (epoch: number, epochs: number): number =>
  (1 + sineCosine((Math.PI * (epoch - 1)) / epochs)[1]) / 2

/** times `decay` after every `decayEvery` epochs, half a cosine, or 1 */
export function rateShare(
  { schedule, decay, decayEvery }: { schedule: 'steps' | 'cosine' | 'constant'; decay: number; decayEvery: number },
  epoch: number,
  epochs: number
): number {
  if (schedule === 'constant') return 1
  if (schedule === 'cosine') return cosineShare(epoch, epochs)
  let share = 1
  for (let past = decayEvery; past < epoch; past += decayEvery) share *= decay
  return share
}
