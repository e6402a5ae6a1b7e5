/**
 * Runs before the page, in the sandbox: puts the bridge at `window.inloop` and nothing else. Names are those of the
 * contract; the rest (sender, schema) is checked in main, which does not trust a window.
 */
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../contract/bridge'
import { ENDPOINTS_ARGUMENT, EVENT, INVOKE } from './channels'

type Listener = (payload: never) => void

const endpoints = new Set(
  process.argv
    .find((argument) => argument.startsWith(ENDPOINTS_ARGUMENT))
    ?.slice(ENDPOINTS_ARGUMENT.length)
    .split(',')
)

const listeners = new Map<string, Set<Listener>>()

ipcRenderer.on(EVENT, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload as never)
})

const bridge: Bridge = {
  invoke: (name, input) =>
    endpoints.has(name)
      ? ipcRenderer.invoke(INVOKE, name, input)
      : Promise.resolve({ error: { code: 'bad-input', message: `there is no endpoint "${String(name)}"` } }),
  subscribe(event, callback) {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(callback))
    return () => all.delete(callback)
  }
}

contextBridge.exposeInMainWorld('inloop', bridge)
