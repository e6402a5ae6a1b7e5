/** Runs: recorded and queued, listed, marked, compared. */
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import type { runs as endpoints } from '../../contract/runs'
import type { Json } from '../../store/canonical'
import type { RunGroup } from '../../store/runs/list'
import type { RunSummary } from '../../store/runs/runs'
import type { Store } from '../../store/index'
import { chipTimeOf } from './chip-time'
import { conduct } from '../conducted/conductor'
import type { Context, Handlers } from '../context'
import { neuronUse } from '../chips/exclusions'
import { checkTargets, IDEAL, place, placementConfig } from '../chips/placement'
import type { Placement } from '../chips/placement'
import type { WorkRecord } from '../../store/records'
import { recordOf, submit } from '../provenance'
import { changeRuns } from './bulk'
import { calibrationWarnings } from '../calibrations/staleness'

type RunHandlers = Handlers<Exclude<keyof typeof endpoints, 'evaluate'>>

export const runs: RunHandlers = {
  train: async (input, context) => {
    if (input.seeds === 1) return startRun(input, context)
    // refused before anything is recorded
    const { placed } = await preparedRun(input, context)
    const title = `${input.name ?? input.method} on ${placed.chipName}, ${input.seeds} seeds`
    return { job: conduct('seeds', title, placed.chip, input, context), subject: null }
  },
  'runs.list': (input, { store }) => {
    const { runs, total } = store.runList.page(input)
    return { runs: runs.map(runOf), total }
  },
  'runs.facets': ({ filter, deleted }, { store }) => ({ facets: store.runList.facets(filter, deleted) }),
  'runs.groups': ({ filter, by }, { store }) => ({ groups: store.runList.groups(filter, by).map(groupOf) }),
  'runs.show': ({ run }, { store }) => ({ run: detail(store, run) }),
  'runs.dashboard': ({ run }, { store }) => {
    store.runs.summary(run)
    return { dashboard: dashboardOf(store, run) }
  },
  'runs.diff': ({ runs: ids }, { store }) => ({ diff: differences(store, ids) }),
  compare: ({ runs: ids }, { store }) => {
    const list = ids.map((id) => store.runs.get(id))
    const row = (key: string, of: (run: RunSummary) => number | null) => ({ key, values: list.map(of) })
    return {
      compare: {
        settings: differences(store, ids),
        metrics: [
          row('testAccuracy', (r) => r.metrics.testAccuracy),
          row('trainAccuracy', (r) => r.metrics.trainAccuracy),
          row('hiddenSpikesPerSample', (r) => r.metrics.hiddenSpikesPerSample),
          row('n', (r) => r.metrics.n),
          row('epochsDone', (r) => r.epochsDone),
          row('samplesPerSecond', (r) => r.samplesPerSecond),
          row('seconds', (r) => r.seconds)
        ]
      }
    }
  },
  'runs.rename': ({ run, name }, context) => edit(context, run, (id) => context.store.runs.rename(id, name)),
  'runs.star': ({ run, star }, context) => edit(context, run, (id) => context.store.runs.star(id, star)),
  'runs.tag': ({ run, tags }, context) => edit(context, run, (id) => context.store.runs.tag(id, tags)),
  'runs.note': ({ run, note }, context) => edit(context, run, (id) => context.store.runs.note(id, note)),
  'runs.bulk': (input, { store, emit }) => {
    const changed = changeRuns(store, input)
    emit('changed', { what: 'runs' })
    return changed
  },
  'runs.delete': ({ run }, context) => edit(context, run, (id) => context.store.runs.trash(id, true)),
  'runs.restore': ({ run }, context) => edit(context, run, (id) => context.store.runs.trash(id, false))
}

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

const EMPTY: Output<'runs.dashboard'>['dashboard'] = { confusion: null, classes: 10, weights: null, sample: null }

export function dashboardOf(store: Store, run: string): Output<'runs.dashboard'>['dashboard'] {
  return store.runArrays.dashboard<Output<'runs.dashboard'>['dashboard']>(run) ?? EMPTY
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
  const needed = methods.find((m) => m.name === method)?.targets ?? {}
  checkTargets(store, placed, method, needed)
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

type Run = Output<'runs.list'>['runs'][number]

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

function groupOf({ key, accuracies, runs }: RunGroup): Output<'runs.groups'>['groups'][number] {
  const n = accuracies.length
  const median = n === 0 ? null : (accuracies[(n - 1) >> 1] + accuracies[n >> 1]) / 2
  return { key, n, median, lowest: accuracies[0] ?? null, highest: accuracies[n - 1] ?? null, runs }
}

export function detail(store: Store, id: string): Output<'runs.show'>['run'] {
  const run = store.runs.get(id)
  return {
    ...runOf(store.runs.summary(id)),
    warnings: calibrationWarnings(store, run),
    config: run.config as Output<'runs.show'>['run']['config'],
    conversion: run.conversion,
    history: store.runs.history(id),
    chipTime: chipTimeOf(run.config, run.chip),
    provenance: {
      ...run.versions,
      host: run.host,
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
      weightsSha256: store.runArrays.checkpointOf(id)?.sha256 ?? null
    },
    evaluations: store.evaluations.ofRun(id).map((e) => ({
      id: e.id,
      chip: e.chip ?? IDEAL,
      calibration: e.calibrationUse === 'calibrated' ? e.calibration : null,
      testAccuracy: e.testAccuracy,
      n: e.n
    }))
  }
}

/** null: an ideal chip, or a record from before chips had this */
function provenanceOf(config: { readonly [key: string]: Json }, key: string): string | number | boolean | null {
  return (config[key] ?? null) as string | number | boolean | null
}

function edit({ store, emit }: Context, run: string, change: (id: string) => void): { run: Run } {
  const { id } = store.runs.summary(run)
  change(id)
  emit('changed', { what: 'runs' })
  return { run: runOf(store.runs.summary(id)) }
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
    return new Set(values.map((value) => JSON.stringify(value))).size > 1 ? [{ key, values }] : []
  })
}

function within(field: string, value: number | null, most: number): void {
  if (value === null || value <= most) return
  throw new InloopError('bad-input', `${field}: ${value} given; allowed: at most ${most}`)
}

/** neurons that the run could map to; what the calibration left out stands apart from what a person excluded */
function neuronsOf(store: Store, run: ReturnType<Store['runs']['get']>): { [key: string]: string } {
  if (run.chip === null) return {}
  const { derived, used, of } = neuronUse(store, run, store.chips.get(run.chip).neurons)
  return { derived: derived.join(', '), neurons: `${used} of ${of} used` }
}
