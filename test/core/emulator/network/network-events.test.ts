// What happens to single events of an emulated network: lost on a link, one a cycle of an event output.
import { describe, expect, it } from 'vitest'
import { openNetwork } from '../../../../src-main/core/emulator/network/network'
import { solo } from '../../../../src-main/core/kernels/team'
import { kernelsForTest } from '../../kernels/load'
import { placementOf, placeStimulus, randomInput, randomWeights, SHAPE, testChip, withoutNoise } from './network-source'
import type { TestChip } from './network-source'

const SAMPLES = 64
const shape = { ...SHAPE, batch: SAMPLES }

function present(chip: TestChip, weights: Float32Array, input: number[][][]) {
  const kernels = kernelsForTest()
  const network = openNetwork(chip)
  const measured = network.open(kernels, solo, shape, placementOf())
  const hidden = kernels.arena.f32(weights.length)
  hidden.data.set(weights)
  network.writeNetwork(hidden.at, kernels.arena.f32(SHAPE.hidden * 12).at)
  const stimulus = placeStimulus(kernels.arena, input)
  const index = kernels.arena.i32(SAMPLES)
  index.data.set(input.map((_, s) => s))
  network.present(stimulus, index.at, SAMPLES, 3)
  const cells = SAMPLES * SHAPE.bins * measured.stride
  const membrane = new Float32Array(kernels.arena.memory.buffer, measured.membrane, cells)
  const spikes = new Float32Array(kernels.arena.memory.buffer, measured.spikes, cells)
  const told = input.map((_, s) => network.recordSample(stimulus, s, 3).spikes.length)
  return { membrane, spikes: spikes.reduce((sum, x) => sum + x, 0), told: told.reduce((sum, x) => sum + x, 0) }
}

describe('events', () => {
  it('are lost on the link to the chip as often as it says', () => {
    // one input a sample: its response is there, or it is not
    const input = Array.from({ length: SAMPLES }, (_, s) =>
      Array.from({ length: SHAPE.bins }, (_, t) => (t === 0 ? [s] : []))
    )
    const weights = new Float32Array(SHAPE.inputs * 248).fill(40)
    const chip = withoutNoise(testChip(3, 0))
    chip.circuits.fires.fill(0)
    const heard = (loss: number): number => {
      chip.trials.loss = loss
      const { membrane } = present(chip, weights, input)
      const at = (s: number, t: number): number => membrane[(s * SHAPE.bins + t) * 256]
      return input.filter((_, s) => at(s, 4) > at(s, 0) + 3).length / SAMPLES
    }
    expect(heard(0)).toBe(1)
    expect(heard(0.5)).toBeGreaterThan(0.3)
    expect(heard(0.5)).toBeLessThan(0.7)
  })

  it('are lost on the link to the host, in the matrix as in the list', () => {
    const weights = randomWeights(5, SHAPE.inputs, SHAPE.hidden, 18, 3)
    const input = randomInput(9, SAMPLES, 60)
    const chip = withoutNoise(testChip(3, 1))
    const all = present(chip, weights, input)
    chip.trials.loss = 0.1
    const some = present(chip, weights, input)
    expect(all.spikes).toBeGreaterThan(1000)
    expect(all.told).toBe(all.spikes)
    expect(some.told).toBe(some.spikes)
    // a tenth on either way: fewer inputs make fewer spikes still
    expect(some.spikes / all.spikes).toBeLessThan(0.9)
  })

  it('pass an event output one a cycle: of a volley, one of each output', () => {
    // no mismatch: all units fire at the very same time
    const chip = withoutNoise(testChip(3, 0))
    const input = Array.from({ length: SAMPLES }, () =>
      Array.from({ length: SHAPE.bins }, (_, t) => (t === 0 ? Array.from({ length: 30 }, (_, n) => n) : []))
    )
    const { spikes } = present(chip, new Float32Array(SHAPE.inputs * 248).fill(20), input)
    expect(spikes / SAMPLES).toBeGreaterThan(0)
    // 246 units on 8 outputs of 32 columns
    expect((spikes / SAMPLES) % 8).toBe(0)
  })
})
