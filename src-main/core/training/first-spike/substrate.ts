/**
 * Where the spike times of a forward pass come from: the model's closed forms, or a chip that records them (chip.ts).
 */
import { InputError } from '../../errors/input-error'
import { openChip } from './chip'
import type { NetworkShape } from './network'
import type { FirstSpikeConfig } from './presets'
import type { SessionRequest, Substrate } from './types'

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
  const measured = request.measured ?? { report: {}, units: null }
  return { codesPerUnit: 1, measured, grid, limit: weightLimit, present: () => {} }
}
