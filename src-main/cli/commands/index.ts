/** Every command, in the order of the help text. */
import type { Command } from '../command'
import { bundleCommands } from './bundles'
import { calibrationCommands } from './calibrations'
import { chipCommands } from './chips'
import { dashboardCommands } from './dashboard'
import { experimentCommands } from './experiments'
import { mapCommands } from './maps'
import { preferenceCommands } from './preferences'
import { reproduceCommands } from './reproduce'
import { robustnessCommands } from './robustness'
import { runCommands } from './runs'
import { scopeCommands } from './scope'
import { sweepCommands } from './sweeps'
import { systemCommands } from './system'

export const COMMANDS: readonly Command[] = [
  ...chipCommands,
  ...scopeCommands,
  ...calibrationCommands,
  ...mapCommands,
  ...runCommands,
  ...dashboardCommands,
  ...robustnessCommands,
  ...reproduceCommands,
  ...experimentCommands,
  ...sweepCommands,
  ...bundleCommands,
  ...preferenceCommands,
  ...systemCommands
]

/** what the groups of commands are about */
export const GROUPS: { readonly [group: string]: string } = {
  chip: 'Emulated chips',
  calibration: 'Calibrations that were made',
  runs: 'Training runs',
  jobs: 'Work that is queued, running or was interrupted',
  dataset: 'Data sets',
  preferences: 'Choices that the workspace keeps for the window',
  workspace: 'The folder with the database: how large, what can go, and others'
}
