/** Opens a chip, writes a calibration's settings, measures all again. */
import { accept as acceptChip } from '../../core/calibration/accept'
import { applySettings } from '../../core/calibration/settings'
import type { TaskInputs, TaskResults } from '../protocol'
import { bareChip } from './chips'
import { drive, type LaneContext, type Stopped } from './task'

export function accept(input: TaskInputs['accept'], context: LaneContext): TaskResults['accept'] | Stopped {
  const chip = bareChip(input.chip, input.seed)
  applySettings(chip, input.result.settings)
  return drive(
    acceptChip(chip, input.result, input.excluded, { control: input.control }),
    context,
    ({ label, share }) => context.report({ kind: 'progress', share, text: label })
  )
}
