/** A chip between two units of a calibration, so that it can go on to the same bits. */
import type { SpikeSwitches } from '../../chip-port'
import type { Fabric } from '../routed/fabric'

export interface SavedChip {
  memory: object
  dynamics: object
  spikes?: SpikeSwitches
  latches: object | null
  fabric: ReturnType<Fabric['save']>
  elapsedMs: number
  measurements: number
}
