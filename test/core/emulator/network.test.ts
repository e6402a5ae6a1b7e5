// The fast emulation against the float64 reference at a step of 0.01 µs.
import { describe, expect, it } from 'vitest'
import { openNetwork } from '../../../src-main/core/emulator/network/network'
import { emulateReference } from '../../../src-main/core/emulator/network/reference'
import type { ReferenceNetwork, ReferenceSample } from '../../../src-main/core/emulator/network/reference'
import { COLUMNS } from '../../../src-main/core/chip/hicann-x/topology'
import { currentStep, unitsOf } from '../../../src-main/core/emulator/network/units'
import { solo } from '../../../src-main/core/kernels/team'
import { kernelsForTest } from '../kernels/load'
import { placementOf, placeStimulus, randomInput, randomWeights, SHAPE, testChip, withoutNoise } from './network-source'
import type { TestChip } from './network-source'

const HIDDEN_WIDTH = 248
const OUTPUT_WIDTH = 12

/** steps of the currents by the plain formula, one synapse at a time */
function referenceNetwork(chip: TestChip, hiddenWeights: Float32Array, outputWeights: Float32Array): ReferenceNetwork {
  const placement = placementOf()
  const hidden = unitsOf(chip, placement.hidden, true)
  const outputs = unitsOf(chip, placement.outputs, false)
  const { top, bottom } = chip.synapses()
  const hiddenSteps = new Float64Array(SHAPE.inputs * hidden.count)
  for (let n = 0; n < SHAPE.inputs; n++) {
    for (let h = 0; h < hidden.count; h++) {
      const at = n * COLUMNS + placement.hidden[h]
      hiddenSteps[n * hidden.count + h] = currentStep(
        hidden,
        h,
        hiddenWeights[n * HIDDEN_WIDTH + h],
        top[at],
        bottom[at]
      )
    }
  }
  const outputSteps = new Float64Array(hidden.count * outputs.count)
  for (let h = 0; h < hidden.count; h++) {
    for (let o = 0; o < outputs.count; o++) {
      const at = h * COLUMNS + placement.outputs[o]
      outputSteps[h * outputs.count + o] = currentStep(
        outputs,
        o,
        outputWeights[h * OUTPUT_WIDTH + o],
        top[at],
        bottom[at]
      )
    }
  }
  return { hidden, outputs, hiddenSteps, outputSteps }
}

/** counts spikes of both lists that have no partner of their own within `tolerance` */
function unmatched(a: ReferenceSample['spikes'], b: ReferenceSample['spikes'], tolerance: number): number {
  let errors = 0
  for (let unit = 0; unit < SHAPE.hidden; unit++) {
    const [x, y] = [a, b].map((list) => list.filter((s) => s.unit === unit).map((s) => s.timeUs))
    let [i, j] = [0, 0]
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && Math.abs(x[i] - y[j]) <= tolerance) {
        i++
        j++
      } else {
        errors++
        if (j >= y.length || (i < x.length && x[i] < y[j])) i++
        else j++
      }
    }
  }
  return errors
}

describe('fast emulation', () => {
  it.each([
    { mismatch: 1, sd: 14, mean: 1 },
    { mismatch: 0.2, sd: 18, mean: 2 },
    { mismatch: 0, sd: 18, mean: 2 },
    { mismatch: 1, sd: 40, mean: 15 }
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

      const reference = referenceNetwork(chip, hiddenWeights, outputWeights)
      const cells = SHAPE.bins * measured.stride
      const membrane = new Float32Array(kernels.arena.memory.buffer, measured.membrane, samples * cells)
      const spiked = new Float32Array(kernels.arena.memory.buffer, measured.spikes, samples * cells)
      let [spikes, wrongSpikes, reads, wrongReads, wrongBins] = [0, 0, 0, 0, 0]
      for (let s = 0; s < samples; s++) {
        const truth = emulateReference(reference, input[s], SHAPE.binUs, 0.01)
        const recorded = network.recordSample(stimulus, s, 1)
        expect(recorded.membrane).toEqual(membrane.slice(s * cells, (s + 1) * cells))
        const horizon = (SHAPE.bins - 1) * SHAPE.binUs
        spikes += truth.spikes.filter((spike) => spike.timeUs < horizon).length
        wrongSpikes += unmatched(recorded.spikes, truth.spikes, 0.05)
        for (let k = 0; k < SHAPE.bins * (SHAPE.hidden + SHAPE.outputs); k++) {
          const ideal = Math.max(0, Math.min(255, truth.converter[k]))
          reads++
          if (Math.abs(membrane[s * cells + k] - Math.round(ideal)) > 1) wrongReads++
        }
        // the spike matrix says the same as the list of times
        const expected = new Float32Array(cells)
        for (const { unit, timeUs } of recorded.spikes)
          expected[Math.floor(timeUs / SHAPE.binUs + 1) * measured.stride + unit] = 1
        for (let k = 0; k < cells; k++) if (expected[k] !== spiked[s * cells + k]) wrongBins++
      }
      expect(spikes / samples).toBeGreaterThan(20)
      expect(wrongSpikes / spikes).toBeLessThanOrEqual(0.01)
      expect(wrongReads / reads).toBeLessThanOrEqual(0.01)
      expect(wrongBins).toBe(0)
    }
  )
})
