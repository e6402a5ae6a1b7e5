/**
 * Answers windows and tells them events. Inputs are validated by the service, against the contract. A window may be
 * there before the service is: what it asks meanwhile is answered when the workspace is open.
 */
import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { Answer } from '../contract/bridge'
import { InloopError } from '../contract/errors'
import type { Service } from '../handlers/service'
import { ENDPOINTS, EVENT, INVOKE } from './channels'
import { isOwnPage } from './origin'

export function answerWindow(opening: Promise<Service>, endpoints: () => Promise<string[]>): void {
  ipcMain.handle(ENDPOINTS, (event) => (isOurs(event) ? endpoints() : []))
  ipcMain.handle(INVOKE, async (event, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    if (!isOurs(event)) return refusal(new InloopError('bad-input', 'refused: not our own page'))
    try {
      return { value: await (await opening).invoke(String(name), input) }
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

function isOurs({ senderFrame: frame, sender }: IpcMainInvokeEvent): boolean {
  return frame !== null && frame === sender.mainFrame && isOwnPage(frame.url)
}

function refusal(error: unknown): Answer<never> {
  if (error instanceof InloopError) return { error: { code: error.code, message: error.message } }
  console.error(error)
  return { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }
}
