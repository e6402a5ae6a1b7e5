/** A run and all that belongs to it, taken together for a file. */
import { InloopError } from '../../contract/errors'
import type { RunBundle } from '../../interchange/bundle/run-bundle'
import type { BundledChip } from '../../interchange/bundle/run-record'
import { siliconOf } from '../../jobs/kinds/chip-spec'
import type { Store } from '../../store/index'
import type { Run } from '../../store/runs/runs'
import { documentOf } from '../calibrations/files'
import type { Context } from '../context'

const WORKING: ReadonlySet<string> = new Set(['queued', 'running', 'paused'])

export async function bundleOf(context: Context, id: string): Promise<RunBundle> {
  const { store } = context
  const run = store.runs.get(id)
  if (WORKING.has(run.status)) {
    throw new InloopError('conflict', `run: ${id} is ${run.status}; allowed: one that ended`)
  }
  const {
    name,
    star,
    tags,
    note,
    colour,
    line,
    status,
    method,
    dataset,
    datasetSha256,
    seed,
    seeds,
    epochs,
    epochsDone
  } = run
  const { calibrationUse, excluded, config, configHash, versions, host, createdAt, conversion, metrics } = run
  const marks = { id, name, star, tags, note, colour, line }
  const asked = { status, method, dataset, datasetSha256, seed, seeds, epochs, epochsDone }
  const work = { calibrationUse, excluded, config, configHash, versions, host, createdAt, conversion, metrics }
  return {
    run: {
      ...marks,
      ...asked,
      ...work,
      input: store.jobs.input(run.job) as { [key: string]: unknown },
      origin: store.runOrigins.get(id),
      chip: chipThen(store, run)
    },
    history: store.runs.history(id),
    checkpoint: store.runArrays.checkpoint(id) ?? null,
    dashboard: store.runArrays.dashboard<object>(id) ?? null,
    planes: store.runArrays.planes<object>(id),
    calibration: run.calibration === null ? null : (await documentOf(context, run.calibration, 'json')).text
  }
}

/** as it was when the run was made, not as it has become */
function chipThen(store: Store, { chip: id, chipSerial, config, excluded }: Run): BundledChip | null {
  if (id === null) return null
  const { name, model, neurons } = store.chips.get(id)
  const { recipe = 'A', quirks = false, ageDays = 0, temperature = 30, ...drawn } = siliconOf(config)
  const why = new Map(store.chips.exclusions(id).map(({ neuron, reason }) => [neuron, reason]))
  const exclusions = excluded.map((neuron) => ({ neuron, reason: why.get(neuron) ?? 'excluded when the run was made' }))
  return { name, model, neurons, serial: chipSerial, recipe, quirks, ageDays, temperature, ...drawn, exclusions }
}
