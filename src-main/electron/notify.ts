/** A word on the desktop when work ends that nobody is looking at. */
import { type BrowserWindow, Notification } from 'electron'
import type { Events } from '../contract'
import type { Service } from '../handlers/service'
import { ask } from './client'
import type { Tray } from './tray'

const ENDS: { readonly [status: string]: string } = {
  done: 'is done',
  failed: 'failed',
  interrupted: 'was interrupted and can be resumed'
}
/** what ends sooner was waited for */
const SHORTEST_MS = 3000

export function notifyOfEnds(service: Service, window: BrowserWindow, tray: Tray): void {
  const running = new Set<string>()
  const stop = service.subscribe((event, payload) => {
    if (event !== 'job') return
    const job = payload as Events['job']
    if (job.status === 'running') running.add(job.id)
    if (!(job.status in ENDS) || !running.delete(job.id)) return
    if (window.isFocused() && window.isVisible()) return
    void tell(service, job, () => tray.showWindow())
  })
  // jobs that are stopped because the window was closed end without a word
  window.on('closed', stop)
}

async function tell(service: Service, job: Events['job'], open: () => void): Promise<void> {
  const took = Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt ?? '')
  if (took < SHORTEST_MS || !Notification.isSupported()) return
  const { preferences } = await ask(service, 'preferences.get', {})
  if (preferences['notify'] === false) return
  const body = job.error ?? (await outcome(service, job))
  const notification = new Notification({ title: `${job.title} ${ENDS[job.status]}`, body })
  notification.on('click', open)
  notification.show()
}

async function outcome(service: Service, { kind, subject }: Events['job']): Promise<string> {
  if (kind !== 'train' || subject === null) return subject ?? ''
  const { run } = await ask(service, 'runs.show', { run: subject })
  const { testAccuracy, n } = run.metrics
  return testAccuracy === null ? subject : `${subject}: ${(100 * testAccuracy).toFixed(2)} % of ${n} test samples right`
}
