// The fast emulation against the float64 reference at a step of 0.01 µs.
import { describe, expect, it } from 'vitest'
import { openNetwork } from '../../../../src-main/core/emulator/network/network'
import { compareSample, referenceOf } from '../../../../src-main/core/emulator/network/step-error'
import type { StepError } from '../../../../src-main/core/emulator/network-port'
import { solo } from '../../../../src-main/core/kernels/team'
import { kernelsForTest } from '../../kernels/load'
import { placementOf, placeStimulus, randomInput, randomWeights, SHAPE, testChip, withoutNoise } from './network-source'

describe('fast emulation', () => {
  it.each([
    { mismatch: 1, sd: 14, mean: 1 },
    { mismatch: 0.2, sd: 18, mean: 2 },
    { mismatch: 0, sd: 18, mean: 2 },
    // not more: of hundreds of spikes a sample, many share a cycle of an event output, and less than a ns decides which pass
    { mismatch: 1, sd: 30, mean: 5 }
  ])(
    'gives the spikes and converter samples of the reference, mismatch $mismatch, weights $mean ± $sd',
    ({ mismatch, sd, mean }) => {
      const samples = 6
      const chip = withoutNoise(testChip(3, mismatch))
      const kernels = kernelsForTest()
      const network = openNetwork(chip)
      const measured = network.open(kernels, solo, SHAPE, placementOf())
      const hiddenWeights = randomWeights(5, SHAPE.inputs, SHAPE.hidden, sd, mean)
      const outputWeights = randomWeights(6, SHAPE.hidden, SHAPE.outputs, 12)
      const [w1, w2] = [kernels.arena.f32(hiddenWeights.length), kernels.arena.f32(outputWeights.length)]
      w1.data.set(hiddenWeights)
      w2.data.set(outputWeights)
      network.writeNetwork(w1.at, w2.at)
      const input = randomInput(9, samples, 100)
      const stimulus = placeStimulus(kernels.arena, input)
      const index = kernels.arena.i32(samples)
      index.data.set(input.map((_, s) => s))
      network.present(stimulus, index.at, samples, 1)

      const reference = referenceOf(chip, SHAPE, placementOf(), { hidden: hiddenWeights, output: outputWeights })
      const error: StepError = { samples: 0, spikes: 0, wrongSpikes: 0, reads: 0, wrongReads: 0, wrongReadsApart: 0 }
      const cells = SHAPE.bins * measured.stride
      const membrane = new Float32Array(kernels.arena.memory.buffer, measured.membrane, samples * cells)
      const spiked = new Float32Array(kernels.arena.memory.buffer, measured.spikes, samples * cells)
      let wrongBins = 0
      for (let s = 0; s < samples; s++) {
        const recorded = network.recordSample(stimulus, s, 1)
        expect(recorded.membrane).toEqual(membrane.slice(s * cells, (s + 1) * cells))
        const read = (bin: number, unit: number): number => recorded.membrane[bin * measured.stride + unit]
        compareSample(error, reference, SHAPE, input[s], { spikes: recorded.spikes, read })
        // the spike matrix says the same as the list of times
        const expected = new Float32Array(cells)
        for (const { unit, timeUs } of recorded.spikes)
          expected[Math.floor(timeUs / SHAPE.binUs + 1) * measured.stride + unit] = 1
        for (let k = 0; k < cells; k++) if (expected[k] !== spiked[s * cells + k]) wrongBins++
      }
      // asked of the network itself, it is the same
      expect(network.emulation?.stepError(stimulus, samples)).toEqual(error)
      const { spikes, wrongSpikes, reads, wrongReads } = error
      expect(spikes / samples).toBeGreaterThan(20)
      expect(wrongSpikes / spikes).toBeLessThanOrEqual(0.01)
      expect(wrongReads / reads).toBeLessThanOrEqual(0.01)
      expect(wrongBins).toBe(0)
    }
  )
})
