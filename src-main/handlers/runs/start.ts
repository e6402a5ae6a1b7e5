/** A run before its work: all that it will be made of is resolved and refused here, then recorded and queued. */
import { InloopError } from '../../contract/errors'
import type { Parsed } from '../../contract/index'
import type { Json } from '../../store/canonical'
import type { WorkRecord } from '../../store/records'
import { checkTargets, type Placement, place, placementConfig } from '../chips/placement'
import type { Context } from '../context'
import { recordOf, submit } from '../provenance'

/** records one run and queues it */
export async function startRun(
  input: Parsed<'train'>,
  context: Context
): Promise<{ job: string; subject: string | null }> {
  const { store } = context
  const { method, dataset, epochs, seed, name } = input
  const { placed, record, datasetSha256 } = await preparedRun(input, context)
  const { chipName, ...where } = placed
  const title = `${name ?? method} on ${chipName}`
  const made = submit(context, { kind: 'train', title, chip: placed.chip, input, resumable: true }, (job) =>
    store.runs.create({
      ...record,
      ...where,
      job,
      ...(name ? { name } : {}),
      method,
      dataset,
      datasetSha256,
      seed,
      seeds: { run: seed, trial: seed, ...(placed.chipSeed === null ? {} : { chip: placed.chipSeed }) },
      epochs
    })
  )
  context.emit('changed', { what: 'runs' })
  return made
}

interface PreparedRun {
  placed: Placement
  record: WorkRecord
  datasetSha256: string
}

/** all that a run will be made of, resolved and refused before anything is recorded */
export async function preparedRun(input: Parsed<'train'>, context: Context): Promise<PreparedRun> {
  const { store, engine } = context
  const { method, dataset, epochs, batch, seed, limitTrain = null, limitTest = null } = input
  const placed = place(store, input.chip, input.calibration, input.allowOtherChip)
  const { methods } = await engine.ask('catalogue', null)
  checkTargets(
    store,
    placed,
    methods.find((m) => m.name === method)
  )
  const { config: settings } = await engine.ask('configure', { method, dataset, set: input.set })
  if (placed.chip !== null && Number(settings['spread'] ?? 0) > 0) {
    const given = `spread: ${settings['spread']} given`
    throw new InloopError(
      'bad-input',
      `${given}; allowed on a chip: 0, since its neurons differ of themselves (or ideal)`
    )
  }
  const data = await engine.ask('prepare', { dataset })
  within('limitTrain', limitTrain, data.train)
  within('limitTest', limitTest, data.test)
  const basis = { method, dataset, datasetSha256: data.sha256, epochs, batch, seed, limitTrain, limitTest }
  const config: { [key: string]: Json } = { ...basis, ...placementConfig(store, placed), ...settings }
  return { placed, record: await recordOf(context, config), datasetSha256: data.sha256 }
}

function within(field: string, value: number | null, most: number): void {
  if (value === null || value <= most) return
  throw new InloopError('bad-input', `${field}: ${value} given; allowed: at most ${most}`)
}
