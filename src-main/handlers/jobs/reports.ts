/** From what a task reports to the events of the contract. */
import type { Events } from '../../contract/events'
import type { TaskReport } from '../../compute/protocol'
import type { Job } from '../../store/jobs'
import type { Context } from '../context'
import { runOf } from '../runs/shown'

export function emitReport({ store, emit }: Pick<Context, 'store' | 'emit'>, job: Job, report: TaskReport): void {
  const run = job.subject
  if (run === null) return
  if (report.kind === 'batch') {
    const { kind: _kind, ...batch } = report
    emit('batch', { run, ...batch })
  }
  if (report.kind === 'epoch') {
    emit('epoch', { run, epoch: report.epoch })
    emit('run', runOf(store.runs.summary(run)))
  }
  if (report.kind === 'plane')
    emit('plane', { run, epoch: report.epoch, plane: report.plane as Events['plane']['plane'] })
  if (report.kind === 'dashboard') {
    emit('dashboard', { run, dashboard: report.dashboard as Events['dashboard']['dashboard'] })
  }
}
