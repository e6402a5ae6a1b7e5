/**
 * The fast converter (MADC): 10 bit, one channel, 34 ns a sample. It sees a membrane, or a synaptic input's line.
 *
 * A line is a resistor and a capacitor: each event pulls it down from its rest, and it recovers with tauSyn. What
 * an event is worth (input-stage.ts) keeps a burst of five events on eight rows at weight 10, which calix sends to
 * measure tauSyn, inside the converter's range up to DAC code 1000.
 */
import { LINE_PER_WEIGHT, MADC_PER_CADC } from '../../../chip/hicann-x/input-stage'
import { MADC_INVALID_US, MADC_STEP_US } from '../../chip-port'
import { decay } from '../../propagators'
import type { TrialNoise } from '../../trial-noise'
import type { Timeline } from './timeline'

/** MADC LSB = 70 + 2.93 · CADC LSB (brainscales2-demos) */
const MEMBRANE = { offset: 70, slope: MADC_PER_CADC }
/** a line at rest, and what one weight LSB at a nominal DAC code of 600 pulls it down, MADC LSB */
const LINE = { rest: 700, perWeight: LINE_PER_WEIGHT }
/** rms of the converter's own noise on a silent membrane, MADC LSB */
const NOISE = 1.65
/** share of what is above that limit */
const LEAKS = 0.5
const FULL_SCALE = 1023
/** longest recording (haldls madc.h) */
export const MOST_SAMPLES = 65535

/** samples of which recordings of a membrane's or a line's voltage consist */
export function sampleTimes(fromUs: number, toUs: number): Float64Array {
  // a hair more, so that a length of k steps gives k samples whatever the rounding
  const count = Math.floor((toUs - fromUs) / MADC_STEP_US + 1e-6)
  return Float64Array.from({ length: Math.max(0, count) }, (_, k) => fromUs + k * MADC_STEP_US)
}

/** converts voltages in MADC LSB; what is recorded just after switching on is garbage (issue 4008) */
function sample(voltages: Float64Array, trial: TrialNoise, into: Uint16Array, at: number): void {
  const invalid = Math.min(voltages.length, Math.ceil(MADC_INVALID_US / MADC_STEP_US))
  for (let k = 0; k < invalid; k++) into[at + k] = trial.bits() & FULL_SCALE
  for (let k = invalid; k < voltages.length; k++) {
    const counts = Math.round(voltages[k] + NOISE * trial.normal())
    into[at + k] = Math.max(0, Math.min(FULL_SCALE, counts))
  }
}

/**
 * @param membrane CADC LSB at the sample times; is overwritten
 * @param readoutLimit above it the multiplexer leaks (quirks.ts); Infinity: it does not
 */
export function sampleMembrane(
  membrane: Float64Array,
  readoutLimit: number,
  trial: TrialNoise,
  into: Uint16Array,
  at: number
): void {
  for (let k = 0; k < membrane.length; k++) {
    const lost = LEAKS * Math.max(0, membrane[k] - readoutLimit)
    membrane[k] = MEMBRANE.offset + MEMBRANE.slope * (membrane[k] - lost)
  }
  sample(membrane, trial, into, at)
}

/**
 * @param weightOf effective weight of each event
 * @param dacFactor synapse current relative to nominal
 * @param scratch room for the samples
 */
export function sampleLine(
  timeline: Timeline,
  weightOf: (event: number) => number,
  tauSyn: number,
  dacFactor: number,
  scratch: Float64Array,
  trial: TrialNoise,
  into: Uint16Array,
  at: number
): void {
  const decays = timeline.lengths.map((h) => decay(h, tauSyn))
  let drop = 0
  for (let k = 0; k < timeline.count; k++) {
    if (timeline.length[k] >= 0) drop *= decays[timeline.length[k]]
    if (timeline.event[k] >= 0) drop += LINE.perWeight * dacFactor * weightOf(timeline.event[k])
    if (timeline.observation[k] >= 0) scratch[timeline.observation[k]] = LINE.rest - drop
  }
  sample(scratch, trial, into, at)
}
