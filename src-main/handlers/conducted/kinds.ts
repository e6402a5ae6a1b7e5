/** The kinds of jobs that have other jobs done; a kind that is missing here cannot be begun or taken up again. */
import type { Tell } from './conductor'
import type { Context } from '../context'
import { conductExperiment } from './experiments'
import { conductSeeds } from './seeds'
import { conductTransfer } from './transfer'

/** @returns what the job came to, in the shape of its endpoint */
type Work = (job: string, context: Context, tell: Tell) => Promise<unknown>

export const CONDUCTED = {
  experiment: conductExperiment,
  seeds: conductSeeds,
  transfer: conductTransfer
} as const satisfies { [kind: string]: Work }

export type Conducted = keyof typeof CONDUCTED

export const isConducted = (kind: string): kind is Conducted => kind in CONDUCTED
