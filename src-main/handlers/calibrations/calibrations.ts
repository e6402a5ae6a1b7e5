/** Calibrations: recorded, run, measured again, shown. */
import type { calibrations as endpoints } from '../../contract/calibrations'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import type { StoredCurve, StoredDefect, StoredMap, StoredSearch, StoredSettings } from '../../jobs/kinds/calibrate'
import { hashOf, type Json } from '../../store/canonical'
import type { Routine } from '../../store/calibrations'
import type { Store } from '../../store/index'
import type { Handlers } from '../context'
import { onItsChip } from '../chips/placement'
import { recordOf, submit } from '../provenance'
import { summaries, summaryOf } from './staleness'

export const calibrations: Handlers<keyof typeof endpoints> = {
  calibrate: async (input, context) => {
    const { store } = context
    const chip = store.chips.get(input.chip)
    const preset = await context.engine.ask('preset', { name: input.preset })
    const routines = input.routines?.length ? input.routines : preset.routines
    const from = input.routines?.length || preset.onTop ? chip.active : null
    const base = from === null ? {} : targetsOf(store, from)
    const aim = { targets: { ...base, ...preset.targets, ...input.targets }, routines }
    const { targets, lists, warnings } = await context.engine.ask('aim', aim)
    const excluded = store.chips.exclusions(chip.id).map((e) => e.neuron)
    const { seed, activate } = input
    const config = {
      chip: chip.serial,
      chipSeed: chip.seed,
      mismatch: chip.mismatch,
      recipe: chip.recipe,
      quirks: chip.quirks,
      ageDays: chip.ageDays,
      temperature: chip.temperature,
      preset: preset.name,
      targets,
      lists,
      warnings,
      routines,
      from,
      excluded,
      seed,
      activate
    }
    const record = await recordOf(context, config)
    return submit(
      context,
      {
        kind: 'calibrate',
        title: `Calibrate ${chip.name}${input.title ? ` (${input.title})` : ''}`,
        chip: chip.id,
        input,
        resumable: true
      },
      (job) =>
        store.calibrations.create({
          ...record,
          chip: chip.id,
          job,
          targets,
          seed,
          chipSerial: chip.serial,
          chipSeed: chip.seed,
          ageDays: chip.ageDays,
          temperature: chip.temperature,
          excluded,
          neurons: chip.neurons
        })
    )
  },
  accept: (input, context) => {
    const { store } = context
    const calibration = completed(store, input.calibration)
    const chip = store.chips.get(input.chip ?? calibration.chip)
    onItsChip(calibration, chip, input.allowOtherChip)
    const job = { kind: 'accept', title: `Measure ${chip.name} again (${calibration.id})`, chip: chip.id, input }
    return submit(context, { ...job, resumable: true }, () => calibration.id)
  },
  'calibration.list': ({ chip }, { store }) => ({
    calibrations: summaries(store, chip === undefined ? undefined : store.chips.get(chip).id)
  }),
  'calibration.show': ({ calibration }, { store }) => ({ calibration: detail(store, calibration) }),
  'calibration.activate': ({ calibration }, context) => {
    const { store } = context
    const { chip, id } = completed(store, calibration)
    store.chips.activate(chip, id)
    context.emit('changed', { what: 'calibrations' })
    return { calibration: detail(store, id) }
  },
  'calibration.maps': ({ calibration }, { store }) => {
    const { id } = completed(store, calibration)
    return { maps: neuronMaps(store, id) }
  },
  'calibration.instances': ({ calibration }, { store }) => {
    const { id } = completed(store, calibration)
    return {
      maps: withMaps(store, id).flatMap(({ routine, map }) =>
        map?.per === 'driver' || map?.per === 'synapse' ? [instancesOf(routine, map.per, map)] : []
      )
    }
  },
  'calibration.curves': ({ calibration }, { store }) => {
    const { id } = completed(store, calibration)
    return {
      curves: store.calibrations.routines(id).flatMap(({ name: metric }) => {
        const curves = store.calibrations.array<StoredCurve[]>(id, `${metric}/curves`) ?? []
        return curves.map((curve) => ({ ...(curve as Omit<Curves[number], 'metric'>), metric }))
      })
    }
  },
  'calibration.search': ({ calibration, neuron }, { store }) => {
    const { id } = completed(store, calibration)
    return {
      traces: store.calibrations.routines(id).flatMap((routine) => {
        const search = store.calibrations.array<StoredSearch>(id, `${routine.name}/search`)
        const map = store.calibrations.array<StoredMap>(id, `${routine.name}/map`)
        return search && map && (map.per ?? 'neuron') === 'neuron'
          ? [
              traceOf(
                { ...routine, target: listOf(store, id, routine.name)?.[neuron] ?? routine.target },
                search,
                map.setting,
                neuron
              )
            ]
          : []
      })
    }
  }
}

/** as the contract shows it */
export function detail(store: Store, id: string): Output<'calibration.show'>['calibration'] {
  const { config } = store.calibrations.get(id)
  const summary = summaryOf(store, id)
  const routines = store.calibrations.routines(id)
  const found = withMaps(store, id)
  const failures = found
    .filter(({ map }) => (map?.per ?? 'neuron') === 'neuron')
    .flatMap(({ routine }) => failuresOf(store, id, routine))
  const defects = store.calibrations.array<StoredDefect[]>(id, 'defects') ?? []
  const warnings = (config['warnings'] ?? []) as string[]
  return { ...summary, routines, failures, defects, lists: Object.keys((config['lists'] ?? {}) as object), warnings }
}

/** the targets of a calibration as they were asked for: a number, or one a neuron */
function targetsOf(store: Store, id: string): { [name: string]: number | number[] } {
  const { targets, config } = store.calibrations.get(id)
  return { ...targets, ...((config['lists'] ?? {}) as { [name: string]: number[] }) }
}

/** routines whose target goes by another name */
const TARGET_OF: { readonly [routine: string]: string } = {
  refractory: 'refractory_time',
  leak_over_threshold: 'spike_rate'
}

/** targets of a routine neuron by neuron, where they were given */
function listOf(store: Store, id: string, routine: string): number[] | undefined {
  const { config } = store.calibrations.get(id)
  return ((config['lists'] ?? {}) as { [name: string]: number[] })[TARGET_OF[routine] ?? routine]
}

/** of every neuron that failed in a routine: what bound its search hit, and how far from the target it was left */
function failuresOf(store: Store, id: string, routine: Routine): Output<'calibration.show'>['calibration']['failures'] {
  if (routine.failed.length === 0) return []
  const map = store.calibrations.array<StoredMap>(id, `${routine.name}/map`)
  const search = store.calibrations.array<StoredSearch>(id, `${routine.name}/search`)
  const list = listOf(store, id, routine.name)
  const { name, label, target, unit } = routine
  return routine.failed.map((neuron) => {
    const bound = search?.bound[instanceOf(neuron, search.instances, map?.failed.length ?? 512)] ?? 0
    const after = map?.after?.[neuron] ?? NaN
    const aim = list?.[neuron] ?? target
    const residual = aim === null || !Number.isFinite(after) ? null : after - aim
    return {
      neuron,
      routine: name,
      label,
      bound: bound === 0 ? ('none' as const) : bound < 0 ? ('low' as const) : ('high' as const),
      measured: Number.isFinite(after) ? after : null,
      residual,
      unit
    }
  })
}

export function completed(store: Store, id: string): ReturnType<Store['calibrations']['get']> {
  const calibration = store.calibrations.get(id)
  if (calibration.complete) return calibration
  throw new InloopError(
    'conflict',
    `calibration ${id} is not complete; \`inloop resume ${calibration.job}\` finishes it`
  )
}

/** SHA-256 of the settings that a calibration writes: what two calibrations with the same effect share */
export function settingsHash(store: Store, calibration: string): string {
  const settings = store.calibrations.array<StoredSettings>(calibration, 'settings')
  if (!settings) throw new InloopError('internal', `calibration ${calibration} has no settings`)
  return hashOf(plain(settings) as { [part: string]: Json })
}

/** arrays as lists of numbers; what is absent stays so, and with it the hash of a calibration without further parts */
function plain(value: unknown): Json {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

type NeuronMap = Output<'calibration.maps'>['maps'][number]

type Curves = Output<'calibration.curves'>['curves']

function withMaps(store: Store, id: string): { routine: Routine; map: StoredMap | undefined }[] {
  return store.calibrations
    .routines(id)
    .map((routine) => ({ routine, map: store.calibrations.array<StoredMap>(id, `${routine.name}/map`) }))
}

/** of the routines whose result is one value a neuron */
export function neuronMaps(store: Store, id: string): NeuronMap[] {
  const stored = withMaps(store, id).filter(({ map }) => !map?.per || map.per === 'neuron')
  return stored.map(({ routine, map }) => mapOf(store, id, routine, map))
}

function instancesOf(
  { name, label, symbol, unit, target }: Routine,
  per: 'driver' | 'synapse',
  { before, after, setting, failed }: StoredMap
): Output<'calibration.instances'>['maps'][number] {
  const compact = (values: ArrayLike<number> | null): Float32Array<ArrayBuffer> =>
    Float32Array.from(values ?? new Float32Array(setting.length).fill(NaN))
  const arrays = { before: compact(before), after: compact(after), setting: compact(setting) }
  return { metric: name, per, label, symbol, unit, target, ...arrays, failed: Uint8Array.from(failed) }
}

function mapOf(store: Store, id: string, routine: Routine, map: StoredMap | undefined): NeuronMap {
  const { neurons } = store.calibrations.get(id)
  const none = (): Float64Array<ArrayBuffer> => new Float64Array(neurons).fill(NaN)
  const { label, symbol, unit, target, limit, spreadRatio, reads } = routine
  const list = listOf(store, id, routine.name)
  return {
    metric: routine.name,
    label,
    symbol,
    unit,
    target,
    targets: list ? Float64Array.from(list) : null,
    limit,
    spreadRatio,
    reads,
    before: spread(map?.before, neurons) ?? none(),
    after: spread(map?.after, neurons) ?? none(),
    sigma: spread(map?.sigma, neurons) ?? none(),
    setting: spread(map?.setting, neurons) ?? none(),
    failed: Uint8Array.from(spread(map?.failed, neurons) ?? [])
  }
}

/** a value a quadrant becomes the value of its neurons (quadrants are 128 columns each: 0 … 127 top left, …) */
function spread(values: ArrayLike<number> | null | undefined, neurons: number): Float64Array<ArrayBuffer> | undefined {
  if (!values) return undefined
  return Float64Array.from({ length: neurons }, (_, n) => values[instanceOf(n, values.length, neurons)])
}

function instanceOf(neuron: number, instances: number, neurons: number): number {
  return Math.floor((neuron * instances) / neurons)
}

function traceOf(
  routine: Routine,
  search: StoredSearch,
  setting: ArrayLike<number>,
  neuron: number
): Output<'calibration.search'>['traces'][number] {
  const { steps, instances, codes, observed, bound } = search
  const k = instanceOf(neuron, instances, 512)
  const at = (values: ArrayLike<number>): number[] =>
    Array.from({ length: steps }, (_, step) => values[step * instances + k])
  return {
    metric: routine.name,
    unit: routine.unit,
    target: routine.target,
    codes: at(codes),
    observed: at(observed),
    chosen: setting[instanceOf(neuron, setting.length, 512)],
    bound: bound[k] === 0 ? 'none' : bound[k] < 0 ? 'low' : 'high'
  }
}
