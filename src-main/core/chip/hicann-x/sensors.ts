/**
 * The correlation sensors, two in each synapse (Friedmann et al. 2017): a pre-synaptic pulse followed by a post-synaptic
 * one adds η · e^(−Δt/τ) to the causal storage, the opposite order to the acausal one.
 *
 * Maps of the codes: the bias "ramp" shortens τ, the bias "store" lowers η (calix searches both as inverted), and each
 * step of a synapse's trim bits lowers its own. calix's start values, ramp 80 and store 70, stand for its default
 * targets, 5 µs and 0.5 CADC LSB a pair. A step of the trims is worth 20 % (assumed: the four settings then span what
 * synapses differ by).
 *
 * Spreads: log-sd 0.35 of each branch's amplitude, 0.30 of τ, 0.25 of the ratio of the two amplitudes; 0.1 among
 * quadrants. A common part and half the ratio with either sign make up a branch's amplitude.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import { CIRCUITS, COLUMNS, QUADRANTS, ROWS } from './topology'

export const NOMINAL_BIAS = { ramp: 80, store: 70 }
export const LARGEST_TRIM = 3
const TAU_US = 5
const AMPLITUDE = 0.5
const TRIM_FACTOR = [1, 0.8, 0.64, 0.512]
const SPREAD = { amplitude: 0.35, tau: 0.3, ratio: 0.25, quadrant: 0.1 }
/** reading after a reset, CADC LSB, and its sd among synapses (assumed); a set-up is healthy above 120 (calix) */
const BASELINE = { mean: 190, sd: 4 }
/** the storage of a branch is empty after so much, CADC LSB */
export const SENSOR_RANGE = 160
/** sd of a converter channel's offset, share of it that a column's two channels have in common (chip "cube 66") */
const CHANNEL = { offset: 10, correlation: 0.1, stuck: 0.001 }
/** CADC LSB that each code of the two biases off its start value shifts the converters (issue 3469; size assumed) */
const CONVERTER_SHIFT = 0.005
const LEAST_CODE = 0.5

/** one entry a synapse of an array, [row][column]; do not write into it */
export interface SensorDraw {
  causal: Float32Array
  acausal: Float32Array
  tau: Float32Array
  /** CADC LSB */
  baselineCausal: Float32Array
  baselineAcausal: Float32Array
}

/** each kind of deviation has a stream of its own, as in `drawChip` */
export function drawSensors(seed: number, mismatch: number, array: 0 | 1): SensorDraw {
  const count = ROWS * COLUMNS
  const normals = (name: string, sd: number): Float32Array => {
    const source = new Stream(seed, 'hicann-x', name, array)
    return Float32Array.from({ length: count }, () => mismatch * sd * source.normal())
  }
  const common = normals('sensor-amplitude', Math.sqrt(SPREAD.amplitude ** 2 - SPREAD.ratio ** 2 / 4))
  const ratio = normals('sensor-ratio', SPREAD.ratio)
  return {
    causal: common.map((x, k) => exp(x + ratio[k] / 2)),
    acausal: common.map((x, k) => exp(x - ratio[k] / 2)),
    tau: normals('sensor-tau', SPREAD.tau).map(exp),
    baselineCausal: normals('sensor-baseline-causal', BASELINE.sd).map((x) => BASELINE.mean + x),
    baselineAcausal: normals('sensor-baseline-acausal', BASELINE.sd).map((x) => BASELINE.mean + x)
  }
}

export interface SensorQuadrants {
  amplitude: Float64Array
  tau: Float64Array
}

export function drawSensorQuadrants(seed: number, mismatch: number): SensorQuadrants {
  const factors = (name: string): Float64Array => {
    const source = new Stream(seed, 'hicann-x', name)
    return Float64Array.from({ length: QUADRANTS }, () => exp(mismatch * SPREAD.quadrant * source.normal()))
  }
  return { amplitude: factors('sensor-amplitude-quadrant'), tau: factors('sensor-tau-quadrant') }
}

/** τ of a nominal synapse, µs */
export function sensorTau(rampCode: number, trim: number): number {
  return ((TAU_US * NOMINAL_BIAS.ramp) / Math.max(LEAST_CODE, rampCode)) * TRIM_FACTOR[trim]
}

/** η of a nominal synapse, CADC LSB a pair at no delay */
export function sensorAmplitude(storeCode: number, trim: number): number {
  return ((AMPLITUDE * NOMINAL_BIAS.store) / Math.max(LEAST_CODE, storeCode)) * TRIM_FACTOR[trim]
}

/** what the two biases of a quadrant do to its converters, CADC LSB; nothing at their start values */
export function converterShift(rampCode: number, storeCode: number): number {
  return CONVERTER_SHIFT * (rampCode - NOMINAL_BIAS.ramp + storeCode - NOMINAL_BIAS.store)
}

/** the columns' second ("acausal") converter channels: offsets in CADC LSB, what a stuck one reads (−1: it works) */
export function drawAcausalChannels(
  seed: number,
  mismatch: number,
  causalOffsets: Float64Array
): { channelOffset: Float64Array; stuck: Int16Array } {
  const offsets = new Stream(seed, 'hicann-x', 'channel-offset-acausal')
  const defects = new Stream(seed, 'hicann-x', 'stuck-channels-acausal')
  const own = CHANNEL.offset * Math.sqrt(1 - CHANNEL.correlation ** 2)
  return {
    channelOffset: causalOffsets.map((causal) => CHANNEL.correlation * causal + mismatch * own * offsets.normal()),
    stuck: Int16Array.from({ length: CIRCUITS }, () => {
      const is = defects.uniform() < mismatch * CHANNEL.stuck
      const value = defects.below(256)
      return is ? value : -1
    })
  }
}
