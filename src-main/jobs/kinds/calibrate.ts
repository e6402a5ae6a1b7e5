/**
 * A calibration: each unit is kept as it is done, so that it can go on after a stop or a crash; when all of it is there,
 * routines, maps, searches and settings are written at once.
 */
import type {
  CalibrationState,
  ChipSettings,
  Curve,
  Defect,
  Instance,
  RoutineResult,
  RoutineSummary,
  Search
} from '../../compute/protocol'
import type { Json } from '../../store/canonical'
import type { Routine } from '../../store/calibrations'
import type { Store } from '../../store/index'
import type { JobKind } from './kind'
import { exclusionMask, siliconOf } from './chip-spec'

/** what handlers/calibrations/calibrations.ts resolved and recorded */
interface CalibrationConfig {
  routines: string[] | null
  /** calibration whose settings the routines that do not run keep */
  from: string | null
  seed: number
  activate: boolean
}

export const calibrate: JobKind<'calibrate'> = {
  task: (store, job) => {
    const calibration = store.calibrations.get(String(job.subject))
    const chip = store.chips.get(calibration.chip)
    const { routines, from, seed } = calibration.config as unknown as CalibrationConfig
    return {
      chip: siliconOf(calibration.config),
      targets: calibration.targets,
      lists: listsOf(calibration.config),
      routines,
      from: from === null ? null : (store.calibrations.array<ChipSettings>(from, 'settings') ?? null),
      known: from === null ? [] : (store.calibrations.array<Defect[]>(from, 'defects') ?? []),
      excluded: exclusionMask(chip.neurons, calibration.excluded),
      seed,
      resume: resumeOf(store, calibration.id)
    }
  },
  report: (store, job, report) => {
    if (report.kind === 'unit') store.calibrationUnits.save(String(job.subject), report, report.state)
  },
  finish: (store, job, { result, summaries, seconds }) => {
    const id = String(job.subject)
    const { chip, config, targets } = store.calibrations.get(id)
    const arrays: { [part: string]: unknown } = {
      settings: result.settings,
      usable: result.usable,
      defects: result.defects
    }
    for (const routine of result.routines) {
      arrays[`${routine.name}/map`] = mapOf(routine)
      if (routine.search) arrays[`${routine.name}/search`] = routine.search
      if (routine.curves.length > 0) arrays[`${routine.name}/curves`] = routine.curves
    }
    store.calibrations.finish(id, {
      complete: true,
      usable: result.usable.reduce((sum, ok) => sum + ok, 0),
      seconds,
      hardwareMs: result.hardwareMs,
      // of one that was set wrong on purpose, what its neurons were drawn around: the host goes on to assume that
      targets: config['detune'] === undefined ? result.targets : targets,
      routines: result.routines.map((routine, k) => rowOf(routine, summaries[k])),
      arrays
    })
    store.calibrationUnits.clear(id)
    if ((config as unknown as CalibrationConfig).activate) store.chips.activate(chip, id)
    return { calibration: id }
  }
}

function resumeOf(store: Store, calibration: string): CalibrationState | null {
  const kept = store.calibrationUnits.kept<Omit<CalibrationState, 'done'>>(calibration)
  return kept && { done: kept.done, ...kept.state }
}

/** targets neuron by neuron, as recorded; calibrations from before there were lists have none */
export function listsOf(config: { readonly [key: string]: Json }): { [name: string]: Float64Array } {
  const lists = (config['lists'] ?? {}) as { [name: string]: number[] }
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Float64Array.from(list)]))
}

/** arrays of one routine, as the database keeps them; of many thousand synapses compactly */
export interface StoredMap {
  /** absent in calibrations from before there were others: neuron */
  per?: Instance
  before: Float64Array | Float32Array | null
  after: Float64Array | Float32Array | null
  sigma: Float64Array | Float32Array | null
  setting: Float64Array | Uint8Array
  failed: Uint8Array
}

function mapOf({ per, before, after, sigma, setting, failed }: RoutineResult): StoredMap {
  if (per !== 'synapse') return { per, before, after, sigma, setting, failed }
  const compact = (values: Float64Array | null): Float32Array | null => values && Float32Array.from(values)
  return { per, before: compact(before), after: compact(after), sigma: null, setting: Uint8Array.from(setting), failed }
}

function rowOf(routine: RoutineResult, { before, after }: RoutineSummary): Routine {
  const { name, label, symbol, quantity, unit, target, limit, spreadRatio, passed, reads, seconds } = routine
  const failed = [...routine.failed.keys()].filter((k) => routine.failed[k] === 1)
  return {
    name,
    label,
    symbol,
    quantity,
    unit,
    target,
    limit,
    before,
    after,
    spreadRatio,
    passed,
    reads,
    failed,
    seconds
  }
}

/** how the settings of a routine were found, and the settings of a chip, as the database keeps them */
export type StoredSearch = Search
export type StoredCurve = Curve
export type StoredDefect = Defect
export type StoredSettings = ChipSettings
