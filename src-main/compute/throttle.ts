/** At most ten reports of a kind a second leave the compute process; what must not be lost always passes. */
import type { TaskReport } from './protocol'

const INTERVAL_MS = 100
const DROPPABLE: ReadonlySet<TaskReport['kind']> = new Set(['progress', 'batch'])

export function throttled(
  send: (report: TaskReport) => void,
  now: () => number = () => performance.now()
): (report: TaskReport) => void {
  const last = new Map<TaskReport['kind'], number>()
  return (report) => {
    const at = now()
    if (DROPPABLE.has(report.kind) && at - (last.get(report.kind) ?? -Infinity) < INTERVAL_MS) return
    last.set(report.kind, at)
    send(report)
  }
}
