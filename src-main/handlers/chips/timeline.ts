/** How a chip drifts: its calibrations and what was measured again since, in the order of time. */
import type { Output } from '../../contract/index'
import type { StoredMap } from '../../jobs/kinds/calibrate'
import type { Store } from '../../store/index'
import { mustHave } from './neurons'

type Timeline = Output<'chip.timeline'>['timeline']
type Point = Timeline['points'][number]

export function timelineOf(store: Store, chipName: string, neuron: number | null): Timeline {
  const { id, neurons } = store.chips.get(chipName)
  if (neuron !== null) mustHave(id, neurons, [neuron])
  const versions = store.calibrations.list(id).filter(({ complete }) => complete)
  const points = [
    ...versions.map((version) => atCalibration(store, version, neuron)),
    ...store.measurements.ofChip(id).map((made) => atMeasurement(store, made, neuron))
  ]
  return { chip: id, neuron, points: points.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) }
}

function atCalibration(
  store: Store,
  { id, createdAt, ageDays, temperature }: ReturnType<Store['calibrations']['summary']>,
  neuron: number | null
): Point {
  const routines = store.calibrations.routines(id)
  return {
    kind: 'calibration',
    calibration: id,
    job: store.calibrations.get(id).job,
    at: createdAt,
    ageDays,
    temperature,
    passed: routines.every(({ passed }) => passed),
    metrics: routines.flatMap(({ name, label, unit, target, after }) => {
      const map = store.calibrations.array<StoredMap>(id, `${name}/map`)
      if (map?.per && map.per !== 'neuron') return []
      const own = { value: at(map?.after, neuron), sigma: at(map?.sigma, neuron) }
      return [{ metric: name, label, unit, target, median: after?.median ?? null, sd: after?.sd ?? null, ...own }]
    })
  }
}

function atMeasurement(
  store: Store,
  { job, calibration, at: when, ageDays, temperature, passed }: ReturnType<Store['measurements']['ofChip']>[number],
  neuron: number | null
): Point {
  const excluded = new Set(store.calibrations.get(calibration).excluded)
  return {
    kind: 'measurement',
    calibration,
    job,
    at: when,
    ageDays,
    temperature,
    passed,
    metrics: store.calibrations.routines(calibration).flatMap(({ name, label, unit, target, failed }) => {
      const map = store.calibrations.array<StoredMap>(calibration, `${name}/map`)
      const readings = store.measurements.readings(job, name)
      if (!readings || (map?.per && map.per !== 'neuron')) return []
      const bad = new Set(failed)
      const counted = [...readings.mean].filter((x, n) => Number.isFinite(x) && !bad.has(n) && !excluded.has(n))
      const own = { value: at(readings.mean, neuron), sigma: at(readings.sigma, neuron) }
      return [{ metric: name, label, unit, target, ...middle(counted), ...own }]
    })
  }
}

function middle(values: number[]): { median: number | null; sd: number | null } {
  if (values.length === 0) return { median: null, sd: null }
  const sorted = values.sort((a, b) => a - b)
  const half = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  const mean = sorted.reduce((sum, x) => sum + x, 0) / sorted.length
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return { median, sd: sorted.length > 1 ? Math.sqrt(squares / (sorted.length - 1)) : 0 }
}

function at(values: ArrayLike<number> | null | undefined, neuron: number | null): number | null {
  const value = neuron === null ? undefined : values?.[neuron]
  return value === undefined || !Number.isFinite(value) ? null : value
}
