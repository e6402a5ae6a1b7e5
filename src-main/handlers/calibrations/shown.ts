/** Calibrations as the contract shows them: summary and failures, maps of neurons and of other parts, searches. */
import type { Output } from '../../contract/index'
import type { StoredDefect, StoredMap, StoredSearch } from '../../jobs/kinds/calibrate'
import type { Routine } from '../../store/calibrations'
import type { Store } from '../../store/index'
import { settingsOf } from './lineage'
import { summaryOf } from './staleness'

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

/** routines whose target goes by another name */
const TARGET_OF: { readonly [routine: string]: string } = {
  refractory: 'refractory_time',
  leak_over_threshold: 'spike_rate'
}

/** targets of a routine neuron by neuron, where they were given */
export function listOf(store: Store, id: string, routine: string): number[] | undefined {
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
  const { neurons } = store.calibrations.get(id)
  return routine.failed.map((neuron) => {
    const bound = search?.bound[instanceOf(neuron, search.instances, map?.failed.length ?? neurons)] ?? 0
    const after = map?.after?.[neuron] ?? NaN
    // a routine without a target makes neurons alike: what it aims at is what the others came to
    const aim = list?.[neuron] ?? target ?? routine.after?.median ?? null
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

type NeuronMap = Output<'calibration.maps'>['maps'][number]

export function withMaps(store: Store, id: string): { routine: Routine; map: StoredMap | undefined }[] {
  return store.calibrations
    .routines(id)
    .map((routine) => ({ routine, map: store.calibrations.array<StoredMap>(id, `${routine.name}/map`) }))
}

/** of the routines whose result is one value a neuron */
export function neuronMaps(store: Store, id: string): NeuronMap[] {
  const stored = withMaps(store, id).filter(({ map }) => !map?.per || map.per === 'neuron')
  return stored.map(({ routine, map }) => mapOf(store, id, routine, map))
}

/** those and, of routines that it left out, the ones of the calibration whose settings it kept */
export function mapsInUse(store: Store, id: string): NeuronMap[] {
  const maps = new Map<string, NeuronMap>()
  for (const one of settingsOf(store, id))
    for (const map of neuronMaps(store, one)) if (!maps.has(map.metric)) maps.set(map.metric, map)
  return [...maps.values()]
}

export function instancesOf(
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
    measuredBy: id,
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

export function traceOf(
  routine: Routine,
  search: StoredSearch,
  setting: ArrayLike<number>,
  neuron: number,
  neurons: number
): Output<'calibration.search'>['traces'][number] {
  const { steps, instances, codes, observed, bound } = search
  const k = instanceOf(neuron, instances, neurons)
  const at = (values: ArrayLike<number>): number[] =>
    Array.from({ length: steps }, (_, step) => values[step * instances + k])
  return {
    metric: routine.name,
    unit: routine.unit,
    target: routine.target,
    codes: at(codes),
    observed: at(observed),
    chosen: setting[instanceOf(neuron, setting.length, neurons)],
    bound: bound[k] === 0 ? 'none' : bound[k] < 0 ? 'low' : 'high'
  }
}
