// What a user of the port may rely on: any number of threads, any order, silent and silenced units, settings read anew.
import { beforeEach, describe, expect, it } from 'vitest'
import { openNetwork } from '../../../../src-main/core/emulator/network/network'
import type { EmulatedNetwork } from '../../../../src-main/core/emulator/network/network'
import type { Measured, Stimulus } from '../../../../src-main/core/emulator/network-port'
import type { Placement } from '../../../../src-main/core/emulator/placement'
import { sharedMemory } from '../../../../src-main/core/kernels/module'
import type { Kernels } from '../../../../src-main/core/kernels/module'
import { solo } from '../../../../src-main/core/kernels/team'
import type { Team } from '../../../../src-main/core/kernels/team'
import { kernelsForTest } from '../../kernels/load'
import {
  inTurn,
  placementOf,
  placeStimulus,
  randomInput,
  randomWeights,
  SHAPE,
  testChip,
  withoutNoise
} from './network-source'
import type { TestChip } from './network-source'

const SAMPLES = 11
const input = randomInput(9, SAMPLES, 100)

interface Member {
  kernels: Kernels
  network: EmulatedNetwork
  measured: Measured
  stimulus: Stimulus
  index: { at: number; data: Int32Array }
  weights: { hidden: number; output: number; silenced: number; mask: Uint8Array; matrix: Float32Array }
}

/** one member's start: the same calls give every member the same addresses */
function start(
  chip: TestChip,
  team: Team,
  memory = sharedMemory(),
  shape = SHAPE,
  placement: Placement = placementOf(shape)
): Member {
  const kernels = kernelsForTest(memory)
  const network = openNetwork(chip)
  const measured = network.open(kernels, team, shape, placement)
  const stimulus = placeStimulus(kernels.arena, input)
  const index = kernels.arena.i32(SAMPLES)
  index.data.set(input.map((_, s) => s))
  const [w1, w2] = [
    randomWeights(5, shape.inputs, shape.hidden, 14, 1),
    randomWeights(6, shape.hidden, shape.outputs, 12)
  ]
  const [a, b, mask] = [kernels.arena.f32(w1.length), kernels.arena.f32(w2.length), kernels.arena.u8(shape.hidden)]
  a.data.set(w1)
  b.data.set(w2)
  mask.data.fill(0)
  const weights = { hidden: a.at, output: b.at, silenced: mask.at, mask: mask.data, matrix: a.data }
  return { kernels, network, measured, stimulus, index, weights }
}

function results({ kernels, measured }: Member, samples = SAMPLES): { membrane: Float32Array; spikes: Float32Array } {
  const { buffer } = kernels.arena.memory
  const cells = samples * SHAPE.bins * measured.stride
  return {
    membrane: new Float32Array(buffer, measured.membrane, cells).slice(),
    spikes: new Float32Array(buffer, measured.spikes, cells).slice()
  }
}

const same = (a: Float32Array, b: Float32Array): boolean =>
  Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0

let chip: TestChip
beforeEach(() => {
  chip = testChip(3, 1)
})

describe('network port', () => {
  it.each([2, 3])('gives the same bits from %i members as from one', (size) => {
    const alone = start(chip, solo)
    alone.network.writeNetwork(alone.weights.hidden, alone.weights.output)
    alone.network.present(alone.stimulus, alone.index.at, SAMPLES, 4)

    // One after the other stands for threads: members meet at barriers, and in between write apart.
    const memory = sharedMemory()
    const team = Array.from({ length: size }, (_, index) => start(chip, inTurn(index, size), memory))
    for (const { network, weights } of team) network.writeNetwork(weights.hidden, weights.output)
    for (const { network, stimulus, index } of team) network.present(stimulus, index.at, SAMPLES, 4)
    expect(team[1].measured).toEqual(team[0].measured)
    expect(same(results(team[0]).membrane, results(alone).membrane)).toBe(true)
    expect(same(results(team[0]).spikes, results(alone).spikes)).toBe(true)
  })

  it('gives a sample the same noise wherever it stands in a presentation', () => {
    const member = start(chip, solo)
    const { network, stimulus, index, weights } = member
    network.writeNetwork(weights.hidden, weights.output)
    network.present(stimulus, index.at, SAMPLES, 4)
    const straight = results(member).membrane
    index.data.reverse()
    network.present(stimulus, index.at, SAMPLES, 4)
    const turned = results(member).membrane
    const cells = SHAPE.bins * member.measured.stride
    for (let s = 0; s < SAMPLES; s++) {
      const at = (SAMPLES - 1 - s) * cells
      expect(same(turned.slice(at, at + cells), straight.slice(s * cells, (s + 1) * cells))).toBe(true)
    }
    network.present(stimulus, index.at, SAMPLES, 5)
    expect(same(results(member).membrane, turned)).toBe(false)
  })

  it('keeps units without a column silent at a constant reading', () => {
    const placement = placementOf()
    placement.hidden[17] = -1
    placement.outputs[3] = -1
    const member = start(chip, solo, sharedMemory(), SHAPE, placement)
    const { membrane, spikes } = presented(member)
    for (let row = 0; row < SAMPLES * SHAPE.bins; row++) {
      expect(membrane[row * member.measured.stride + 17]).toBe(0)
      expect(spikes[row * member.measured.stride + 17]).toBe(0)
      expect(membrane[row * member.measured.stride + SHAPE.hidden + 3]).toBe(0)
    }
  })

  it('lets a dead column rest', () => {
    withoutNoise(chip)
    chip.circuits.dead[20] = 1
    const member = start(chip, solo)
    const { membrane, spikes } = presented(member)
    const expected = Math.round(chip.channels.slope[20] * chip.circuits.leak[20] + chip.channels.offset[20])
    for (let row = 0; row < SAMPLES * SHAPE.bins; row++) {
      expect(membrane[row * member.measured.stride + 20]).toBe(expected)
      expect(spikes[row * member.measured.stride + 20]).toBe(0)
    }
  })

  it('fires all the time where a unit rests above its threshold, unless the comparator is latched', () => {
    chip = withoutNoise(testChip(3, 0))
    chip.circuits.leak[30] = chip.circuits.leak[31] = chip.circuits.leak[32] = 190
    chip.circuits.reset[31] = 160
    chip.circuits.leak[32] = 149
    const member = start(chip, solo)
    member.weights.matrix.fill(0)
    member.network.writeNetwork(member.weights.hidden, member.weights.output)
    // from the clamp's end, dV/dt = (190 − V) / 6 up to 150
    const tau = 1 / (1 / 6 + 1 / 0.5)
    const clampRest = tau * (190 / 6 + 80 / 0.5)
    const released = clampRest + (150 - clampRest) * Math.exp(-2 / tau)
    const period = 2 + 6 * Math.log((190 - released) / (190 - 150))
    const phases = new Set<number>()
    for (let s = 0; s < SAMPLES; s++) {
      const { spikes } = member.network.recordSample(member.stimulus, s, 1)
      expect(new Set(spikes.map((spike) => spike.unit))).toEqual(new Set([30]))
      expect(spikes[0].timeUs).toBeLessThan(period)
      phases.add(spikes[0].timeUs)
      for (let k = 1; k < spikes.length; k++) expect(spikes[k].timeUs - spikes[k - 1].timeUs).toBeCloseTo(period, 3)
    }
    expect(phases.size).toBeGreaterThan(SAMPLES / 2)
  })

  it('zeroes row and column of a silenced unit, and only those', () => {
    withoutNoise(chip)
    const member = start(chip, solo)
    const before = presented(member)
    const count = (list: Float32Array, unit: number): number =>
      list.filter((x, k) => x === 1 && k % member.measured.stride === unit).length
    const busy = Array.from({ length: SHAPE.hidden }, (_, h) => h).find((h) => count(before.spikes, h) > 3)
    if (busy === undefined) throw new Error('no unit fires')
    member.weights.mask[busy] = 1
    const after = presented(member, true)
    expect(count(after.spikes, busy)).toBe(0)
    const other = (list: Float32Array): Float32Array =>
      list.filter((_, k) => k % member.measured.stride !== busy && k % member.measured.stride < SHAPE.hidden)
    expect(same(other(after.membrane), other(before.membrane))).toBe(true)

    // and back: the readouts hear it again
    member.weights.mask[busy] = 0
    expect(same(presented(member, true).membrane, before.membrane)).toBe(true)
    expect(same(after.membrane, before.membrane)).toBe(false)
  })

  it('holds whole weights of 6 bits, whatever is written', () => {
    const member = start(chip, solo)
    member.weights.matrix.fill(63)
    const full = presented(member).membrane
    member.weights.matrix.fill(63.4)
    expect(same(presented(member).membrane, full)).toBe(true)
    member.weights.matrix.fill(200)
    expect(same(presented(member).membrane, full)).toBe(true)
    member.weights.matrix.fill(0.4)
    const small = presented(member).membrane
    member.weights.matrix.fill(0)
    expect(same(presented(member).membrane, small)).toBe(true)
  })

  it('asks the chip again when its settings changed', () => {
    withoutNoise(chip)
    const member = start(chip, solo)
    const before = presented(member).membrane
    chip.circuits.leak.fill(100)
    expect(same(presented(member).membrane, before)).toBe(true)
    chip.revision++
    const after = presented(member).membrane
    expect(same(after, before)).toBe(false)
    expect(same(presented(start(chip, solo)).membrane, after)).toBe(true)
  })

  it('fits networks of any size', () => {
    const shape = { ...SHAPE, inputs: 256, hidden: 33, outputs: 5, batch: SAMPLES }
    withoutNoise(chip)
    const big = start(chip, solo)
    const small = start(chip, solo, sharedMemory(), shape, {
      hidden: placementOf().hidden.slice(0, 33),
      outputs: placementOf().outputs.slice(0, 5)
    })
    const width = 36
    for (let n = 0; n < 256; n++)
      for (let h = 0; h < 33; h++) small.weights.matrix[n * width + h] = big.weights.matrix[n * 248 + h]
    const [a, b] = [presented(big), presented(small)]
    expect(small.measured.stride).toBe(40)
    for (let row = 0; row < SAMPLES * SHAPE.bins; row++) {
      expect(b.membrane.slice(row * 40, row * 40 + 33)).toEqual(a.membrane.slice(row * 256, row * 256 + 33))
      expect(b.spikes.slice(row * 40, row * 40 + 33)).toEqual(a.spikes.slice(row * 256, row * 256 + 33))
      expect(b.spikes.slice(row * 40 + 33, row * 40 + 40)).toEqual(new Float32Array(7))
    }
  })

  it('names what is wrong', () => {
    const open = (shape: object, placement = placementOf()): void =>
      void openNetwork(chip).open(kernelsForTest(), solo, { ...SHAPE, ...shape }, placement)
    expect(() => open({ inputs: 257 })).toThrow('inputs must be a whole number from 1 to 256, not 257')
    expect(() => open({ bins: 1 })).toThrow('bins')
    expect(() => open({ binUs: 0 })).toThrow('binUs')
    expect(() => open({ hidden: 100 })).toThrow('the placement must have 100 hidden units, not 246')
    const twice = placementOf()
    twice.outputs[1] = 5
    expect(() => open({}, twice)).toThrow('two units are placed on column 5')
    const far = placementOf()
    far.outputs[1] = 256
    expect(() => open({}, far)).toThrow('columns are 0 to 255')
    expect(() => openNetwork(chip).writeNetwork(0, 0)).toThrow('not open')
    const member = start(chip, solo)
    expect(() => member.network.present(member.stimulus, member.index.at, 17, 0)).toThrow('at most 16 samples')
  })
})

function presented(member: Member, masked = false): { membrane: Float32Array; spikes: Float32Array } {
  const { network, weights, stimulus, index } = member
  network.writeNetwork(weights.hidden, weights.output, masked ? weights.silenced : 0)
  network.present(stimulus, index.at, SAMPLES, 4)
  return results(member)
}
