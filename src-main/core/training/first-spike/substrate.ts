/**
 * Where the spike times of a forward pass come from: the model's closed forms, or a chip that records them (chip.ts).
 */
import { InputError } from '../../errors/input-error'
import type { Config } from '../types'
import { openChip } from './chip'
import type { EncodedSet } from './encode'
import type { NetworkShape, SpikingNetwork } from './network'
import type { FirstSpikeConfig } from './presets'
import type { SessionRequest } from './session'

export interface Substrate {
  /** weight codes of one model unit of weight; 1 on ideal */
  codesPerUnit: number
  /** what was measured of it, for the run's record */
  report: Config
  /** to the nearest weight that can be there, model units */
  grid: (weight: number) => number
  /** the largest weight that can be there, model units */
  limit: number
  /** presents the samples in the network's `index`; every member calls it. A model leaves the times to the kernels */
  present: (
    network: SpikingNetwork,
    set: EncodedSet,
    count: number,
    epoch: number,
    batch: number,
    changed: boolean
  ) => void
}

export function openSubstrate(request: SessionRequest, config: FirstSpikeConfig, shape: NetworkShape): Substrate {
  const { port } = request
  if (port.weightStep > 0) {
    if (port.firstSpikes) return openChip(request, port.firstSpikes, config, shape)
    throw new InputError(
      'bad-input',
      'chip: it has no door for first-spike times; allowed are `ideal` and hicann-x chips'
    )
  }
  const { resolution, weightLimit } = config
  const grid = (weight: number): number => {
    const w = Math.max(-weightLimit, Math.min(weightLimit, weight))
    return resolution > 0 ? Math.round(w / resolution) * resolution : w
  }
  return { codesPerUnit: 1, report: request.measured ?? {}, grid, limit: weightLimit, present: () => {} }
}
