/** One service for the window while the workspace behind it may change: the next is open before the last one closes. */
import type { Service } from '../handlers/service'

export interface Switchable extends Service {
  /** @throws what opening throws; the workspace that was open stays then */
  switchTo(workspace: string): Promise<void>
}

export async function openSwitchable(
  first: string,
  open: (workspace: string) => Promise<Service>
): Promise<Switchable> {
  const listeners = new Set<(event: string, payload: unknown) => void>()
  const follow = (service: Service): (() => void) =>
    service.subscribe((event, payload) => {
      for (const listener of listeners) listener(event, payload)
    })
  let current = await open(first)
  let unfollow = follow(current)
  return {
    invoke: (name, input) => current.invoke(name, input),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    drain: () => current.drain(),
    close: () => current.close(),
    switchTo: async (workspace) => {
      const next = await open(workspace)
      const last = current
      unfollow()
      current = next
      unfollow = follow(next)
      await last.close()
    }
  }
}
