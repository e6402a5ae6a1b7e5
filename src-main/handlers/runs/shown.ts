/** Runs as the contract shows them: in lists, in full with their provenance, and what differs between them. */
import type { Output } from '../../contract/index'
import type { Json } from '../../store/canonical'
import type { Store } from '../../store/index'
import type { Again, Origin } from '../../store/runs/origin'
import type { RunGroup } from '../../store/runs/list'
import type { RunSummary } from '../../store/runs/runs'
import { calibrationWarnings } from '../calibrations/staleness'
import { neuronUse } from '../chips/exclusions'
import { IDEAL } from '../chips/placement'
import { chipTimeOf } from './chip-time'
import { readingOf } from './reading'

/** settings as they stood in what was asked for */
function askedOf(input: unknown): NonNullable<Output<'runs.show'>['run']['asked']> {
  const { set } = (input ?? {}) as { set?: NonNullable<Output<'runs.show'>['run']['asked']> }
  return set ?? {}
}

const EMPTY: Output<'runs.dashboard'>['dashboard'] = { confusion: null, classes: 10, weights: null, sample: null }

export function dashboardOf(store: Store, run: string): Output<'runs.dashboard'>['dashboard'] {
  return store.runArrays.dashboard<Output<'runs.dashboard'>['dashboard']>(run) ?? EMPTY
}

export type Run = Output<'runs.list'>['runs'][number]

export function runOf(run: RunSummary): Run {
  const { status, method, chip, chipName, calibration, calibrationUse, ...same } = run
  return {
    ...same,
    status: status as Run['status'],
    method: method as Run['method'],
    chip: chip ?? IDEAL,
    chipName: chipName ?? IDEAL,
    calibration: calibrationUse === 'calibrated' ? calibration : null
  }
}

export function groupOf({ key, members, accuracies, runs }: RunGroup): Output<'runs.groups'>['groups'][number] {
  const n = accuracies.length
  return {
    key,
    members,
    n,
    median: medianOf(accuracies),
    lowest: accuracies[0] ?? null,
    highest: accuracies[n - 1] ?? null,
    runs
  }
}

/** of a rising list; null: of none */
export function medianOf(rising: readonly number[]): number | null {
  const n = rising.length
  return n === 0 ? null : (rising[(n - 1) >> 1] + rising[n >> 1]) / 2
}

export function detail(store: Store, id: string): Output<'runs.show'>['run'] {
  const run = store.runs.get(id)
  const { error, resumable } = store.jobs.get(run.job)
  return {
    ...runOf(store.runs.summary(id)),
    error,
    resumable,
    warnings: calibrationWarnings(store, run),
    asked: askedOf(store.jobs.input(run.job)),
    config: run.config as Output<'runs.show'>['run']['config'],
    conversion: run.conversion,
    history: store.runs.history(id),
    chipTime: chipTimeOf(run.config, run.chip, dashboardOf(store, id).decision),
    provenance: {
      ...run.versions,
      host: run.host,
      ...originOf(store.runOrigins.get(id)),
      datasetSha256: run.datasetSha256,
      chipSerial: run.chipSerial,
      chipSeed: run.chipSeed,
      mismatch: run.mismatch,
      recipe: provenanceOf(run.config, 'recipe'),
      quirks: provenanceOf(run.config, 'quirks'),
      chipAgeDays: provenanceOf(run.config, 'ageDays'),
      temperature: provenanceOf(run.config, 'temperature'),
      calibrationUse: run.calibrationUse,
      medianOf: run.calibrationUse === 'median' ? run.calibration : null,
      excluded: run.excluded.join(', '),
      ...neuronsOf(store, run),
      ...Object.fromEntries(Object.entries(run.seeds).map(([name, seed]) => [`seed ${name}`, seed])),
      ...keptEpoch(store, run),
      weightsSha256: store.runArrays.checkpointOf(id)?.sha256 ?? null
    },
    again: store.runOrigins.again(id).map(({ run: other, status, reproduced, firstDifference }) => {
      type Shown = Output<'runs.show'>['run']['again'][number]
      const difference = firstDifference as Shown['firstDifference']
      return { run: other, status: status as Run['status'], reproduced, firstDifference: difference }
    }),
    evaluations: store.evaluations.ofRun(id).map((e) => ({
      id: e.id,
      chip: e.chip ?? IDEAL,
      calibration: e.calibrationUse === 'calibrated' ? e.calibration : null,
      testAccuracy: e.testAccuracy,
      n: e.n
    }))
  }
}

function verdict({ reproduced, firstDifference: first }: Again): string {
  if (reproduced === null) return ', not compared yet'
  return first ? `, other from epoch ${first.epoch} on (${first.quantity})` : ', the same bits'
}

/** of a run that ended with the weights of its best epoch: which that was (the first that no later one passed) */
function keptEpoch(store: Store, { id, status, config }: ReturnType<Store['runs']['get']>): { [key: string]: number } {
  if (config['keep'] !== 'best' || status !== 'done') return {}
  let best = -1
  let weightsOfEpoch = 0
  for (const { epoch, validationAccuracy } of store.runs.history(id)) {
    if ((validationAccuracy ?? -1) <= best) continue
    best = validationAccuracy ?? -1
    weightsOfEpoch = epoch
  }
  return { weightsOfEpoch }
}

/** out of a file, or another run once more */
function originOf(origin: Origin | null): { [key: string]: string } {
  if (origin === null) return {}
  if (origin.kind === 'again') return { againOf: `${origin.of}${verdict(origin)}` }
  const { file, sha256, run, host, at } = origin
  return { importedFrom: `${file} (${run} on ${host})`, importedAt: at, importedSha256: sha256 }
}

/** null: an ideal chip, or a record from before chips had this */
function provenanceOf(config: { readonly [key: string]: Json }, key: string): string | number | boolean | null {
  return (config[key] ?? null) as string | number | boolean | null
}

/** keys of the records that are not the same in all runs; results do not depend on the number of threads */
export function differences(store: Store, ids: readonly string[]): { key: string; values: unknown[] }[] {
  const records = ids.map((id) => {
    const { config, versions, calibration, host } = store.runs.get(id)
    const { threads: _threads, ...made } = versions
    return { ...config, calibrationId: calibration, ...made, host } as { [key: string]: unknown }
  })
  const keys = new Set(records.flatMap((record) => Object.keys(record)))
  return [...keys].flatMap((key) => {
    const values = records.map((record) => record[key] ?? null)
    return new Set(values.map(readingOf)).size > 1 ? [{ key, values }] : []
  })
}

/** neurons that the run could map to; what the calibration left out stands apart from what a person excluded */
function neuronsOf(store: Store, run: ReturnType<Store['runs']['get']>): { [key: string]: string } {
  if (run.chip === null) return {}
  const { derived, used, of } = neuronUse(store, run, store.chips.get(run.chip).neurons)
  return { derived: derived.join(', '), neurons: `${used} of ${of} used` }
}
