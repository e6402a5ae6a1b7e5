/** Launches processes as children of the command line: plain Node, no Electron needed. */
import { fork } from 'node:child_process'
import path from 'node:path'
import type { ComputeProcess } from '../handlers/service'

export const launchCompute = (): ComputeProcess => launch('compute.js')
export const launchReader = (): ComputeProcess => launch('reader.js')

/** everything is bundled to out/main, so this file's folder is that one */
function launch(entry: string): ComputeProcess {
  const child = fork(path.join(import.meta.dirname, entry), [], {
    serialization: 'advanced',
    execArgv: [],
    // an installed app's own binary is Electron's
    env: process.versions['electron'] ? { ...process.env, ELECTRON_RUN_AS_NODE: '1' } : process.env,
    stdio: ['ignore', 2, 2, 'ipc']
  })
  return {
    post: (message) => void child.send(message as object, () => {}),
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) => {
      child.on('exit', callback)
      // a process that could not be started has no exit
      child.on('error', () => child.pid === undefined && callback(null))
    },
    kill: () => void child.kill('SIGKILL')
  }
}
