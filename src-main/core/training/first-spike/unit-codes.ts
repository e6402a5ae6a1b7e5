/**
 * Weight codes of units that differ. A circuit makes (w + o) g of a code w (hardware.md 7: I ∝ w + o with o = −1.1 ± 2.0
 * codes, Cramer, Billaudelle et al. 2022), and thresholds differ: what each unit makes of its codes is measured through
 * the port (conversion.ts), and a unit gets the code that comes nearest to the weight that is wanted of it. Small weights
 * are few codes, so that without it a sum of thirty of them is off by a fourth. The papers write the same codes for all.
 */
import type { Conversion, UnitResponses } from '../conversion'

/** numbers a unit: gain relative to the median unit, and offset in codes, of the excitatory and the inhibitory circuit */
export const UNIT_NUMBERS = 4

/** from a weight that is wanted of a unit of layer 0 or 1 to one that can be there, model units of the median unit */
export type Grid = (weight: number, layer: number, unit: number) => number

/** [unit][UNIT_NUMBERS]; a circuit that could not be measured is taken for the median one */
export function unitNumbers(units: UnitResponses, { membranePerUnit, weightPerUnit }: Conversion): Float64Array {
  const perCode = membranePerUnit / weightPerUnit
  const { slopeExc, slopeInh, offsetExc, offsetInh, height } = units
  return Float64Array.from({ length: UNIT_NUMBERS * height.length }, (_, k) => {
    const unit = Math.floor(k / UNIT_NUMBERS)
    const [slope, offset] = k % UNIT_NUMBERS < 2 ? [slopeExc, offsetExc] : [slopeInh, offsetInh]
    const gain = ((slope[unit] / perCode) * membranePerUnit) / height[unit]
    if (!(gain > 0 && Number.isFinite(offset[unit]))) return k % 2 === 0 ? 1 : 0
    return k % 2 === 0 ? gain : offset[unit]
  })
}

/**
 * The signed code for a weight, by unit.
 * @param units of unitNumbers; null: all are alike @param codesPerUnit codes of one model unit, median unit
 * @param limit largest code
 */
export function unitCodes(
  units: Float64Array | null,
  codesPerUnit: number,
  limit: number
): (weight: number, unit: number) => number {
  return (weight, unit) => {
    const at = UNIT_NUMBERS * unit + (weight < 0 ? 2 : 0)
    const gain = units ? units[at] : 1
    const offset = units ? units[at + 1] : 0
    const wanted = (Math.abs(weight) * codesPerUnit) / gain
    const code = Math.max(1, Math.min(limit, Math.round(wanted - offset)))
    // a synapse of code 0 is off, whatever the offset
    const used = Math.abs(Math.max(0, code + offset) - wanted) < wanted ? code : 0
    return weight < 0 ? -used : used
  }
}
