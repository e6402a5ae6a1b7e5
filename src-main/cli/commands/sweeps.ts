/** sweep FILE, sweep status, sweep cancel, sweep retry */
import type { Output } from '../../contract/index'
import { command } from '../command'
import { percent, table } from '../text'

function shown({ sweep: s }: Output<'sweep'>): string {
  const names = Object.keys(s.runs[0]?.varied ?? {})
  const rows = s.runs.map((r) => [
    r.run,
    ...names.map((name) => String(r.varied[name])),
    percent(r.testAccuracy),
    r.error
  ])
  return [
    ...(rows.length ? [table(['run', ...names, 'test', 'error'], rows), ''] : []),
    `${s.id}: ${s.done} of ${s.total} done, ${s.failed} failed`
  ].join('\n')
}

export const sweepCommands = [
  command({ path: 'sweep', endpoint: 'sweep', args: ['file'], show: shown, failed: ({ sweep }) => sweep.failed > 0 }),
  command({ path: 'sweep status', endpoint: 'sweep.status', args: ['id'], show: shown }),
  command({ path: 'sweep cancel', endpoint: 'sweep.cancel', args: ['id'], show: shown }),
  command({
    path: 'sweep retry',
    endpoint: 'sweep.retry',
    args: ['id'],
    show: shown,
    failed: ({ sweep }) => sweep.failed > 0
  })
]
