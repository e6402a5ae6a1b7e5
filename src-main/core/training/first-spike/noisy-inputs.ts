/**
 * Input times of a batch with their noise of training (noise.ts), as a list that a chip can be given: what disturbs the
 * model's inputs must disturb the chip's, too, or the chip learns its training samples by heart.
 */
import type { Kernels } from '../../kernels/module'
import type { SpikeList } from '../../kernels/first-spike'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import type { EncodedSet } from './encode'
import type { SpikingNetwork } from './network'

export interface NoisyInputs {
  list: SpikeList
  /** address of i32 [batch]: row b is sample b of the list */
  index: number
  /** the samples in the network's `index` with the noise written there; every member calls it, a barrier follows */
  write: (network: SpikingNetwork, set: EncodedSet, count: number) => void
}

/** Every member calls it. @param most spikes of a sample */
export function noisyInputs({ arena }: Kernels, team: Team, batch: number, most: number): NoisyInputs {
  const start = arena.i32(batch + 1)
  const index = arena.i32(batch)
  const times = arena.f64(batch * most)
  const inputs = arena.i32(batch * most)
  if (team.index === 0) for (let b = 0; b < batch; b++) index.data[b] = b
  return {
    list: { start: start.at, times: times.at, exps: 0, inputs: inputs.at },
    index: index.at,
    write: ({ hidden, index: samples }, set, count) => {
      const { jitter, sizes } = hidden.kernel
      if (team.index === 0) {
        for (let b = 0; b < count; b++) {
          const sample = samples.data[b]
          start.data[b + 1] = start.data[b] + set.start[sample + 1] - set.start[sample]
        }
      }
      team.barrier()
      const [from, to] = share(team, count)
      for (let b = from; b < to; b++) {
        let k = set.start[samples.data[b]]
        for (let at = start.data[b]; at < start.data[b + 1]; at++, k++) {
          const input = set.inputs[k]
          inputs.data[at] = input
          times.data[at] = set.times[k] + (jitter ? jitter.data[b * sizes.pre + input] : 0)
        }
      }
    }
  }
}
