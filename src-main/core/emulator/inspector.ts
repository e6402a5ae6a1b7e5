/**
 * Looks behind a ChipPort: the ground truth of an emulated chip. For tests only (residuals without noise); calibration
 * and training must not import it, and lint says so.
 */
import type { Circuits } from '../chip/hicann-x/circuits'
import type { Converter } from '../chip/hicann-x/column-converter'
import type { ChipDraw } from '../chip/hicann-x/draw'
import type { ChipPort } from './chip-port'
import { HicannXPort } from './hicann-x/port'

export interface Truth {
  draw: ChipDraw
  /** the 512 circuits in their present settings */
  circuits: Circuits
  /** the same with the two circuits of joined columns as one membrane */
  membranes: Circuits
  converter: Converter
}

/** @throws Error where the port is not an emulated chip */
export function inspect(port: ChipPort): Truth {
  if (!(port instanceof HicannXPort)) throw new Error(`${port.identity.model} has no ground truth to inspect`)
  const { circuits, membranes, converter } = port.state()
  return { draw: port.draw, circuits, membranes, converter }
}
