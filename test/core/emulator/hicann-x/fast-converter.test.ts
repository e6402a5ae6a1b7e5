import { expect, it } from 'vitest'
import { MADC_INVALID_US, MADC_STEP_US } from '../../../../src-main/core/emulator/chip-port'
import { sampleMembrane } from '../../../../src-main/core/emulator/hicann-x/program/fast-converter'
import { LEAKY_READOUT } from '../../../../src-main/core/emulator/hicann-x/written/quirks'
import { TrialNoise } from '../../../../src-main/core/emulator/trial-noise'

/** mean count of a constant membrane, what is invalid at first left out */
function counts(membrane: number, readoutLimit: number): number {
  const invalid = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const into = new Uint16Array(invalid + 4000)
  sampleMembrane(new Float64Array(into.length).fill(membrane), readoutLimit, new TrialNoise(1), into, 0)
  return into.subarray(invalid).reduce((sum, x) => sum + x, 0) / 4000
}

it('a leaky multiplexer loses half of what is above 1.2 V, and nothing below', () => {
  // rms noise 1.65 over 4000 samples
  const within = (4 * 1.7) / Math.sqrt(4000)
  expect(Math.abs(counts(306, Infinity) - (70 + 2.93 * 306))).toBeLessThan(within)
  expect(Math.abs(counts(306, LEAKY_READOUT) - (70 + 2.93 * 296))).toBeLessThan(within)
  expect(Math.abs(counts(280, LEAKY_READOUT) - (70 + 2.93 * 280))).toBeLessThan(within)
})
