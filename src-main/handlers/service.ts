/**
 * The application without a face: store, queue and handlers over one workspace. The window's main process and the
 * command line both open it and speak the contract to it; only how the compute process is launched differs.
 */
import { InloopError } from '../contract/errors'

/** the process that runs core (compute/main.ts), however it was launched */
export interface ComputeProcess {
  post(message: unknown): void
  onMessage(callback: (message: unknown) => void): void
  onExit(callback: (code: number | null) => void): void
  kill(): void
}

export interface ServiceOptions {
  /** folder of the database; made if it does not exist */
  workspace: string
  /** starts out/main/compute.js: utilityProcess.fork under Electron, child_process.fork (serialization 'advanced') elsewhere */
  launchCompute: () => ComputeProcess
  /** path of kernels.wasm */
  kernels: string
  /** path of the resources folder */
  resources: string
  /** of the app */
  version: string
  /** e.g. "Electron 45.4.1" or "Node 20.20.2" */
  runtime: string
  /** worker threads of the compute process; default: all cores */
  threads?: number
}

export interface Service {
  /** validates the input against the contract and answers; a job answers `{ job, subject }` at once */
  invoke(name: string, input: unknown): Promise<unknown>
  /** events of contract/events.ts; returns the function that ends it */
  subscribe(listener: (event: string, payload: unknown) => void): () => void
  /** stops running work at the next safe point (it is marked interrupted and can be resumed) and closes the database */
  close(): Promise<void>
}

export function openService(options: ServiceOptions): Promise<Service> {
  return Promise.reject(new InloopError('internal', `the service of ${options.workspace} is being built`))
}
