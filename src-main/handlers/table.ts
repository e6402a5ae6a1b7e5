/** Every endpoint of the contract with its handler; one that is missing, or has another shape, does not compile. */
import type { Name } from '../contract/index'
import { calibrationEvidence } from './calibration-evidence'
import { calibrationVersions } from './calibration-versions'
import { calibrations } from './calibrations'
import { chips } from './chips'
import type { Handlers } from './context'
import { evaluations } from './evaluations'
import { experiments } from './experiments'
import { jobs } from './jobs'
import { documents } from './documents'
import { robustness } from './robustness'
import { runFigures } from './run-figures'
import { runs } from './runs'
import { scope } from './scope'
import { sql } from './sql'
import { system } from './system'
import { transfer } from './transfer'
import { workspaces } from './workspaces'

export const table = {
  ...chips,
  ...scope,
  ...calibrations,
  ...calibrationEvidence,
  ...calibrationVersions,
  ...runs,
  ...runFigures,
  ...evaluations,
  ...robustness,
  ...transfer,
  ...experiments,
  ...documents,
  ...jobs,
  ...sql,
  ...system,
  ...workspaces
} satisfies Handlers<Name>
