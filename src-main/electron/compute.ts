/** Launches processes as Electron's utility processes: their crash is a job's or a question's, never the window's. */
import { utilityProcess } from 'electron'
import type { ComputeProcess } from '../handlers/service'
import { COMPUTE, READER } from './places'

export const launchCompute = (): ComputeProcess => launch(COMPUTE, 'Inloop compute')
export const launchReader = (): ComputeProcess => launch(READER, 'Inloop reader')

function launch(entry: string, serviceName: string): ComputeProcess {
  const child = utilityProcess.fork(entry, [], { serviceName, stdio: 'inherit' })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) => void child.on('exit', callback),
    kill: () => void child.kill()
  }
}
