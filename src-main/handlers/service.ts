/**
 * The application without a face: store, queue and handlers over one workspace. The window's main process and the
 * command line both open it and speak the contract to it; only how the compute process is launched differs.
 */
import os from 'node:os'
import path from 'node:path'
import { contract, type Name } from '../contract/index'
import { InloopError } from '../contract/errors'
import type { Events } from '../contract/events'
import { Engine, type ComputeProcess } from '../jobs/engine'
import { Owner } from '../jobs/owner'
import { Queue } from '../jobs/queue'
import { SCHEMA_VERSION } from '../store/database'
import { openStore } from '../store/index'
import type { Context } from './context'
import { explain, toInloopError } from './errors'
import { jobRecord } from './jobs/record'
import { emitReport } from './jobs/reports'
import type { Shell } from './shell'
import { runOf } from './runs/shown'
import { calibrateWhatIsDue } from './calibrations/scheduled'
import { openLog } from './workspace/log'
import { table } from './table'

export type { ComputeProcess }

/** what may be done in a workspace that is only looked at, beside asking: nothing of this changes it */
const LOOKING: ReadonlySet<Name> = new Set<Name>([
  'app.choose',
  'app.place',
  'app.reveal',
  'backup',
  'calibration.export',
  'diagnostics',
  'export',
  'preferences.set',
  'report',
  'runs.reference',
  'workspace.open'
])

/** how long the process for urgent questions waits for the next one */
const URGENT_MS = 120_000

export interface ServiceOptions {
  /** folder of the database; made if it does not exist */
  workspace: string
  /** starts out/main/compute.js: utilityProcess.fork under Electron, child_process.fork (serialization 'advanced') elsewhere */
  launchCompute: () => ComputeProcess
  /** starts out/main/reader.js in the same way, for one question in SQL */
  launchReader: () => ComputeProcess
  /** path of kernels.wasm */
  kernels: string
  /** path of the resources folder */
  resources: string
  /** of the app */
  version: string
  /** e.g. "Electron 45.4.1" or "Node 20.20.2" */
  runtime: string
  /** calibrates chips at the times that were set for them, as long as the service is open; default: no */
  scheduled?: boolean
  /** the desktop around a window */
  shell?: Shell
  /** jobs that work at a time; default: one */
  slots?: number
  /** worker threads of the compute process; default: all cores */
  threads?: number
  /** work is being timed, and does not stand back behind whatever else the machine does; default: no */
  timed?: boolean
}

export interface Service {
  /** validates the input against the contract and answers; a job answers `{ job, subject }` at once */
  invoke(name: string, input: unknown): Promise<unknown>
  /** events of contract/events.ts; returns the function that ends it */
  subscribe(listener: (event: string, payload: unknown) => void): () => void
  /** stops running work at the next safe point; it is marked interrupted and can be resumed. No more is started. */
  drain(): Promise<void>
  /** drains, then closes the database */
  close(): Promise<void>
}

/**
 * A workspace that a newer version wrote, or that cannot be written, is opened to be looked at: no process owns jobs there, and what would change it
 * is refused.
 * @throws InloopError, e.g. `damaged-file`; nothing is changed then
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const {
    workspace,
    launchCompute,
    launchReader,
    kernels,
    resources,
    version,
    runtime,
    threads = os.availableParallelism(),
    timed = false
  } = options
  let store: ReturnType<typeof openStore>
  try {
    store = openStore(path.join(workspace, 'inloop.db'))
  } catch (error) {
    throw toInloopError(error)
  }
  const log = openLog(workspace, store.readOnly)
  log.write(`Inloop ${version} on ${runtime}, ${threads} thread(s), schema ${store.schema}`)
  const listeners = new Set<(event: string, payload: unknown) => void>([log.hear])
  const emit = <K extends keyof Events>(event: K, payload: Events[K]): void => {
    for (const listener of listeners) {
      try {
        listener(event, payload)
      } catch (error) {
        // who listens must not bring down the work that is told of
        console.error(error)
      }
    }
  }
  const cache = path.join(workspace, 'cache')
  const surroundings = { launch: launchCompute, kernels, resources, cache, threads }
  const engine = new Engine({ ...surroundings, timed })
  const urgent = new Engine({ ...surroundings, urgentFor: URGENT_MS })

  const opened = new Date()
  let seen = store.foreignVersion()
  const owner = store.readOnly ? null : new Owner(store, runtime, follow)
  function follow(): void {
    queue.followRequests()
    for (const id of owner?.recover(Date.now(), 'gone') ?? []) emit('job', jobRecord(store.jobs.get(id), { queue }))
    if (options.scheduled) calibrateWhatIsDue(context, opened)
    const version = store.foreignVersion()
    if (version === seen) return
    seen = version
    for (const what of ['chips', 'calibrations', 'runs', 'jobs'] as const) emit('changed', { what })
  }
  const queue: Queue = new Queue(
    store,
    engine,
    owner?.id ?? '',
    {
      job: (job, progress) => {
        emit('job', jobRecord(job, { queue }, progress))
        if (job.kind === 'train' && job.subject !== null && progress === null)
          emit('run', runOf(store.runs.summary(job.subject)))
        if (job.kind === 'calibrate' && job.status === 'done') emit('changed', { what: 'calibrations' })
      },
      report: (job, report) => emitReport({ store, emit }, job, report)
    },
    options.slots
  )
  owner?.recover()

  const context: Context = {
    store,
    engine,
    urgent,
    queue,
    owner: owner?.id ?? '',
    workspace,
    version,
    runtime,
    resources,
    launchReader,
    shell: options.shell,
    emit
  }
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await queue.close()
    engine.close()
    urgent.close()
    owner?.close()
    store.close()
  }

  return {
    invoke: async (name, input) => {
      if (closed) throw new InloopError('conflict', 'the workspace is being closed')
      if (!Object.hasOwn(contract, name)) throw new InloopError('bad-input', `there is no endpoint "${name}"`)
      if (store.readOnly && contract[name as Name].kind !== 'query' && !LOOKING.has(name as Name)) {
        throw store.barred === 'newer'
          ? new InloopError(
              'newer-database',
              `${name}: a newer Inloop wrote this workspace (schema ${store.schema}, this one knows ${SCHEMA_VERSION}), which is open read-only; allowed: looking, exporting, a backup; update Inloop to go on in it`
            )
          : new InloopError(
              'conflict',
              `${name}: ${workspace} cannot be written and is open read-only; allowed: looking, exporting, a backup, or a workspace with write access`
            )
      }
      const parsed = contract[name as Name].input.safeParse(input ?? {})
      if (!parsed.success) throw new InloopError('bad-input', explain(parsed.error, input))
      try {
        return await table[name as Name](parsed.data as never, context)
      } catch (error) {
        const known = toInloopError(error)
        if (known.code === 'internal') log.write(`${name}: ${known.stack ?? known.message}`)
        throw known
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    drain: () => queue.close(),
    close: () => (closed ??= close())
  }
}
