/** What the window shows at the end of an epoch: confusion, weights in the chip's units, receptive fields, one sample. */
import type { Decision, DelayGroup, EpochReport } from '../core/training/types'

/** receptive fields that are shown */
const FIELDS = 24
const BINS = 63
const DELAY_BINS = 30

/** over weights in the port's units */
export interface WeightHistogram {
  counts: Float64Array
  edges: Float64Array
  clippedShare: number
}

export interface Dashboard {
  confusion: Float64Array
  /** which test samples were read right, a bit each */
  right: Uint8Array
  classes: number
  weights: WeightHistogram & {
    fields: Float32Array
    units: number
    side: number
    /** of a field, if it is no square */
    rows?: number
  }
  /** weights between hidden units, of networks that have them: all of them, [unit that fires][unit that hears] */
  recurrent?: WeightHistogram & { matrix: Float32Array; units: number }
  /** of networks that compute with first spikes */
  decision?: Decision
  delays: DelayHistogram[]
  sample: EpochReport['sample']
}

export interface DelayHistogram {
  name: string
  n: number
  counts: Float64Array
  /** µs */
  edges: Float64Array
  median: number
}

/** @param weightLimit largest weight in the port's units; Infinity on ideal, where the largest weight there is counts */
export function dashboardOf(report: EpochReport, weightLimit: number): Dashboard {
  const { checkpoint, confusion, right, sample } = report
  const { hidden, recurrent } = checkpoint.arrays as { hidden: Float32Array; recurrent?: Float32Array }
  const perUnit = checkpoint.numbers['weightPerUnit'] ?? 1
  const inputs = sample.side === 0 ? Number(sample.inputs) : sample.side * sample.side
  // methods with further rows (a bias, copies of inputs) say how wide they are
  const width = checkpoint.numbers['units'] ?? hidden.length / inputs
  const copies = checkpoint.numbers['copies'] ?? 1
  const units = Math.min(FIELDS, width)
  // channels of recorded spikes lie in a row
  const layout = sample.side === 0 ? { side: inputs, rows: 1 } : { side: sample.side }
  const fields = new Float32Array(units * inputs)
  for (let unit = 0; unit < units; unit++) {
    for (let input = 0; input < inputs; input++) fields[unit * inputs + input] = hidden[input * copies * width + unit]
  }
  return {
    confusion,
    right,
    classes: Math.sqrt(confusion.length),
    weights: { ...weightHistogram(hidden, perUnit, weightLimit), fields, units, ...layout },
    ...(recurrent ? { recurrent: looped(recurrent, perUnit, weightLimit) } : {}),
    ...(report.decision ? { decision: report.decision } : {}),
    delays: (report.delays ?? []).map(delayHistogram),
    sample
  }
}

function looped(weights: Float32Array, perUnit: number, weightLimit: number): NonNullable<Dashboard['recurrent']> {
  const histogram = weightHistogram(weights, perUnit, weightLimit)
  return { ...histogram, matrix: weights.map((w) => w * perUnit), units: Math.sqrt(weights.length) }
}

function weightHistogram(weights: ArrayLike<number>, perUnit: number, weightLimit: number): WeightHistogram {
  let largest = 0
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k] * perUnit))
  const limit = weightLimit === Infinity ? largest || 1 : weightLimit
  const edges = Float64Array.from({ length: BINS + 1 }, (_, k) => limit * ((2 * k) / BINS - 1))
  const counts = new Float64Array(BINS)
  let clipped = 0
  for (let k = 0; k < weights.length; k++) {
    const code = Math.max(-limit, Math.min(limit, weights[k] * perUnit))
    // a weight at the limit is one that learning wanted to be larger
    if (Math.abs(code) >= limit * (1 - 1e-6) && weightLimit !== Infinity) clipped++
    counts[Math.min(BINS - 1, Math.floor(((code / limit + 1) / 2) * BINS))]++
  }
  return { counts, edges, clippedShare: clipped / weights.length }
}

function delayHistogram({ name, values }: DelayGroup): DelayHistogram {
  const sorted = values.slice().sort()
  const n = sorted.length
  const [low, high] = [sorted[0], sorted[n - 1]]
  const width = high - low || 1
  const edges = Float64Array.from({ length: DELAY_BINS + 1 }, (_, k) => low + (width * k) / DELAY_BINS)
  const counts = new Float64Array(DELAY_BINS)
  for (const d of sorted) counts[Math.min(DELAY_BINS - 1, Math.floor(((d - low) / width) * DELAY_BINS))]++
  return { name, n, counts, edges, median: (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2 }
}
