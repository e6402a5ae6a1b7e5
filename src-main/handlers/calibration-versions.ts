/** Versions of calibrations: compared, exported, imported. */
import type { calibrationVersions as endpoints } from '../contract/calibration-versions'
import { calibrationDiff } from './calibration-diff'
import { documentOf, exportCalibration, importCalibration } from './calibration-files'
import { detail } from './calibrations'
import type { Handlers } from './context'

export const calibrationVersions: Handlers<keyof typeof endpoints> = {
  'calibration.diff': (input, { store }) => ({ diff: calibrationDiff(store, input) }),
  'calibration.export': (input, context) => exportCalibration(context, input),
  'calibration.document': ({ calibration, format }, context) => documentOf(context, calibration, format),
  'calibration.import': (input, context) => ({ calibration: detail(context.store, importCalibration(context, input)) })
}
