import { describe, expect, it } from 'vitest'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { hiddenCell, readoutCell, spikedAt } from '../../../src-main/core/emulator/network-port'
import { ADAM, adamReference, adamStart, adamStep, adamTick } from '../../../src-main/core/kernels/adam'
import { share, solo } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { place } from '../../../src-main/core/training/placement'
import { blockedLength, blocksToRows, rowsToBlocks } from '../../../src-main/core/training/surrogate/layout'
import { breakTies, crossEntropy, maxOverTime } from '../../../src-main/core/training/surrogate/loss'
import { resolveConfig, SURROGATE_SETTINGS } from '../../../src-main/core/training/surrogate/settings'
import { kernelsForTest } from '../kernels/load'

describe('Adam', () => {
  const constants = { learningRate: 1.5e-3, ...ADAM }

  it('the first step moves each weight by the learning rate against its gradient (Kingma and Ba, section 2.1)', () => {
    const weights = Float64Array.of(0.1, -0.1)
    const clock = adamStart()
    adamTick(clock, constants)
    adamReference(weights, Float64Array.of(3, -1e-3), new Float64Array(2), new Float64Array(2), constants, clock, 0, 1)
    expect(weights[0]).toBeCloseTo(0.1 - 1.5e-3, 9)
    expect(weights[1]).toBeCloseTo(-0.1 + 1.5e-3, 7)
  })

  it('the kernel follows the float64 reference, clips, and clears the gradient', () => {
    const kernels = kernelsForTest()
    const length = 64
    const [weights, gradient, mean, square] = Array.from({ length: 4 }, () => kernels.arena.f32(length))
    const reference = Array.from({ length: 4 }, () => new Float64Array(length))
    const stream = new Stream(5, 'adam')
    for (let k = 0; k < length; k++) reference[0][k] = weights.data[k] = Math.fround(0.01 * stream.normal())
    const clock = adamStart()
    const arrays = { weights: weights.at, gradient: gradient.at, mean: mean.at, square: square.at }
    for (let step = 0; step < 50; step++) {
      for (let k = 0; k < length; k++) reference[1][k] = gradient.data[k] = Math.fround(stream.normal() - 0.5)
      adamTick(clock, constants)
      adamStep(kernels, arrays, length, constants, clock, 0.01, 0.05)
      adamReference(reference[0], reference[1], reference[2], reference[3], constants, clock, 0.01, 0.05)
    }
    expect(gradient.data.every((g) => g === 0)).toBe(true)
    for (let k = 0; k < length; k++) expect(Math.abs(weights.data[k] - reference[0][k])).toBeLessThan(1e-6)
    expect(Math.max(...weights.data)).toBe(Math.fround(0.05))
  })
})

describe('readout loss', () => {
  it('takes the first of equal maxima, and draws among those that tie with the start', () => {
    const values = Float64Array.of(0, 5, 0, 7, 0, 5, 0, 7)
    const [maxima, peaks] = [new Float64Array(2), new Int32Array(2)]
    maxOverTime(values, 0, 2, 4, maxima, peaks)
    expect([...maxima, ...peaks]).toEqual([0, 7, 0, 1])
    const drawn = new Set<number>()
    for (let draw = 0; draw < 200; draw++) {
      peaks[0] = 0
      breakTies(values, 0, 2, 4, maxima, peaks, draw * 977)
      drawn.add(peaks[0])
      expect(peaks[1]).toBe(1)
    }
    expect([...drawn].sort()).toEqual([0, 1, 2, 3])
  })

  it('is the negative log-likelihood, its error the difference quotient', () => {
    const maxima = Float64Array.of(0.3, -0.2, 0.5)
    const error = new Float64Array(3)
    const loss = crossEntropy(maxima, 0, 10, error)
    const sum = Math.exp(3) + Math.exp(-2) + Math.exp(5)
    expect(loss).toBeCloseTo(-Math.log(Math.exp(3) / sum), 12)
    for (let o = 0; o < 3; o++) {
      const moved = (by: number): number => {
        const shifted = maxima.slice()
        shifted[o] += by
        return crossEntropy(shifted, 0, 10, new Float64Array(3))
      }
      expect(error[o]).toBeCloseTo((moved(1e-6) - moved(-1e-6)) / 2e-6, 6)
    }
  })
})

describe('ideal port', () => {
  it('answers one input spike with V[n] = w · n · α^(n − 1) where both time constants agree', () => {
    const kernels = kernelsForTest()
    const { arena } = kernels
    const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
    const shape = { inputs: 3, hidden: 5, outputs: 2, bins: 20, binUs: 1.7, batch: 2 }
    const measured = port.open(kernels, solo, shape, place(port, null, 5, 2))
    const weights = arena.f32(3 * 8)
    const output = arena.f32(5 * 4)
    weights.data.fill(0)
    weights.data.set([0.1, -0.2, 0.3, 0, 5], 8)
    output.data.fill(0)
    output.data.set([0.4, -0.4], 4 * 4)
    const [input, start, binStart, index] = [arena.u8(1), arena.i32(3), arena.u16(2 * 21), arena.i32(2)]
    input.data[0] = 1
    start.data.set([0, 1, 1])
    binStart.data.fill(1, 4, 21) // sample 0: one spike, of input 1, in bin 3; sample 1: none
    index.data.set([1, 0])
    port.writeNetwork(weights.at, output.at)
    port.present({ input: input.at, start: start.at, binStart: binStart.at }, index.at, 2)
    const v = new Float32Array(arena.memory.buffer, measured.membrane, 2 * measured.sample)
    expect(measured.spikes).toBe(0) // the membrane tells them
    const hidden = (b: number, t: number, unit: number): number => v[hiddenCell(measured, b, t, unit)]
    const readout = (t: number, output: number): number => v[readoutCell(measured, 1, t, output)]
    const alpha = Math.exp(-1.7 / 6)
    expect(v.subarray(0, measured.sample).every((x) => x === 0)).toBe(true)
    for (let t = 0; t < 20; t++) {
      const n = Math.max(0, t - 3)
      const shape = n === 0 ? 0 : n * alpha ** (n - 1)
      expect(hidden(1, t, 0)).toBeCloseTo(0.1 * shape, 6)
      expect(hidden(1, t, 1)).toBeCloseTo(-0.2 * shape, 6)
      expect(hidden(1, t, 2)).toBeCloseTo(0.3 * shape, 6)
      expect(hidden(1, t, 3)).toBe(0)
    }
    // the unit with weight 5 fires at once; the subtraction of 1 a step is what drives its readouts
    expect(spikedAt(v, null, hiddenCell(measured, 1, 4, 4))).toBe(true)
    expect(readout(5, 0)).toBeCloseTo(0.4, 6)
    expect(readout(5, 1)).toBeCloseTo(-0.4, 6)

    // silenced, it neither fires nor drives
    const mask = arena.u8(5)
    mask.data.set([0, 0, 0, 0, 1])
    port.writeNetwork(weights.at, output.at, mask.at)
    port.present({ input: input.at, start: start.at, binStart: binStart.at }, index.at, 2)
    expect(v.every((x) => x <= 1)).toBe(true)
    expect(readout(5, 0)).toBe(0)
    expect(hidden(1, 4, 0)).toBeCloseTo(0.1, 6)
  })
})

describe('blocks and shares', () => {
  it('blocks and rows turn into each other', () => {
    const plain = Float32Array.from({ length: 3 * 37 }, (_, k) => k + 1)
    const blocks = new Float32Array(blockedLength(3, 37))
    rowsToBlocks(plain, 3, 37, blocks)
    expect([...blocksToRows(blocks, 3, 37)]).toEqual([...plain])
    expect(blocks.reduce((sum, x) => sum + x, 0)).toBe((111 * 112) / 2)
  })

  it('shares are disjoint and cover everything', () => {
    for (const size of [1, 2, 3, 7]) {
      let at = 0
      for (let index = 0; index < size; index++) {
        const [from, to] = share({ ...solo, index, size }, 16)
        expect(from).toBe(at)
        at = to
      }
      expect(at).toBe(16)
    }
  })
})

describe('placement', () => {
  it('gives hidden units the first usable columns and outputs the last', () => {
    const usable = Uint8Array.of(1, 0, 1, 1, 0, 1, 1)
    const placed = place({ columns: 7 }, usable, 4, 2)
    expect([...placed.hidden]).toEqual([0, 2, 3, -1])
    expect([...placed.outputs]).toEqual([5, 6])
    expect(placed.silentHidden).toBe(1)
    expect([...place({ columns: Infinity }, null, 3, 2).outputs]).toEqual([3, 4])
    expect(() => place({ columns: 7 }, new Uint8Array(7), 4, 2)).toThrow('the chip has 0 usable columns')
  })
})

describe('settings', () => {
  it('resolve to the published defaults', () => {
    const config = resolveConfig({})
    expect(config).toMatchObject({
      hidden: 246,
      learningRate: 1.5e-3,
      decay: 0.97,
      slope: 50,
      spikeMembrane: 'threshold',
      bins: 20,
      weightLimit: null
    })
    expect(Object.keys(config).length).toBe(SURROGATE_SETTINGS.length)
    expect(resolveConfig({ weightLimit: 0.1 })['weightLimit']).toBe(0.1)
  })

  it('name what is wrong and what is allowed', () => {
    expect(() => resolveConfig({ hiden: 3 })).toThrow("setting 'hiden' is unknown; allowed are hidden, learningRate,")
    expect(() => resolveConfig({ hidden: 0 })).toThrow(
      "setting 'hidden' is 0; allowed is a whole number from 1 to 4096"
    )
    expect(() => resolveConfig({ hidden: 2.5 })).toThrow("'hidden' is 2.5")
    expect(() => resolveConfig({ binUs: 'x' })).toThrow(
      'setting \'binUs\' is "x"; allowed is a number from 0.1 to 100 µs'
    )
    expect(() => resolveConfig({ dropout: null })).toThrow("setting 'dropout' is null")
    expect(() => resolveConfig({ dropout: Number.NaN })).toThrow("setting 'dropout'")
  })
})
