/** Opens an emulated HICANN-X. Callers get its ChipPort; the ground truth stays inside. */
import { drawChip } from '../../chip/hicann-x/draw'
import { agedChip, USUAL_TEMPERATURE } from '../../chip/hicann-x/drift'
import { RECIPES } from '../../chip/hicann-x/recipe'
import type { ChipPort, Silicon } from '../chip-port'
import { HicannXPort } from './port'
import type { SavedChip } from './written/saved-chip'

export interface EmulatedChip extends Silicon {
  /** noise of this session's writes and measurements */
  trialSeed: number
}

export type { SavedChip }

/** the state of an emulated chip as plain data; null: this port is no emulated chip */
export function saveChip(port: ChipPort): SavedChip | null {
  return port instanceof HicannXPort ? port.save() : null
}

/** @param port opened as the same chip, with the same trial seed, as the one that was saved */
export function restoreChip(port: ChipPort, saved: SavedChip): void {
  if (port instanceof HicannXPort) port.restore(saved)
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
  return new HicannXPort(draw, trialSeed, quirks, temperature)
}
