/** The kinds of jobs that have other jobs done, with their work, for those that are taken up again. */
import type { Conducted, Work } from './conductor'
import { conductExperiment } from './experiments'
import { conductReproduce } from './reproduce'
import { conductSeeds } from './seeds'
import { conductSweep } from './sweeps'
import { conductTransfer } from './transfer'

export const CONDUCTED: { readonly [K in Conducted]: Work } = {
  experiment: conductExperiment,
  reproduce: conductReproduce,
  seeds: conductSeeds,
  sweep: conductSweep,
  transfer: conductTransfer
}

export const isConducted = (kind: string): kind is Conducted => Object.hasOwn(CONDUCTED, kind)
