/** Entry of a worker thread: one member of a team. Loads the kernels on the team's memory and runs the task. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadKernels } from '../core/kernels/module'
import { toFailure } from './failure'
import type { TaskReport } from './protocol'
import { abort, mayGoOn, sharedTeam, TeamAborted } from './shared-team'
import { type LaneEnd, type LaneTask, runLaneTask, STOPPED } from './tasks/index'
import { throttled } from './throttle'

export interface LaneData {
  index: number
  size: number
  buffer: SharedArrayBuffer
  memory: WebAssembly.Memory
  kernels: Uint8Array
  task: LaneTask
}

export type LaneMessage = { type: 'report'; report: TaskReport } | { type: 'end'; end: LaneEnd }

const { index, size, buffer, memory, kernels, task } = workerData as LaneData
const send = (message: LaneMessage): void => parentPort?.postMessage(message)
const team = sharedTeam(buffer, index, size)

try {
  const result = runLaneTask(task, {
    team,
    kernels: loadKernels(Uint8Array.from(kernels), memory),
    report: index === 0 ? throttled((report) => send({ type: 'report', report })) : () => {},
    proceed: () => team.agree(() => (mayGoOn(buffer) ? 1 : 0)) === 1,
    seconds: () => performance.now() / 1000
  })
  if (index === 0) send({ type: 'end', end: result === STOPPED ? { how: 'stopped' } : { how: 'done', result } })
} catch (error) {
  if (!(error instanceof TeamAborted)) send({ type: 'end', end: { how: 'failed', failure: toFailure(error) } })
  abort(buffer)
}
