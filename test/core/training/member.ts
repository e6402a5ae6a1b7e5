/** Entry of a worker thread in team.test.ts: one member of a team that trains on random images, or on spike times. */
import { parentPort, workerData } from 'node:worker_threads'
import { sharedTeam } from '../../../src-main/compute/shared-team'
import { loadKernels } from '../../../src-main/core/kernels/module'
import { tinyRun } from './tiny'
import { tinySpikes } from './tiny-spikes'

const { what, index, size, buffer, memory, kernels } = workerData as {
  what: 'surrogate' | 'recurrent' | 'spikes'
  index: number
  size: number
  buffer: SharedArrayBuffer
  memory: Parameters<typeof loadKernels>[1]
  kernels: Uint8Array<ArrayBuffer>
}

const [module, team] = [loadKernels(Uint8Array.from(kernels), memory), sharedTeam(buffer, index, size)]
const { reports } =
  what === 'spikes' ? tinySpikes(module, team) : tinyRun(module, team, { set: { recurrent: what === 'recurrent' } })
if (index === 0) parentPort?.postMessage(JSON.stringify(reports))
