/**
 * Calibrations at a time of the day. A schedule comes due when its time passes while the program is open: what was missed
 * while it was closed is not made up for, since nobody asked for a calibration at breakfast.
 */
import type { Schedule } from '../store/measurements'

/** the last moment up to `now` at which clocks here showed `time` */
export function lastTime(time: string, now: Date): Date {
  const at = onDay(time, now, 0)
  return at.getTime() <= now.getTime() ? at : onDay(time, now, -1)
}

export function nextTime(time: string, now: Date): Date {
  const at = onDay(time, now, 0)
  return at.getTime() > now.getTime() ? at : onDay(time, now, 1)
}

/** @param opened since when the program is open */
export function isDue({ time, lastAt }: Schedule, opened: Date, now: Date): boolean {
  const at = lastTime(time, now).getTime()
  return at > opened.getTime() && (lastAt === null || at > Date.parse(lastAt))
}

function onDay(time: string, day: Date, offset: number): Date {
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + offset, hours, minutes)
}
