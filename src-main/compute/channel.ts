/** The process's line to its parent: Electron's utility process has a message port, a forked child has `process.send`. */

export interface Channel {
  send(message: unknown): void
  onMessage(callback: (message: unknown) => void): void
  onClose(callback: () => void): void
}

/** what Electron adds to `process` in a utility process (declared here: only src-main/electron may import 'electron') */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', callback: (event: { data: unknown }) => void): void
}

export function openChannel(): Channel {
  const port = (process as { parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (callback) => port.on('message', (event) => callback(event.data)),
      // Electron ends a utility process with its parent
      onClose: () => {}
    }
  }
  // Ctrl-C in a terminal reaches this process as well; what it means is the parent's to say.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  return {
    send: (message) => process.send?.(message),
    onMessage: (callback) => process.on('message', callback),
    onClose: (callback) => process.on('disconnect', callback)
  }
}
