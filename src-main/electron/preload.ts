/**
 * Runs before the page, in the sandbox: puts the bridge at `window.inloop` and nothing else. Names are those of the
 * contract; the rest (sender, schema) is checked in main, which does not trust a window.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../contract/bridge'
import { ENDPOINTS, EVENT, INVOKE } from './channels'

type Listener = (payload: never) => void

// asked of main, since the contract would take the schema library along, and main makes it while the page loads
const endpoints: Promise<ReadonlySet<string>> = ipcRenderer.invoke(ENDPOINTS).then((names: string[]) => new Set(names))

const listeners = new Map<string, Set<Listener>>()

ipcRenderer.on(EVENT, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload as never)
})

const bridge: Bridge = {
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  async invoke(name, input) {
    if ((await endpoints).has(name)) return ipcRenderer.invoke(INVOKE, name, input)
    return { error: { code: 'bad-input', message: `there is no endpoint "${String(name)}"` } }
  },
  subscribe(event, callback) {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(callback))
    return () => all.delete(callback)
  }
}

contextBridge.exposeInMainWorld('inloop', bridge)
