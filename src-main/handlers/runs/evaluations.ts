/** Evaluations of trained networks. */
import { InloopError } from '../../contract/errors'
import type { Checkpoint } from '../../store/runs/arrays'
import type { Json } from '../../store/canonical'
import type { Context, Handlers } from '../context'
import { checkTargets, IDEAL, place, placementConfig } from '../chips/placement'
import { recordOf, submit } from '../provenance'

export const evaluations: Handlers<'evaluate'> = {
  evaluate: async (input, context) => {
    const { store, engine } = context
    const { limitTest = null, seed } = input
    const run = store.runs.get(input.run)
    const checkpoint = store.runArrays.checkpointOf(run.id)
    if (!checkpoint) throw new InloopError('conflict', `run: ${run.id} has no weights yet (no epoch was finished)`)
    await engine.ask('fits', {
      method: run.method,
      config: run.config as { [key: string]: string | number | boolean | null },
      dataset: run.dataset,
      checkpoint: store.runArrays.checkpoint(run.id) as Checkpoint
    })
    const placed = place(
      store,
      input.chip ?? run.chip ?? IDEAL,
      input.calibration ?? usual(context, input.chip, run),
      input.allowOtherChip
    )
    const { methods } = await engine.ask('catalogue', null)
    checkTargets(
      store,
      placed,
      methods.find((m) => m.name === run.method)
    )
    if (input.windowUs !== undefined && run.config['bins'] === undefined)
      throw new InloopError('bad-input', `windowUs: run ${run.id} is of method ${run.method}; allowed: surrogate`)
    const data = await engine.ask('prepare', { dataset: run.dataset })
    if (limitTest !== null && limitTest > data.test) {
      throw new InloopError('bad-input', `limitTest: ${limitTest} given; allowed: at most ${data.test}`)
    }
    if (data.sha256 !== run.datasetSha256)
      throw new InloopError(
        'conflict',
        `run: ${run.id} was trained on other samples: "${run.dataset}" is another set by now (SHA-256 ${data.sha256.slice(0, 12)}, then ${run.datasetSha256.slice(0, 12)}); allowed: once the first one has that name again`
      )
    const { bins, binUs } = run.config
    const config: { [key: string]: Json } = {
      ...placementConfig(store, placed),
      run: run.id,
      runConfigHash: run.configHash,
      weightsSha256: checkpoint.sha256,
      dataset: run.dataset,
      datasetSha256: data.sha256,
      batch: Number(run.config['batch']),
      limitTest,
      ...(bins === undefined ? {} : { bins: binsOf(input.windowUs, bins, binUs), binUs }),
      seed
    }
    const record = await recordOf(context, config)
    const { chipName, excluded: _excluded, mismatch: _mismatch, ...where } = placed
    return submit(
      context,
      { kind: 'evaluate', title: `Evaluate ${run.name} on ${chipName}`, chip: placed.chip, input, resumable: true },
      (job) => store.evaluations.create({ ...record, ...where, job, run: run.id, seed })
    )
  }
}

/** so many bins a sample lasts */
function binsOf(windowUs: number | undefined, bins: Json, binUs: Json): number {
  if (windowUs === undefined) return Number(bins)
  const shortened = Math.round(windowUs / Number(binUs))
  if (shortened >= 2 && shortened <= Number(bins)) return shortened
  const allowed = `${2 * Number(binUs)} to ${Number(bins) * Number(binUs)} µs`
  throw new InloopError('bad-input', `windowUs: ${windowUs} given; allowed for this run: ${allowed}`)
}

/** on its own chip a run is evaluated as it was trained, elsewhere with the active calibration */
function usual(
  { store }: Context,
  chip: string | undefined,
  run: { chip: string | null; calibration: string | null; calibrationUse: string }
): string {
  // without a chip there is no calibration to choose
  if (chip === IDEAL || run.chip === null) return 'active'
  if (chip !== undefined && store.chips.get(chip).id !== run.chip) return 'active'
  return run.calibrationUse === 'calibrated' ? String(run.calibration) : 'none'
}
