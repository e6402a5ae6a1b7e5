/** What is read from a trace of the oscilloscope: values at times, spikes of a neuron, axes, the file that holds it. */
import type { ScopeTrace } from '../../api/types'
import type { FigureData } from '../plot/figure'
import { times } from '../text/time-base.svelte'
import type { Limits } from '../plot/scale'

/** a trace of 6 000 samples has its ends here and there; this share at each end does not set the axis */
const MARGIN = 0.08

export function timeOf(trace: ScopeTrace, sample: number): number {
  return trace.startUs + sample * trace.stepUs
}

export function endOf(trace: ScopeTrace): number {
  return timeOf(trace, trace.samples.length - 1)
}

/** the sample nearest to a time; −1 where the trace has none, or none that is valid */
export function sampleAt(trace: ScopeTrace, timeUs: number): number {
  const k = Math.round((timeUs - trace.startUs) / trace.stepUs)
  return k >= trace.invalid && k < trace.samples.length ? k : -1
}

/** count at a time, null where nothing valid was sampled */
export function countAt(trace: ScopeTrace, timeUs: number): number | null {
  const k = sampleAt(trace, timeUs)
  return k < 0 ? null : trace.samples[k]
}

/** times of one neuron's spikes, µs */
export function spikesOf({ spikes }: ScopeTrace, neuron: number): number[] {
  return Array.from(spikes.timeUs).filter((_, k) => spikes.neuron[k] === neuron)
}

/** mean and sd (n − 1) of the intervals between spikes; null for fewer than two intervals */
export function intervalsOf(times: readonly number[]): { mean: number; sd: number; n: number } | null {
  const gaps = times.slice(1).map((t, k) => t - times[k])
  if (gaps.length < 2) return null
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / (gaps.length - 1)), n: gaps.length }
}

/** leak, reset and threshold on the trace's own axis; empty where it shows no membrane */
export function targetLines({ targets, axis }: ScopeTrace): { name: string; count: number }[] {
  const { ofColumn } = axis
  if (!ofColumn) return []
  const at = (column: number): number => ofColumn.offset + ofColumn.slope * column
  const lines = [
    { name: 'threshold', count: at(targets.threshold) },
    { name: targets.leak === targets.reset ? 'leak, reset' : 'leak', count: at(targets.leak) }
  ]
  return targets.leak === targets.reset ? lines : [...lines, { name: 'reset', count: at(targets.reset) }]
}

/** an axis that holds all valid samples and the target lines, with a little room */
export function fitLimits(trace: ScopeTrace): Limits {
  let [low, high] = [Infinity, -Infinity]
  for (let k = trace.invalid; k < trace.samples.length; k++) {
    low = Math.min(low, trace.samples[k])
    high = Math.max(high, trace.samples[k])
  }
  for (const { count } of targetLines(trace)) [low, high] = [Math.min(low, count), Math.max(high, count)]
  if (!(low <= high)) return [0, trace.axis.fullScale]
  const pad = Math.max(4, (high - low) * MARGIN)
  return [Math.max(0, low - pad), Math.min(trace.axis.fullScale, high + pad)]
}

/** lowest and highest valid sample in each of `columns` equal intervals of time: what a line of that width shows */
export function envelope(trace: ScopeTrace, [from, to]: Limits, columns: number): { low: number; high: number }[] {
  const list: { low: number; high: number }[] = []
  for (let c = 0; c < columns; c++) {
    const [first, last] = [from + ((to - from) * c) / columns, from + ((to - from) * (c + 1)) / columns]
    const a = Math.max(trace.invalid, Math.ceil((first - trace.startUs) / trace.stepUs))
    const b = Math.min(trace.samples.length - 1, Math.floor((last - trace.startUs) / trace.stepUs))
    let [low, high] = [Infinity, -Infinity]
    for (let k = a; k <= b; k++) {
      low = Math.min(low, trace.samples[k])
      high = Math.max(high, trace.samples[k])
    }
    list.push({ low, high })
  }
  return list
}

/** one row a sample; what is not valid says so */
export function traceData(trace: ScopeTrace | null): FigureData {
  if (!trace) return { head: [], rows: [] }
  const own = new Set(spikesOf(trace, trace.neuron).map((t) => Math.round((t - trace.startUs) / trace.stepUs)))
  const at = (k: number): number[] => [
    Number(times.of(timeOf(trace, k)).toFixed(4)),
    trace.samples[k],
    k >= trace.invalid ? 1 : 0,
    own.has(k) ? 1 : 0
  ]
  return {
    head: [`time, ${times.unit('µs')}`, `count, ${trace.axis.unit}`, 'valid', 'spike'],
    rows: { length: trace.samples.length, at }
  }
}

/** one row a spike, of all neurons */
export function rasterData(trace: ScopeTrace | null): FigureData {
  const { neuron, timeUs } = trace?.spikes ?? { neuron: [], timeUs: [] }
  return {
    head: [`time, ${times.unit('µs')}`, 'neuron'],
    rows: { length: neuron.length, at: (k) => [times.of(timeUs[k]), neuron[k]] }
  }
}
