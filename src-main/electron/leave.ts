/**
 * Closing the window while work goes on asks once what shall become of it: it goes on without the window (in the tray),
 * or it stops and can be resumed. The answer can be kept; Settings changes it.
 */
import { type BrowserWindow, dialog } from 'electron'
import type { Service } from '../handlers/service'
import { keepAppearance } from './appearance'
import { ask } from './client'
import type { Tray } from './tray'

const BUSY = ['queued', 'running', 'paused']
/** in this order in the dialog */
const ANSWERS = ['stop', 'cancel', 'keep'] as const
type Answer = (typeof ANSWERS)[number]
const KEY = 'closing'

export function askBeforeLeaving(service: Service, window: BrowserWindow, tray: Tray): void {
  let leaving = false
  let asking = false
  window.on('close', (event) => {
    if (leaving) return
    event.preventDefault()
    // closed again before the answer: one question is enough
    if (asking) return
    asking = true
    const answered = decide(service, window).finally(() => (asking = false))
    void answered.then((answer) => {
      if (answer === 'cancel') return
      if (answer === 'keep') return tray.hideWindow()
      leaving = true
      keepAppearance(window)
      window.close()
    })
  })
}

async function decide(service: Service, window: BrowserWindow): Promise<Answer> {
  const { jobs } = await ask(service, 'jobs.list', {})
  const busy = jobs.filter(({ status }) => BUSY.includes(status))
  if (busy.length === 0) return 'stop'
  const { preferences } = await ask(service, 'preferences.get', {})
  const kept = preferences[KEY]
  // from the tray there is no window to come back to: leaving it means to stop
  if (window.isVisible() && (kept === 'keep' || kept === 'stop')) return kept
  window.show()
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    message: busy.length === 1 ? `"${busy[0].title}" is not done` : `${busy.length} jobs are not done`,
    detail:
      'Kept running, they go on without the window; the icon in the tray, or starting Inloop again, brings it back. Stopped, they end at the next safe point, keep what is done, and can be resumed.',
    buttons: ['Stop jobs and quit', 'Cancel', 'Keep running'],
    checkboxLabel: 'Do this every time',
    defaultId: 2,
    cancelId: 1
  })
  const answer = ANSWERS[response] ?? 'cancel'
  if (checkboxChecked && answer !== 'cancel') await ask(service, 'preferences.set', { key: KEY, value: answer })
  return answer
}
