/**
 * Runs one task on a team of worker threads (also a team of one: the process then stays free to answer, pause and
 * stop). All members execute the same task on one shared memory; member 0 reports.
 */
import fs from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { sharedMemory } from '../core/kernels/module'
import { toFailure } from './failure'
import type { LaneData, LaneMessage } from './lane'
import type { TaskReport, Wish } from './protocol'
import { abort, control, PAUSE, RUN, STOP, teamBuffer } from './shared-team'
import type { LaneEnd, LaneInputs, LaneKind, LaneTask } from './tasks/index'

export interface RunningTeam<K extends LaneKind> {
  control(what: Wish): void
  /** settles when every member has gone */
  readonly gone: Promise<unknown>
  /** settles once, after that */
  readonly end: Promise<LaneEnd<K>>
}

const CODES = { run: RUN, pause: PAUSE, stop: STOP } as const

/** the lane's bundle lies beside this one; from source (tests) node runs neither, so there is only that place */
const LANE = ['lane.js', '../lane.js'].map((name) => path.join(import.meta.dirname, name))

export function runTeam<K extends LaneKind>(
  kind: K,
  input: LaneInputs[K],
  size: number,
  kernels: Uint8Array,
  report: (report: TaskReport) => void
): RunningTeam<K> {
  const buffer = teamBuffer()
  const memory = sharedMemory()
  const lane = LANE.find((file) => fs.existsSync(file)) ?? LANE[0]
  let end: LaneEnd<K> | undefined
  const settle = (how: LaneEnd<K>): void => {
    end ??= how
  }

  const workers: Worker[] = []
  const members = Array.from({ length: size }, (_, index) => {
    const workerData: LaneData = { index, size, buffer, memory, kernels, task: { kind, input } as LaneTask }
    const worker = new Worker(lane, { workerData })
    workers.push(worker)
    worker.on('message', (message: LaneMessage) => {
      if (message.type === 'report') report(message.report)
      else settle(message.end as LaneEnd<K>)
    })
    worker.on('error', (error) => {
      settle({ how: 'failed', failure: toFailure(error) })
      abort(buffer)
    })
    return new Promise<void>((gone) =>
      worker.on('exit', (code) => {
        if (code !== 0) abort(buffer)
        gone()
      })
    )
  })

  const gone = Promise.all(members)

  return {
    control: (what) => {
      if (what !== 'kill') return control(buffer, CODES[what])
      settle({ how: 'killed' })
      for (const worker of workers) void worker.terminate()
    },
    gone,
    end: gone.then(
      () =>
        end ?? { how: 'failed', failure: { code: 'internal', message: 'the task ended without a result', detail: '' } }
    )
  }
}
