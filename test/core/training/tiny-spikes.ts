/** A run on spike times small enough for tests, with everything on: delays, published noise, copies of inputs. */
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import type { Kernels } from '../../../src-main/core/kernels/module'
import type { Team } from '../../../src-main/core/kernels/team'
import { resolveDelgrad } from '../../../src-main/core/training/first-spike/settings'
import { trainSpikes } from '../../../src-main/core/training/first-spike/train'
import type { Checkpoint, Config, PlaneGrid, TrainReport } from '../../../src-main/core/training/types'

export function tinySpikes(
  kernels: Kernels,
  team: Team,
  options: { resume?: Checkpoint; set?: Config; epochs?: number; plane?: PlaneGrid } = {}
): { reports: TrainReport[]; last: Checkpoint } {
  const run = trainSpikes('delgrad', {
    config: resolveDelgrad({ hidden: 13, noise: 'hardware', delays: 'axonal', inputNoise: 0.05, ...options.set }),
    epochs: options.epochs ?? 3,
    batch: 23,
    seed: 7,
    train: yinYang(300, 1),
    test: yinYang(110, 2),
    port: new IdealPort({ tauMemUs: 6, tauSynUs: 6 }),
    usable: null,
    kernels,
    team,
    ...(options.plane ? { plane: options.plane } : {}),
    ...(options.resume ? { resume: options.resume } : {})
  })
  const reports: TrainReport[] = []
  let step = run.next()
  for (; !step.done; step = run.next()) reports.push(step.value)
  return { reports, last: step.value }
}
