/**
 * From model units to a port's units, measured through the port as it would be on a real chip: nothing of the chip's
 * ground truth is known here. Two numbers are wanted (Cramer, Billaudelle et al. 2022 found 240 weight LSB a unit):
 *
 *   membranePerUnit  what the membrane rises from rest to threshold, in units of the converter
 *   weightPerUnit    weight codes of one model unit of weight: membranePerUnit / response to one code
 *
 * The response to one code is the slope of the post-synaptic potential's amplitude over several codes (so that an
 * offset of the weights does not enter), from single input spikes on several rows. The threshold is bracketed: more and
 * more inputs at once, until the unit fires; it lies between the last potential without a spike and what the next level
 * would have reached. Medians over all units, so that defective ones do not matter.
 */
import { InputError } from '../errors/input-error'
import { mad, median } from '../statistics/summary'
import { Probe } from './probe'
import type { Opened } from './probe'
import type { Config } from './types'

export interface Conversion {
  /** units of the measured membrane between rest and threshold */
  membranePerUnit: number
  /** weight codes of one model unit of a hidden weight */
  weightPerUnit: number
  /** most weight codes that one model unit of an output weight is given */
  outputPerUnit: number
}

export interface MeasuredConversion {
  conversion: Conversion
  /** what is recorded with the run */
  report: Config
  units: UnitResponses
}

/** Of each unit, NaN where it could not be measured: what its circuits make of a weight code w, slope · (w + offset). */
export interface UnitResponses {
  /** units of the measured membrane a code */
  slopeExc: Float64Array
  slopeInh: Float64Array
  /** weight codes */
  offsetExc: Float64Array
  offsetInh: Float64Array
  /** of the threshold above the rest, units of the measured membrane */
  height: Float64Array
}

const NO_UNITS: UnitResponses = {
  slopeExc: new Float64Array(),
  slopeInh: new Float64Array(),
  offsetExc: new Float64Array(),
  offsetInh: new Float64Array(),
  height: new Float64Array()
}

/** a port that speaks model units */
export const IDENTITY: Conversion = { membranePerUnit: 1, weightPerUnit: 1, outputPerUnit: 1 }

/** the authors' output weights get at most 250 codes a unit where their hidden weights get 240 */
const OUTPUT_HEADROOM = 250 / 240
/** parts of the largest weight at which the response is measured */
const PARTS = [0.25, 0.5, 0.75, 1]
/** input rows that are stimulated one by one */
const ROWS = 8
const REPEATS = 4
/** the threshold is looked for with this many more inputs at each level, relative */
const LEVEL_STEP = 1.03
/** multiples of it modulo 1 fill the unit interval evenly */
const GOLDEN = 0.6180339887498949

/** The conversion of an opened port. A port without a weight grid has the model's own units. Every member calls it. */
export function conversionOfPort(opened: Opened): MeasuredConversion {
  return opened.port.weightStep === 0
    ? { conversion: IDENTITY, report: { ...IDENTITY }, units: NO_UNITS }
    : measureConversion(opened)
}

/**
 * Measures the conversion; the network's weights on the port are overwritten.
 * @throws InputError if the units do not respond or never fire: the chip is not set up for training
 */
export function measureConversion(opened: Opened): MeasuredConversion {
  const probe = new Probe(opened)
  const { slope: exc, offset: offsetExc } = responses(probe, 1)
  const { slope: inh, offset: offsetInh } = responses(probe, -1)
  const threshold = thresholds(probe)
  probe.close()

  const perCode = (median(exc) + median(inh)) / 2
  const membranePerUnit = median(threshold.height)
  if (!(perCode > 0))
    throw new InputError('bad-input', 'the hidden units do not respond to input: calibrate the chip first')
  if (!(membranePerUnit > 0)) {
    throw new InputError('bad-input', 'no hidden unit fires, even with all inputs at once: calibrate the chip first')
  }
  const weightPerUnit = membranePerUnit / perCode
  const conversion = { membranePerUnit, weightPerUnit, outputPerUnit: weightPerUnit * OUTPUT_HEADROOM }
  return {
    conversion,
    report: {
      ...conversion,
      responsePerCodeExc: median(exc),
      responsePerCodeInh: median(inh),
      responseMad: mad(exc),
      thresholdMad: mad(threshold.height),
      unitsMeasured: exc.filter((x) => x === x).length,
      unitsFiringAtRest: threshold.atRest,
      unitsNeverFiring: threshold.never
    },
    units: { slopeExc: exc, slopeInh: inh, offsetExc, offsetInh, height: heights(threshold.height, exc.length) }
  }
}

/** median over the repeats, for each unit */
function heights(height: Float64Array, units: number): Float64Array {
  return Float64Array.from({ length: units }, (_, unit) => median(height.filter((_h, k) => k % units === unit)))
}

/**
 * Amplitude of the response per weight code, and the codes that are missing in it (hardware.md 7: I ∝ w + o), for each
 * unit; NaN where the unit fired meanwhile.
 */
function responses(probe: Probe, sign: 1 | -1): { slope: Float64Array; offset: Float64Array } {
  const { inputs, hidden } = probe.opened.shape
  const rows = Math.min(ROWS, inputs)
  const single = Array.from({ length: rows }, (_, k) => [Math.floor((k * inputs) / rows)])
  const stimulus = probe.stimulus(single)
  const codes = PARTS.map((part) => probe.onGrid(part * probe.largest))
  const amplitude = codes.map(() => new Float64Array(hidden))
  codes.forEach((code, c) => {
    probe.write(() => sign * code)
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      probe.present(stimulus, rows, (_, unit, response, fired) => {
        amplitude[c][unit] += fired ? NaN : (sign * response) / (rows * REPEATS)
      })
    }
  })
  const centre = codes.reduce((sum, code) => sum + code, 0) / codes.length
  const spread = codes.reduce((sum, code) => sum + (code - centre) ** 2, 0)
  const slope = Float64Array.from({ length: hidden }, (_, unit) => {
    let sum = 0
    codes.forEach((code, c) => (sum += ((code - centre) * amplitude[c][unit]) / spread))
    return sum === 0 ? NaN : sum
  })
  const offset = slope.map((a, unit) => amplitude.reduce((sum, of) => sum + of[unit], 0) / codes.length / a - centre)
  return { slope, offset }
}

/** height of each unit's threshold above its rest, once for each repeat; NaN where it could not be bracketed */
function thresholds(probe: Probe): { height: Float64Array; atRest: number; never: number } {
  const { inputs, hidden } = probe.opened.shape
  const levels: number[] = [0]
  for (let n = 1; n <= inputs; n = Math.max(n + 1, Math.round(n * LEVEL_STEP))) levels.push(n)
  const stimulus = probe.stimulus(levels.map((n) => Array.from({ length: n }, (_, k) => Math.floor((k * inputs) / n))))
  const base = probe.largest * Math.min(1, 40 / inputs)

  const height = new Float64Array(hidden * REPEATS).fill(NaN)
  let atRest = 0
  let never = 0
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    // Each unit, repeat and row has a weight of its own, so that the levels of all units together lie densely on any grid.
    const part = (unit: number): number => (unit * GOLDEN + repeat / REPEATS) % 1
    const dither = (input: number): number => ((input * GOLDEN) % 1) - 0.5
    const step = probe.opened.port.weightStep
    probe.write((input, unit) => probe.onGrid(base * (0.75 + 0.5 * part(unit)) + step * dither(input)))
    const below = new Float64Array(hidden)
    const found = new Uint8Array(hidden)
    probe.present(stimulus, levels.length, (level, unit, response, fired) => {
      if (found[unit] === 1) return
      if (!fired) {
        below[unit] = response * probe.peak
        return
      }
      found[unit] = 1
      if (level === 0) atRest++
      // the next level would have reached `above`; the threshold is somewhere between
      else if (level > 1) {
        const above = (below[unit] * levels[level]) / levels[level - 1]
        height[repeat * hidden + unit] = (below[unit] + above) / 2
      }
    })
    for (let unit = 0; unit < hidden; unit++) if (found[unit] === 0) never++
  }
  return { height, atRest: atRest / REPEATS, never: never / REPEATS }
}
