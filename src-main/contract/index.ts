import type { z } from 'zod'
import { bundles } from './bundles'
import { calibrationEvidence } from './calibration-evidence'
import { calibrationView } from './calibration-view'
import { calibrationVersions } from './calibration-versions'
import { calibrations } from './calibrations'
import { chips } from './chips'
import { comparisons } from './comparisons'
import type { Endpoint } from './define'
import { diagnostics } from './diagnostics'
import { experiments } from './experiments'
import { jobs } from './jobs'
import { preferences } from './preferences'
import { reproduce } from './reproduce'
import { reports } from './reports'
import { robustness } from './robustness'
import { runFigures } from './run-figures'
import { runs } from './runs'
import { scope } from './scope'
import { sql } from './sql'
import { sweeps } from './sweeps'
import { system } from './system'
import { transfer } from './transfer'
import { workspaces } from './workspaces'

export const contract = {
  ...chips,
  ...scope,
  ...calibrations,
  ...calibrationEvidence,
  ...calibrationVersions,
  ...calibrationView,
  ...runs,
  ...comparisons,
  ...robustness,
  ...reproduce,
  ...runFigures,
  ...transfer,
  ...experiments,
  ...sweeps,
  ...reports,
  ...bundles,
  ...jobs,
  ...sql,
  ...system,
  ...preferences,
  ...diagnostics,
  ...workspaces
} as const satisfies Record<string, Endpoint>

export type Contract = typeof contract
export type Name = keyof Contract
/** what a caller gives (defaults may be left out) */
export type Input<K extends Name> = z.input<Contract[K]['input']>
/** what a handler gets, validated and with defaults */
export type Parsed<K extends Name> = z.output<Contract[K]['input']>
export type Output<K extends Name> = z.output<Contract[K]['output']>
export type JobName = { [K in Name]: Contract[K]['kind'] extends 'job' ? K : never }[Name]
/** what a window gets: a job's id at once, anything else its output */
export type Reply<K extends Name> = K extends JobName ? { job: string; subject: string | null } : Output<K>

export type { Events } from './events'
export { InloopError } from './errors'
