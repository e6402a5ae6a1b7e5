/** The numbered migrations in order, one file each. Add; never change one that was released. */
import { foundation } from './0010-foundation'
import { chipAge } from './0020-chip-age'
import { calibrationUnits } from './0030-calibration-units'
import { drift } from './0031-drift'
import { validation } from './0040-validation'
import { views } from './0060-views'
import { planes } from './0070-planes'
import { crossbarNode } from './0080-crossbar-node'
import { noiseSource } from './0090-noise-source'
import { runOrigin } from './0100-run-origin'
import { neuronNote } from './0110-neuron-note'
import { forcedStop } from './0120-forced-stop'
import { runColour } from './0121-run-colour'
import { runSettings } from './0122-run-settings'

export interface Migration {
  version: number
  name: string
  sql: string
}

export const migrations: readonly Migration[] = [
  foundation,
  chipAge,
  calibrationUnits,
  drift,
  validation,
  views,
  planes,
  crossbarNode,
  noiseSource,
  runOrigin,
  neuronNote,
  forcedStop,
  runColour,
  runSettings
]
