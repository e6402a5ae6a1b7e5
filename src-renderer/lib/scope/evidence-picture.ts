/** From a measured trace to what is drawn: samples thinned to what a small plot can show, the fit or levels, residuals. */
import type { Evidence, ScopeTrace } from '../../api/types'
import { times } from '../text/time-base.svelte'

export interface EvidencePicture {
  neuron: number
  metric: string | null
  unit: string
  /** in the time that is shown, and counts */
  points: readonly (readonly [time: number, value: number])[]
  /** the curve through them */
  fit: readonly (readonly [time: number, value: number])[]
  residuals: readonly (readonly [time: number, value: number])[]
  levels: readonly { value: number; label: string; dashed: boolean }[]
  note: string
}

/** how potentials are made to show themselves on the oscilloscope: at rest, or firing by a leak above the threshold */
export const POTENTIALS: Readonly<Record<string, { stimulus: 'silent'; durationUs: number; leakShift?: number }>> = {
  leak: { stimulus: 'silent', durationUs: 40 },
  reset: { stimulus: 'silent', durationUs: 60, leakShift: 450 },
  threshold: { stimulus: 'silent', durationUs: 60, leakShift: 450 },
  threshold_madc: { stimulus: 'silent', durationUs: 60, leakShift: 450 }
}

const MOST = 160

export function fittedPicture({
  neuron,
  metric,
  unit,
  samples,
  stepUs,
  fitted,
  fit,
  residualSd
}: Evidence): EvidencePicture {
  const every = Math.max(1, Math.floor(samples.length / MOST))
  const taken = Array.from({ length: Math.floor(samples.length / every) }, (_, k) => k * every)
  const curve = (k: number): number => fit?.curve[k - fitted] ?? NaN
  const at = (k: number): number => times.of(k * stepUs)
  const said = fit && times.shown(fit.unit)
  const inside = fit ? taken.filter((k) => k >= fitted) : []
  return {
    neuron,
    metric,
    unit,
    points: taken.map((k) => [at(k), samples[k]]),
    fit: inside.map((k) => [at(k), curve(k)]),
    residuals: inside.map((k) => [at(k), samples[k] - curve(k)]),
    levels: [],
    note:
      fit && said
        ? `${fit.quantity} ${(fit.value * said.factor).toPrecision(3)} ${said.unit}, rest sd ${(residualSd ?? NaN).toPrecision(2)} LSB, n = ${samples.length - fitted}`
        : 'nothing could be fitted'
  }
}

/** @param value measured by the calibration, @param target aimed at, both CADC LSB */
export function potentialPicture(trace: ScopeTrace, value: number, target: number | null): EvidencePicture {
  const { samples, invalid, stepUs, startUs, axis, neuron } = trace
  const every = Math.max(1, Math.floor((samples.length - invalid) / (2 * MOST)))
  const points: [number, number][] = []
  for (let k = invalid; k < samples.length; k += every) points.push([times.of(startUs + k * stepUs), samples[k]])
  const on = (column: number): number => (axis.ofColumn ? axis.ofColumn.offset + axis.ofColumn.slope * column : column)
  const level = (column: number | null, label: string, dashed: boolean): EvidencePicture['levels'] =>
    column === null || Number.isNaN(column) ? [] : [{ value: on(column), label, dashed }]
  return {
    neuron,
    metric: null,
    unit: axis.unit,
    points,
    fit: [],
    residuals: [],
    levels: [...level(target, 'target', true), ...level(value, 'measured', false)],
    note: 'membrane on the fast converter; lines: CADC LSB on this axis, read by a channel with an offset of its own'
  }
}
