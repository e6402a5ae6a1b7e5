/** Opens an emulated HICANN-X. Callers get its ChipPort; the ground truth stays inside. */
import { drawChip } from '../../chip/hicann-x/draw'
import { agedChip, USUAL_TEMPERATURE } from '../../chip/hicann-x/drift'
import { RECIPES } from '../../chip/hicann-x/recipe'
import type { ChipPort, Silicon } from '../chip-port'
import { HicannXPort } from './port'

export interface EmulatedChip extends Silicon {
  /** noise of this session's writes and measurements */
  trialSeed: number
}

export function openChip({
  seed,
  mismatch,
  recipe = 'A',
  ageDays = 0,
  temperature = USUAL_TEMPERATURE,
  quirks = false,
  trialSeed
}: EmulatedChip): ChipPort {
  const draw = agedChip(drawChip(seed, mismatch, RECIPES[recipe]), { days: ageDays, temperature })
  return new HicannXPort(draw, trialSeed, quirks)
}
