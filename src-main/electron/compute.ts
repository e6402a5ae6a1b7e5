/** Launches the compute process as Electron's utility process: its crash is a job's, never the window's. */
import { utilityProcess } from 'electron'
import type { ComputeProcess } from '../handlers/service'
import { COMPUTE } from './places'

export function launchCompute(): ComputeProcess {
  const child = utilityProcess.fork(COMPUTE, [], { serviceName: 'Inloop compute', stdio: 'inherit' })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) => void child.on('exit', callback),
    kill: () => void child.kill()
  }
}
