import { describe, expect, it } from 'vitest'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { drawUnits } from '../../../src-main/core/emulator/ideal/spread'
import { hiddenCell, readoutCell, spikedAt } from '../../../src-main/core/emulator/network-port'
import type { Stimulus } from '../../../src-main/core/emulator/network-port'
import { unitReference } from '../../../src-main/core/kernels/recurrent'
import { solo } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { place } from '../../../src-main/core/training/placement'
import { kernelsForTest } from '../kernels/load'

const SHAPE = { inputs: 12, hidden: 21, outputs: 3, bins: 20, binUs: 1.7, batch: 5 }
const TAU = { memUs: 6, synUs: 6 }

/** five samples of random spikes through random weights, twice: with each port */
function present(spread?: { share: number; seed: number }) {
  const kernels = kernelsForTest()
  const { arena } = kernels
  const { inputs, hidden, outputs, bins, batch } = SHAPE
  const port = new IdealPort({ tauMemUs: TAU.memUs, tauSynUs: TAU.synUs, ...(spread ? { spread } : {}) })
  const measured = port.open(kernels, solo, SHAPE, place(port, null, hidden, outputs))
  const stream = new Stream(11, 'network')
  const width = Math.ceil(hidden / 4) * 4
  const weights = arena.f32(inputs * width)
  const output = arena.f32(hidden * 4)
  for (let k = 0; k < weights.data.length; k++) weights.data[k] = 0.15 + 0.25 * stream.normal()
  for (let k = 0; k < output.data.length; k++) output.data[k] = 0.2 * stream.normal()
  port.writeNetwork(weights.at, output.at)

  const arriving = Array.from({ length: batch }, () =>
    Array.from({ length: bins }, () => Array.from({ length: inputs }, () => stream.uniform() < 0.08))
  )
  const list: number[] = []
  const start = arena.i32(batch + 1)
  const binStart = arena.u16(batch * (bins + 1))
  arriving.forEach((sample, b) => {
    start.data[b] = list.length
    sample.forEach((bin, t) => {
      binStart.data[b * (bins + 1) + t] = list.length - start.data[b]
      bin.forEach((spike, input) => spike && list.push(input))
    })
    binStart.data[b * (bins + 1) + bins] = list.length - start.data[b]
  })
  start.data[batch] = list.length
  const input = arena.u8(list.length)
  input.data.set(list)
  const index = arena.i32(batch)
  index.data.set([0, 1, 2, 3, 4])
  const stimulus: Stimulus = { input: input.at, start: start.at, binStart: binStart.at }
  port.present(stimulus, index.at, batch)
  const { buffer } = arena.memory
  const membrane = new Float32Array(buffer, measured.membrane, batch * measured.sample)
  const spikes = measured.spikes === 0 ? null : new Float32Array(buffer, measured.spikes, batch * measured.sample)
  return { measured, membrane, spikes, weights: weights.data, output: output.data, width, arriving }
}

describe('the ideal network with units that differ', () => {
  it('is the ideal network, bit for bit, where they do not differ', () => {
    const plain = present()
    const same = present({ share: 0, seed: 4 })
    expect(same.membrane).toEqual(plain.membrane)
    let fired = 0
    for (let b = 0; b < SHAPE.batch; b++) {
      for (let t = 0; t < SHAPE.bins; t++) {
        for (let h = 0; h < SHAPE.hidden; h++) {
          const at = hiddenCell(plain.measured, b, t, h)
          expect(spikedAt(same.membrane, same.spikes, at)).toBe(spikedAt(plain.membrane, null, at))
          if (spikedAt(plain.membrane, null, at)) fired++
        }
      }
    }
    expect(fired).toBeGreaterThan(100)
  })

  it('follows the float64 reference of each unit and of the readouts', () => {
    const spread = { share: 0.4, seed: 9 }
    const { measured, membrane, spikes, weights, output, width, arriving } = present(spread)
    const { hidden, outputs, inputs, bins, batch, binUs } = SHAPE
    const units = drawUnits(Math.ceil(hidden / 16) * 16, 'hidden', spread, TAU, binUs)
    const readouts = drawUnits(4, 'readout', spread, TAU, binUs)
    for (let b = 0; b < batch; b++) {
      const toReadouts = Array.from({ length: outputs }, () => new Float64Array(bins))
      for (let h = 0; h < hidden; h++) {
        const driven = Float64Array.from({ length: bins }, (_, t) => {
          let sum = 0
          for (let n = 0; n < inputs; n++) if (arriving[b][t][n]) sum += weights[n * width + h]
          return sum
        })
        const unit = { alpha: units.alpha[h], beta: units.beta[h], threshold: units.threshold[h] }
        const expected = unitReference(driven, unit)
        for (let t = 0; t < bins; t++) {
          const at = hiddenCell(measured, b, t, h)
          expect(Math.abs(membrane[at] - expected.membrane[t])).toBeLessThan(1e-5)
          expect(spikedAt(membrane, spikes, at)).toBe(expected.spikes[t] === 1)
          for (let o = 0; o < outputs; o++) toReadouts[o][t] += expected.spikes[t] * output[h * 4 + o]
        }
      }
      for (let o = 0; o < outputs; o++) {
        // a spike of bin t raises the readout's current in bin t + 1
        const { membrane: v } = unitReference(toReadouts[o], {
          alpha: readouts.alpha[o],
          beta: readouts.beta[o],
          threshold: 1e30
        })
        for (let t = 0; t < bins; t++) {
          expect(Math.abs(membrane[readoutCell(measured, b, t, o)] - v[t])).toBeLessThan(1e-5)
        }
      }
    }
  })

  it('draws time constants and thresholds with the spread that was asked for', () => {
    const { alpha, beta, threshold } = drawUnits(4000, 'hidden', { share: 0.2, seed: 1 }, TAU, 1.7)
    const sd = (values: number[]): number => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length
      return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)
    }
    for (const taus of [alpha, beta]) expect(sd(Array.from(taus, (a) => -1.7 / Math.log(a) / 6))).toBeCloseTo(0.2, 1)
    expect(sd([...threshold])).toBeCloseTo(0.2, 1)
  })
})
