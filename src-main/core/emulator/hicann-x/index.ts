/** Opens an emulated HICANN-X. Callers get its ChipPort; the ground truth stays inside. */
import { type ChipDraw, drawChip } from '../../chip/hicann-x/draw'
import { agedChip, USUAL_TEMPERATURE } from '../../chip/hicann-x/drift'
import { synapseNormals } from '../../chip/hicann-x/synapses'
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

export const openChip = (chip: EmulatedChip): ChipPort => chipOpener()(chip)

/**
 * opens chips one after another and keeps the last draw: the same silicon, warmer or older, is not drawn again, and of
 * the same seed with another spread not its many synapses' normals
 */
export function chipOpener(): (chip: EmulatedChip) => ChipPort {
  let drawn: { key: string; draw: ChipDraw } | undefined
  let normals: { seed: number; of: (Float64Array | undefined)[] } | undefined
  return ({
    seed,
    mismatch,
    recipe = 'A',
    ageDays = 0,
    temperature = USUAL_TEMPERATURE,
    quirks = false,
    trialSeed
  }) => {
    const key = `${seed} ${mismatch} ${recipe}`
    if (normals?.seed !== seed) normals = { seed, of: [] }
    const { of } = normals
    const normalsOf = (array: 0 | 1): Float64Array => (of[array] ??= synapseNormals(seed, array))
    if (drawn?.key !== key) drawn = { key, draw: drawChip(seed, mismatch, RECIPES[recipe], normalsOf) }
    return new HicannXPort(agedChip(drawn.draw, { days: ageDays, temperature }), trialSeed, quirks, temperature)
  }
}
