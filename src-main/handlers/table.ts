/** Every endpoint of the contract with its handler; one that is missing, or has another shape, does not compile. */
import type { Name } from '../contract/index'
import { calibrationEvidence } from './calibrations/evidence'
import { calibrationVersions } from './calibrations/versions'
import { calibrationViews } from './calibrations/views'
import { calibrations } from './calibrations/calibrations'
import { chips } from './chips/chips'
import type { Handlers } from './context'
import { evaluations } from './runs/evaluations'
import { experiments } from './conducted/experiments'
import { jobs } from './jobs/jobs'
import { preferences } from './workspace/preferences'
import { diagnostics } from './workspace/diagnostics'
import { documents } from './workspace/documents'
import { bundles } from './runs/bundles'
import { reproduce } from './conducted/reproduce'
import { robustness } from './runs/robustness'
import { comparisons } from './runs/compared'
import { runFigures } from './runs/figures'
import { runs } from './runs/runs'
import { scope } from './chips/scope'
import { sql } from './workspace/sql'
import { sweeps } from './conducted/sweeps'
import { system } from './workspace/system'
import { transfer } from './conducted/transfer'
import { workspaces } from './workspace/workspaces'

export const table = {
  ...chips,
  ...scope,
  ...calibrations,
  ...calibrationEvidence,
  ...calibrationVersions,
  ...calibrationViews,
  ...runs,
  ...comparisons,
  ...runFigures,
  ...evaluations,
  ...robustness,
  ...reproduce,
  ...transfer,
  ...experiments,
  ...sweeps,
  ...documents,
  ...bundles,
  ...jobs,
  ...sql,
  ...system,
  ...preferences,
  ...diagnostics,
  ...workspaces
} satisfies Handlers<Name>
