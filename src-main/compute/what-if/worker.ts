/** Entry of the worker thread that holds one trained network and answers what-if questions about it, one after another. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadKernels } from '../../core/kernels/module'
import { toFailure } from '../failure'
import type { Failure, WhatIfChanges, WhatIfReading } from '../protocol'
import { type Trained, WhatIfNetwork } from './network'

export interface ToWhatIf {
  id: number
  /** another network than before */
  load?: Trained
  changes: WhatIfChanges
  samples: number
}

export type FromWhatIf = { id: number; reading: WhatIfReading } | { id: number; failure: Failure }

const kernels = loadKernels(Uint8Array.from(workerData as Uint8Array))
let network: WhatIfNetwork | undefined

parentPort?.on('message', ({ id, load, changes, samples }: ToWhatIf) => {
  try {
    if (load) {
      network?.close()
      network = new WhatIfNetwork(load, kernels)
    }
    if (!network) throw new Error('no network was loaded')
    parentPort?.postMessage({ id, reading: network.read(changes, samples) } satisfies FromWhatIf)
  } catch (error) {
    parentPort?.postMessage({ id, failure: toFailure(error) } satisfies FromWhatIf)
  }
})
