/** Closing the window ends the work in it, so that is asked first; what is stopped can be resumed. */
import { type BrowserWindow, dialog } from 'electron'
import type { Service } from '../handlers/service'
import { keepAppearance } from './appearance'
import { ask } from './client'

const BUSY = ['queued', 'running', 'paused']

export function askBeforeLeaving(service: Service, window: BrowserWindow): void {
  let leaving = false
  window.on('close', (event) => {
    if (leaving) return
    event.preventDefault()
    void mayLeave(service, window).then(async (may) => {
      if (!may) return
      leaving = true
      await keepAppearance(service, window)
      window.close()
    })
  })
}

async function mayLeave(service: Service, window: BrowserWindow): Promise<boolean> {
  const { jobs } = await ask(service, 'jobs.list', {})
  const busy = jobs.filter(({ status }) => BUSY.includes(status))
  if (busy.length === 0) return true
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: busy.length === 1 ? `"${busy[0].title}" is not done` : `${busy.length} jobs are not done`,
    detail: 'They stop at the next safe point, keep what is done, and can be resumed.',
    buttons: ['Stop jobs and quit', 'Cancel'],
    defaultId: 1,
    cancelId: 1
  })
  return response === 0
}
