/**
 * The column converters (CADC): a ramp starts at a voltage set by one cell of the quadrant, rises as fast as another
 * cell says, and each channel counts until the ramp passes its input (single slope, calix common/cadc.py).
 *   read = clip(round(a_q · (V − start_q) + o_c + digital offset + ε)) ,  a_q falls as the ramp gets faster
 *
 * V is in CADC LSB as an ideal converter would read it: with the slope at 220 and the start at 20 as calix matches them
 * to the debug line's codes 550 and 70, a_q is 1 and start_q is 0 within one LSB.
 */
import type { ChipDraw } from './draw'
import { CIRCUITS, quadrantOf } from './topology'

/** what calix finds on chip "cube 66": slopes 348 … 389, offsets 25 … 40 (at slope 350, hence a start of about 1) */
const RAMP_SLOPE = 369
const RAMP_START = 28.8
/** one code of a voltage cell seen by the converter, CADC LSB (hardware.md 3.3) */
const LSB_PER_CODE = 200 / 480
const READ_NOISE = 1
const FULL_SCALE = 255

/** voltage of the debug line while a cell of this code drives it: code 70 reads 20 and code 550 reads 220 */
export function debugVoltage(code: number): number {
  return LSB_PER_CODE * (code - 70) + 20
}

/** One entry a channel: read = clip(round(slope · V + offset + noise · N(0, 1))), CADC LSB. */
export interface Converter {
  slope: Float64Array
  offset: Float64Array
  noise: Float64Array
}

/**
 * @param rampOffset start of the ramp, codes as held, one a quadrant
 * @param rampSlope its current
 * @param digital offset of each channel, −128 … 127
 */
export function converterOf(
  draw: ChipDraw,
  rampOffset: Float64Array,
  rampSlope: Float64Array,
  digital: Int8Array
): Converter {
  const { converterGain, converterOffset, voltageGain } = draw.quadrant
  const slope = new Float64Array(CIRCUITS)
  const offset = new Float64Array(CIRCUITS)
  const noise = new Float64Array(CIRCUITS)
  for (let c = 0; c < CIRCUITS; c++) {
    const q = quadrantOf(c)
    if (draw.stuck[c] >= 0) {
      offset[c] = draw.stuck[c]
      continue
    }
    slope[c] = (RAMP_SLOPE / Math.max(1, rampSlope[q])) * converterGain[q]
    const start = LSB_PER_CODE * (rampOffset[q] * voltageGain[q] - RAMP_START) - converterOffset[q]
    offset[c] = -slope[c] * start + draw.channelOffset[c] + digital[c]
    noise[c] = READ_NOISE
  }
  return { slope, offset, noise }
}

/** one conversion of `voltage` by a channel; `normal` is a standard normal draw of the run's noise */
export function convert(converter: Converter, channel: number, voltage: number, normal: number): number {
  const counts = converter.slope[channel] * voltage + converter.offset[channel] + converter.noise[channel] * normal
  return Math.max(0, Math.min(FULL_SCALE, Math.round(counts)))
}
