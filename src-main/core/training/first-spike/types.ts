/** What a session is asked for, and what it runs on. */
import type { NetworkPort } from '../../emulator/network-port'
import type { Kernels } from '../../kernels/module'
import type { Team } from '../../kernels/team'
import type { Config } from '../types'
import type { EncodedSet } from './encode'
import type { SpikingNetwork } from './network'
import type { Grid } from './unit-codes'

export interface SessionRequest {
  method: 'first-spike' | 'delgrad'
  config: Config
  batch: number
  seed: number
  port: NetworkPort
  usable: Uint8Array | null
  kernels: Kernels
  team: Team
  /** the network that is read was trained on a chip; by default: as the port is */
  madeForChip?: boolean
  /** what an earlier session measured at the same place */
  measured?: MeasuredUnits
}

/** what is measured of a substrate before training */
export interface MeasuredUnits {
  /** for the run's record */
  report: Config
  /** of each hidden unit, then of each output: see unit-codes.ts; none: all are alike */
  units: Float64Array | null
}

export interface Substrate {
  /** weight codes of one model unit of weight; 1 on ideal */
  codesPerUnit: number
  measured: MeasuredUnits
  grid: Grid
  /** the largest weight that can be there, model units */
  limit: number
  /** presents the samples in the network's `index`; every member calls it. A model leaves the times to the kernels */
  present: (
    network: SpikingNetwork,
    set: EncodedSet,
    count: number,
    epoch: number,
    batch: number,
    changed: boolean
  ) => void
}
