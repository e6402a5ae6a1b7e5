/** Starts the calibrations that are due, as an operator would: a job in the queue, with the targets of the active one. */
import { contract } from '../../contract/index'
import { isDue } from '../../jobs/nightly'
import { calibrations } from './calibrations'
import type { Context } from '../context'

/** @param opened since when the program is open; what came due before is not made up for */
export function calibrateWhatIsDue(context: Context, opened: Date, now = new Date()): void {
  const { store } = context
  for (const schedule of store.schedules.all()) {
    if (!isDue(schedule, opened, now)) continue
    store.schedules.cameDue(schedule.chip, now.toISOString())
    const busy = store.jobs.unfinished().some((job) => job.kind === 'calibrate' && job.chip === schedule.chip)
    if (!busy) void calibrate(context, schedule.chip)
  }
}

async function calibrate(context: Context, chipId: string): Promise<void> {
  const { store } = context
  const { id, active } = store.chips.get(chipId)
  const last = active === null ? null : store.calibrations.get(active)
  const input = contract.calibrate.input.parse({
    chip: id,
    ...(last ? { targets: last.targets } : {}),
    ...(typeof last?.config['preset'] === 'string' ? { preset: last.config['preset'] } : {}),
    // another noise than the time before: repeating the very same reads would show no drift
    seed: store.calibrations.list(id).length + 1,
    title: 'nightly'
  })
  try {
    await calibrations.calibrate(input, context)
  } catch (error) {
    console.error(`the daily calibration of ${id} could not start:`, error)
  }
}
