/** Answers windows and tells them events. Inputs are validated by the service, against the contract. */
import { type BrowserWindow, ipcMain } from 'electron'
import type { Answer } from '../contract/bridge'
import { InloopError } from '../contract/errors'
import type { Service } from '../handlers/service'
import { EVENT, INVOKE } from './channels'
import { isOwnPage } from './origin'

export function answerWindow(service: Service): void {
  ipcMain.handle(INVOKE, async (event, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    const frame = event.senderFrame
    if (!frame || frame !== event.sender.mainFrame || !isOwnPage(frame.url)) {
      return refusal(new InloopError('bad-input', 'refused: not our own page'))
    }
    try {
      return { value: await service.invoke(String(name), input) }
    } catch (error) {
      return refusal(error)
    }
  })
}

/** passes all events on for as long as the window lives */
export function tellWindow(service: Service, window: BrowserWindow): void {
  const stop = service.subscribe((event, payload) => window.webContents.send(EVENT, event, payload))
  window.on('closed', stop)
}

function refusal(error: unknown): Answer<never> {
  if (error instanceof InloopError) return { error: { code: error.code, message: error.message } }
  console.error(error)
  return { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }
}
