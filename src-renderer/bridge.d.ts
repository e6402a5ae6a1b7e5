import type { Bridge } from '../src-main/contract/bridge'

declare global {
  interface Window {
    /** what the preload script exposes; nothing else of Electron exists in the window */
    readonly inloop: Bridge
  }
}
