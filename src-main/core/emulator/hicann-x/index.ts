/** Opens an emulated HICANN-X. Callers get its ChipPort; the ground truth stays inside. */
import { drawChip } from '../../chip/hicann-x/draw'
import type { ChipPort } from '../chip-port'
import { HicannXPort, type SavedChip } from './port'

export interface EmulatedChip {
  /** the chip: all its fixed deviations are drawn from it */
  seed: number
  /** scales every spread and every probability of a defect: 1 as measured on silicon, 0 ideal */
  mismatch: number
  /** noise of this session's writes and measurements */
  trialSeed: number
  /** the oddities of quirks.ts; default: none of them */
  quirks?: boolean
}

export type { SavedChip }

/** the state of an emulated chip as plain data; null: this port is no emulated chip */
export function saveChip(port: ChipPort): SavedChip | null {
  return port instanceof HicannXPort ? port.save() : null
}

/** @param port opened with the same seeds as the one that was saved */
export function restoreChip(port: ChipPort, saved: SavedChip): void {
  if (port instanceof HicannXPort) port.restore(saved)
}

export function openChip({ seed, mismatch, trialSeed, quirks = false }: EmulatedChip): ChipPort {
  return new HicannXPort(drawChip(seed, mismatch), trialSeed, quirks)
}
