/** From model units to a port's units. */
import type { Config } from './types'

export interface Conversion {
  /** units of the measured membrane between rest and threshold */
  membranePerUnit: number
  /** weight codes of one model unit of a hidden weight */
  weightPerUnit: number
  /** most weight codes that one model unit of an output weight is given */
  outputPerUnit: number
}

/** a port that speaks model units */
export const IDENTITY: Conversion = { membranePerUnit: 1, weightPerUnit: 1, outputPerUnit: 1 }

export interface MeasuredConversion {
  conversion: Conversion
  /** what is recorded with the run */
  report: Config
}

export function measureConversion(session: unknown, seed: number): MeasuredConversion {
  void session
  void seed
  return { conversion: IDENTITY, report: { ...IDENTITY } }
}
