/** Calibrates a chip. */
import type { Journal } from '../../core/calibration/journal'
import { calibrate as calibrateChip } from '../../core/calibration/suite'
import type { CalibrationResult } from '../../core/calibration/types'
import { restoreChip, saveChip, type SavedChip } from '../../core/emulator/hicann-x/index'
import { mad, median, sd } from '../../core/statistics/summary'
import type { RoutineSummary, SpreadOf, TaskInputs, TaskResults } from '../protocol'
import { bareChip } from './chips'
import { drive, type LaneContext, STOPPED, type Stopped } from './task'

/** column reads averaged before and after (hardware.md 6; calix, tests/hw/py/test_neuron_distribution.py) */
const READS = 10

export function calibrate(input: TaskInputs['calibrate'], context: LaneContext): TaskResults['calibrate'] | Stopped {
  const { resume } = input
  const started = context.seconds() - (resume?.seconds ?? 0)
  const seconds = (): number => context.seconds() - started
  const port = bareChip(input.chip, input.seed)
  const journal: Journal = {
    done: resume?.done ?? [],
    bench: resume?.bench ?? null,
    restore: () => {
      if (resume?.chip) restoreChip(port, resume.chip as SavedChip)
    },
    note: ({ index, name, result, bench }) =>
      context.report({ kind: 'unit', index, name, result, state: { bench, chip: saveChip(port), seconds: seconds() } })
  }
  const request = {
    journal,
    targets: input.targets,
    lists: input.lists,
    excluded: input.excluded,
    reads: READS,
    ...(input.routines ? { routines: input.routines } : {}),
    ...(input.from ? { from: input.from, known: input.known } : {})
  }
  const result = drive(calibrateChip(port, request), context, (progress) => {
    const { label, step, steps, share } = progress
    context.report({ kind: 'progress', share, text: steps > 1 ? `${label}, step ${step}/${steps}` : label })
  })
  if (result === STOPPED) return STOPPED
  return { result, summaries: summarise(result, input.excluded), seconds: seconds() }
}

/** over the instances that count: neither excluded nor failed in that routine */
function summarise({ routines }: CalibrationResult, excluded: Uint8Array): RoutineSummary[] {
  return routines.map(({ per, before, after, failed }) => {
    const out = (n: number): boolean => failed[n] === 1 || (per === 'neuron' && excluded[n] === 1)
    const of = (values: Float64Array | null): SpreadOf | null => {
      const counted = values?.filter((value, n) => !out(n) && Number.isFinite(value))
      if (!counted?.length) return null
      return { median: median(counted), mad: mad(counted), sd: sd(counted) }
    }
    return { before: of(before), after: of(after) }
  })
}
