/**
 * When a calibration is good: limits with their sources.
 *
 * Spread ratios and converter limits are those of calix's tests on hardware (tests/hw/py/test_neuron_distribution.py,
 * test_cadc_calibration.py): 5 % trimmed spread after against before, both measured with the calibration's own read-out
 * and the same number of reads, "before" being the median calibrated code written to all. The ratio measures read noise
 * as much as calibration, and means nothing where the chip is even without calibration: where the spread before is
 * under three times its read noise, or already as small as we ask. There the spread itself is limited: 1 CADC LSB for
 * potentials, 3 % for time constants.
 */
import { median, trimmedSd } from '../statistics/summary'
import type { Check } from './types'

export interface Limits {
  /** trimmed spread after / before */
  spreadRatio?: number
  /** trimmed spread after that is good enough in any case */
  residual?: number
  /**
   * trimmed spread after / median: 14 to 16 % on a published chip whose gains were not equalised, 5 to 7 % is the neurons'
   * part where they are (hardware.md 6)
   */
  relativeSpread?: number
  /** distance of the median from the target */
  offset?: number
  /** a neuron further than this from the target has failed */
  miss?: number
  /** the above are shares of the target; of the median where there is no target */
  relative?: boolean
}

// 8 LSB: the cross-check of test_neuron_threshold_calibration.py; offsets: the residuals to be expected of a good
// calibration (about 1.5 to 2 LSB, 4 to 5 %; neuromorphic-bistability, published distributions)
const potential = (spreadRatio: number): Limits => ({ spreadRatio, residual: 1, offset: 2, miss: 8 })
const time = (spreadRatio: number): Limits => ({
  spreadRatio,
  residual: 0.03,
  offset: 0.05,
  miss: 0.25,
  relative: true
})

const LIMITS: Readonly<Record<string, Limits>> = {
  // spread of the quadrants at the ends of the range; calix asks < 5 LSB between quadrant means, mid range ± 40
  converter_offset: { residual: 3, offset: 5 },
  converter_slope: { residual: 3, offset: 5 },
  // sd of reads across channels < 3 LSB, medians within ± 40 of mid range
  converter_channels: { residual: 3, offset: 40 },
  tau_syn_exc: time(0.2),
  tau_syn_inh: time(0.2),
  synapse_dac_bias: {},
  gain_exc: { relativeSpread: 0.07, miss: 0.5, relative: true },
  gain_inh: { relativeSpread: 0.07, miss: 0.5, relative: true },
  reference_exc: { residual: 1, offset: 1, miss: 8 },
  reference_inh: { residual: 1, offset: 1, miss: 8 },
  tau_mem: time(0.45),
  tau_mem_column: time(0.45),
  threshold: potential(0.35),
  reset: potential(0.2),
  leak: potential(0.3),
  refractory: { residual: 0.03, offset: 0.05, miss: 0.25, relative: true },
  // 20 MADC LSB: the other cross-check of test_neuron_threshold_calibration.py
  threshold_madc: { spreadRatio: 0.35, residual: 3, offset: 6, miss: 20 },
  // 50 spikes in a second are named as noisy (calix, spiking/neuron_threshold.py)
  threshold_at_leak: { offset: 50, miss: 50 },
  // shares of the neurons and the single neuron's tolerance: routines/leak-over-threshold.ts
  leak_over_threshold: { offset: 0.05, relative: true },
  // test_neuron_reference_madc.py: 90 % below 1
  reference_exc_madc: { residual: 0.3, offset: 0.3, miss: 1 },
  reference_inh_madc: { residual: 0.3, offset: 0.3, miss: 1 },
  coba_gain_exc: { residual: 0.15, offset: 0.1, miss: 0.5, relative: true },
  coba_gain_inh: { residual: 0.15, offset: 0.1, miss: 0.5, relative: true },
  coba_reference_exc: { residual: 0.05, offset: 0.05, miss: 0.3, relative: true },
  coba_reference_inh: { residual: 0.05, offset: 0.05, miss: 0.3, relative: true },
  // test_multicompartment.py: less than half the spread
  inter_compartment: { spreadRatio: 0.5, residual: 0.03, offset: 0.05, miss: 0.25, relative: true }
}

/**
 * Share of neurons that must be usable. Defects are the chip's, not the calibration's: published chips lose 1 to 2 %.
 * Where calix's tests on hardware put a number to it they ask for 90 to 95 %.
 */
export const LEAST_USABLE = 0.95
/** a response without a target may have moved by this share since the calibration */
export const MOVED = 0.1
/** sd of the digital channel offsets, LSB (test_cadc_calibration.py) */
export const CHANNEL_OFFSET_SD = 20
/** sd of reads across the calibrated channels at mid range, LSB, and a quadrant's mean read off mid range (same file) */
export const CHANNEL_READ_SD = 3
export const QUADRANT_MEAN_OFF = 40
/** largest distance between two quadrants' mean reads at mid range, LSB (test_cadc_calibration.py) */
export const QUADRANT_MEANS = 5

export interface Measured {
  name: string
  label: string
  unit: string
  target: number | null
  before: Float64Array
  after: Float64Array
  sigma: Float64Array
  reads: number
}

/**
 * Measured values as if every neuron had the median target: what is left is its error. A neuron with a target of 0 is
 * left alone and counts as on target.
 */
export function aligned<T extends Float64Array | null>(
  values: T,
  name: string,
  target: number | null,
  list?: Float64Array
): T {
  if (!list || target === null || values === null) return values
  const relative = LIMITS[name]?.relative
  return values.map((x, n) => (list[n] === 0 ? target : relative ? (x * target) / list[n] : x + target - list[n])) as T
}

export interface Verdict {
  /** trimmed spread after / before; null where nothing was spread before */
  spreadRatio: number | null
  /** the limit on it; null where none applies, e.g. because the chip was even before */
  limit: number | null
  checks: Check[]
  passed: boolean
}

/**
 * Applies every limit of a routine to what was measured.
 * @param counted 1 = the neuron counts (neither failed nor excluded)
 */
export function judge(measured: Measured, counted: ArrayLike<number>): Verdict {
  const { name, label, unit, target } = measured
  const limits = LIMITS[name] ?? {}
  const pick = (values: Float64Array): Float64Array => values.filter((_, n) => counted[n] === 1)
  const after = pick(measured.after)
  const spreadAfter = trimmedSd(after)
  const spreadBefore = trimmedSd(pick(measured.before))
  const scale = limits.relative && target ? target : 1
  const checks: Check[] = []
  const add = (what: string, value: number, limit: number, checkUnit: string): void => {
    checks.push({ name: `${label}: ${what}`, value, limit, unit: checkUnit, passed: value < limit })
  }
  const ratio = spreadBefore > 0 ? spreadAfter / spreadBefore : null
  const readNoise = median(pick(measured.sigma)) / Math.sqrt(measured.reads)
  const residual = (limits.residual ?? 0) * scale
  const resolved = spreadBefore > 3 * readNoise && spreadBefore > residual
  const divides = limits.spreadRatio !== undefined && resolved && ratio !== null
  if (divides) add('spread ratio', ratio, limits.spreadRatio!, '')
  else if (limits.spreadRatio !== undefined) {
    const name = `${label}: spread ratio`
    checks.push({ name, value: ratio, limit: limits.spreadRatio, unit: '', notApplicable: true, passed: true })
  }
  if (!divides && limits.residual !== undefined) {
    add('spread', spreadAfter / scale, limits.residual, limits.relative ? '' : unit)
  }
  if (limits.relativeSpread !== undefined)
    add('spread / median', spreadAfter / median(after), limits.relativeSpread, '')
  if (limits.offset !== undefined && target !== null) {
    add('median off target', Math.abs(median(after) - target) / scale, limits.offset, limits.relative ? '' : unit)
  }
  return {
    spreadRatio: ratio,
    limit: resolved ? (limits.spreadRatio ?? null) : null,
    checks,
    passed: checks.every((check) => check.passed)
  }
}

/** 1 = further from the target (or, without one, from the median) than a working neuron can be, or not measured at all */
export function missed(name: string, target: number | null, after: Float64Array): Uint8Array {
  const { miss, relative } = LIMITS[name] ?? {}
  const centre = target ?? median(after)
  const allowed = miss === undefined ? Infinity : miss * (relative ? centre : 1)
  return Uint8Array.from(after, (value) => (Math.abs(value - centre) <= allowed ? 0 : 1))
}
