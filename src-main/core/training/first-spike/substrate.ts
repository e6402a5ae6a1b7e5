/** Where the spike times of a forward pass come from: the model's closed forms, or a chip that records them. */
import type { Config } from '../types'
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
  /** every member calls it after the weights are written, and meets nobody; the times of a model are left to the kernels */
  present: (
    network: SpikingNetwork,
    set: EncodedSet,
    count: number,
    epoch: number,
    batch: number,
    changed: boolean
  ) => void
}

export function openSubstrate(request: SessionRequest, config: FirstSpikeConfig, _shape: NetworkShape): Substrate {
  const { resolution, weightLimit } = config
  const grid = (weight: number): number => {
    const w = Math.max(-weightLimit, Math.min(weightLimit, weight))
    return resolution > 0 ? Math.round(w / resolution) * resolution : w
  }
  return { codesPerUnit: 1, report: request.measured ?? {}, grid, present: () => {} }
}
