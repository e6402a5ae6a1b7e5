/**
 * What a calibration measured, in the time that is shown (lib/text/time-base): the same records, with values and unit
 * converted where the unit has a time in it. State keeps them as they came, in hardware time.
 */
import type { CalibrationDiff, CorrelationCurve, InstanceMap, NeuronMap, SearchTrace, Timeline } from '../../api/types'
import { times } from '../text/time-base.svelte'

const scaled = <T extends number | null>(value: T, factor: number): T => (value === null ? value : value * factor) as T

export function mapInTime(map: NeuronMap): NeuronMap {
  const { factor, unit } = times.shown(map.unit)
  if (unit === map.unit && factor === 1) return map
  const all = <T extends Float64Array>(values: T): T => times.all(values, map.unit)
  return {
    ...map,
    unit,
    target: scaled(map.target, factor),
    targets: map.targets && all(map.targets),
    before: all(map.before),
    after: all(map.after),
    sigma: all(map.sigma)
  }
}

export function searchInTime(trace: SearchTrace): SearchTrace {
  const { factor, unit } = times.shown(trace.unit)
  return { ...trace, unit, target: scaled(trace.target, factor), observed: times.all(trace.observed, trace.unit) }
}

export function timelineInTime(timeline: Timeline): Timeline {
  const points = timeline.points.map((point) => ({
    ...point,
    metrics: point.metrics.map((one) => {
      const { factor, unit } = times.shown(one.unit)
      const [target, median, sd] = [one.target, one.median, one.sd].map((value) => scaled(value, factor))
      return { ...one, unit, target, median, sd, value: scaled(one.value, factor), sigma: scaled(one.sigma, factor) }
    })
  }))
  return { ...timeline, points }
}

/** of every quantity; what is allowed was typed, and `tolerance` stays as it was */
export function diffInTime(diff: CalibrationDiff): CalibrationDiff {
  const quantities = diff.quantities.map((one) => {
    const { factor, unit } = times.shown(one.unit)
    const neurons = one.neurons.map((row) => ({
      ...row,
      a: row.a * factor,
      b: row.b * factor,
      delta: row.delta * factor,
      allowed: row.allowed * factor
    }))
    const [medianDelta, largestDelta] = [one.medianDelta, one.largestDelta].map((value) => scaled(value, factor))
    return { ...one, unit, neurons, medianDelta, largestDelta }
  })
  return { ...diff, quantities }
}

export function instancesInTime(map: InstanceMap): InstanceMap {
  const { factor, unit } = times.shown(map.unit)
  if (unit === map.unit && factor === 1) return map
  const all = <T extends Float32Array>(values: T): T =>
    factor === 1 ? values : (values.map((value) => value * factor) as T)
  return { ...map, unit, target: scaled(map.target, factor), before: all(map.before), after: all(map.after) }
}

/** over delays of pulses, which are times of the hardware */
export const curveInTime = (curve: CorrelationCurve): CorrelationCurve => ({ ...curve, at: times.all(curve.at, 'µs') })
