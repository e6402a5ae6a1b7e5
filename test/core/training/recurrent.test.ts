// Recurrent hidden layers: the float64 reference against a tangent-linear model (forward mode, another algorithm than
// backpropagation), the kernels against the reference, a run against itself on a team and after resuming.
import { describe, expect, it } from 'vitest'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { hiddenCell, readoutCell, spikedAt } from '../../../src-main/core/emulator/network-port'
import type { NetworkShape } from '../../../src-main/core/emulator/network-port'
import { BLOCK } from '../../../src-main/core/kernels/surrogate'
import { solo } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { place } from '../../../src-main/core/training/placement'
import {
  blockedLength,
  blocksToRows,
  blocksToSquare,
  rowsToBlocks,
  squareToBlocks,
  transposed
} from '../../../src-main/core/training/surrogate/layout'
import { LoopGradient } from '../../../src-main/core/training/surrogate/loop-gradient'
import { crossEntropy } from '../../../src-main/core/training/surrogate/loss'
import { referenceBackward, referenceForward } from '../../../src-main/core/training/surrogate/reference'
import type { ReferenceModel, ReferenceShape } from '../../../src-main/core/training/surrogate/reference'
import { placeStimulus } from '../emulator/network/network-source'
import { kernelsForTest } from '../kernels/load'
import { tinyRun } from './tiny'

const MODEL: ReferenceModel = {
  order: 'C',
  alpha: Math.exp(-1.7 / 6),
  beta: Math.exp(-1.7 / 6),
  threshold: 1,
  leak: 0,
  reset: 0,
  readoutLeak: 0,
  slope: 12,
  atThreshold: false,
  readoutScale: 2,
  burst: 0.01,
  weightDecay: 0,
  resetInBackward: false
}

function problem(shape: ReferenceShape, seed: number) {
  const { inputs, hidden, outputs, bins, batch } = shape
  const stream = new Stream(seed, 'recurrent problem')
  const draw = (length: number, sd: number): Float64Array =>
    Float64Array.from({ length }, () => Math.fround(sd * stream.normal()))
  const x = Uint8Array.from({ length: bins * batch * inputs }, () => (stream.uniform() < 0.12 ? 1 : 0))
  const labels = Uint8Array.from({ length: batch }, () => stream.below(outputs))
  return {
    x,
    labels,
    w1: draw(inputs * hidden, 0.5),
    w2: draw(hidden * outputs, 0.3),
    wr: draw(hidden * hidden, 0.5 / Math.sqrt(hidden))
  }
}

/** dL/d(one weight) by carrying its tangent forward in time, with the surrogate in place of the step's derivative */
function tangent(
  model: ReferenceModel,
  shape: ReferenceShape,
  of: ReturnType<typeof problem>,
  which: 'w1' | 'w2' | 'wr',
  k: number
): number {
  const { inputs, hidden, outputs, bins, batch } = shape
  const trace = referenceForward(model, shape, of.x, of.w1, of.w2, undefined, of.wr)
  const { spikes } = trace
  let total = 0
  for (let b = 0; b < batch; b++) {
    const [i, v, s] = Array.from({ length: 3 }, () => new Float64Array(hidden))
    const [io, vo] = Array.from({ length: 2 }, () => new Float64Array(outputs))
    const readout = new Float64Array(outputs)
    const dReadout = new Float64Array(outputs)
    const best = new Float64Array(outputs).fill(-Infinity)
    let dCounts = 0
    let spikeCount = 0
    let dSpikeCount = 0
    const counts = new Float64Array(hidden)
    for (let t = 0; t < bins; t++) for (let h = 0; h < hidden; h++) counts[h] += spikes[(t * batch + b) * hidden + h]
    for (let t = 0; t < bins; t++) {
      const spiked = (h: number, at: number): number => (at < 0 ? 0 : spikes[(at * batch + b) * hidden + h])
      if (t > 0) {
        const before = s.slice()
        for (let o = 0; o < outputs; o++) {
          io[o] *= model.alpha
          for (let h = 0; h < hidden; h++) {
            io[o] += before[h] * of.w2[h * outputs + o]
            if (which === 'w2' && k === h * outputs + o) io[o] += spiked(h, t - 1)
          }
          vo[o] = model.beta * vo[o] + io[o]
        }
        for (let h = 0; h < hidden; h++) {
          i[h] *= model.alpha
          for (let n = 0; n < inputs; n++) {
            if (which === 'w1' && k === n * hidden + h) i[h] += of.x[((t - 1) * batch + b) * inputs + n]
          }
          for (let j = 0; j < hidden; j++) {
            i[h] += before[j] * of.wr[j * hidden + h]
            if (which === 'wr' && k === j * hidden + h) i[h] += spiked(j, t - 1)
          }
          v[h] = model.beta * v[h] + i[h]
        }
      }
      for (let h = 0; h < hidden; h++) {
        const distance = Math.abs(trace.membrane[(t * batch + b) * hidden + h] - 1)
        s[h] = v[h] / (model.slope * distance + 1) ** 2
        dCounts += (2 * model.burst * counts[h] * s[h]) / (batch * hidden)
        spikeCount += spiked(h, t)
        dSpikeCount += s[h]
      }
      for (let o = 0; o < outputs; o++) {
        const value = trace.readout[(t * batch + b) * outputs + o]
        if (model.readout === 'sum') {
          readout[o] += value
          dReadout[o] += vo[o]
        } else if (value > best[o]) {
          best[o] = readout[o] = value
          dReadout[o] = vo[o]
        }
      }
    }
    const error = new Float64Array(outputs)
    crossEntropy(readout, of.labels[b], model.readoutScale, error)
    for (let o = 0; o < outputs; o++) total += (error[o] * dReadout[o]) / batch
    total += dCounts
    const excess = Math.max(0, spikeCount - (model.rateLimit ?? 0))
    total += (2 * (model.rate ?? 0) * excess * dSpikeCount) / batch
  }
  return total
}

const LOSSES = [
  { readout: 'max' },
  { readout: 'sum', readoutScale: 0.05 },
  { readout: 'max', rate: 1e-3, rateLimit: 6 }
] as const

describe('recurrent surrogate gradients', () => {
  it.each(LOSSES)('reference: backpropagation gives what tangents carried forward give ($readout, $rate)', (loss) => {
    const model: ReferenceModel = { ...MODEL, ...loss }
    const shape = { inputs: 7, hidden: 6, outputs: 3, bins: 15, batch: 3 }
    const of = problem(shape, 4)
    const trace = referenceForward(model, shape, of.x, of.w1, of.w2, undefined, of.wr)
    const gradient = referenceBackward(model, shape, of.x, of.w1, of.w2, of.labels, trace, of.wr)
    expect(trace.spikes.reduce((sum, s) => sum + s, 0)).toBeGreaterThan(30)
    const largest = Math.max(...gradient.recurrent.map(Math.abs))
    expect(largest).toBeGreaterThan(1e-3)
    const found = { w1: gradient.hidden, w2: gradient.output, wr: gradient.recurrent }
    for (const which of ['w1', 'w2', 'wr'] as const) {
      const scale = Math.max(...found[which].map(Math.abs))
      for (let k = 0; k < found[which].length; k++) {
        expect(Math.abs(tangent(model, shape, of, which, k) - found[which][k]) / scale).toBeLessThan(1e-12)
      }
    }
  })

  it.each(LOSSES)('kernels give the traces and gradients of the reference ($readout, $rate)', (loss) => {
    const model: ReferenceModel = { ...MODEL, ...loss }
    const of = { inputs: 30, hidden: 37, outputs: 5, bins: 24, batch: 6 }
    const { x, labels, w1, w2, wr } = problem(of, 9)
    const trace = referenceForward(model, of, x, w1, w2, undefined, wr)
    const expected = referenceBackward(model, of, x, w1, w2, labels, trace, wr)

    const kernels = kernelsForTest()
    const { arena } = kernels
    const { inputs, hidden, outputs, bins, batch } = of
    const shape: NetworkShape = { ...of, binUs: 1.7, recurrent: true }
    const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
    const measured = port.open(kernels, solo, shape, place(port, null, hidden, outputs))
    const rows = (plain: Float64Array, from: number, columns: number): number => {
      const width = Math.ceil(columns / 4) * 4
      const slab = arena.f32(from * width)
      slab.data.fill(0)
      for (let r = 0; r < from; r++) for (let c = 0; c < columns; c++) slab.data[r * width + c] = plain[r * columns + c]
      return slab.at
    }
    port.writeNetwork(rows(w1, inputs, hidden), rows(w2, hidden, outputs), 0, rows(wr, hidden, hidden))
    const events = Array.from({ length: batch }, (_, b) =>
      Array.from({ length: bins }, (_, t) =>
        Array.from({ length: inputs }, (_, n) => n).filter((n) => x[(t * batch + b) * inputs + n] === 1)
      )
    )
    const stimulus = placeStimulus(arena, events)
    const index = arena.i32(batch)
    index.data.forEach((_, b) => (index.data[b] = b))
    port.present(stimulus, index.at, batch)

    const cells = batch * measured.sample
    const v = new Float32Array(arena.memory.buffer, measured.membrane, cells)
    const s = new Float32Array(arena.memory.buffer, measured.spikes, cells)
    for (let t = 0; t < bins; t++) {
      for (let b = 0; b < batch; b++) {
        for (let h = 0; h < hidden; h++) {
          const k = (t * batch + b) * hidden + h
          expect(Math.abs(v[hiddenCell(measured, b, t, h)] - trace.membrane[k])).toBeLessThan(1e-4)
          expect(spikedAt(v, s, hiddenCell(measured, b, t, h))).toBe(trace.spikes[k] === 1)
        }
        for (let o = 0; o < outputs; o++) {
          const found = v[readoutCell(measured, b, t, o)]
          expect(Math.abs(found - trace.readout[(t * batch + b) * outputs + o])).toBeLessThan(1e-4)
        }
      }
    }

    const gradient = new LoopGradient(kernels, solo, shape, measured, model)
    gradient.losses(labels, index.data, batch, 1, 1, null)
    const output = arena.f32(blockedLength(outputs, hidden))
    rowsToBlocks(transposed(w2, hidden, outputs), outputs, hidden, output.data)
    const heard = arena.f32(blockedLength(gradient.blocks * BLOCK, hidden))
    squareToBlocks(transposed(wr, hidden, hidden), hidden, heard.data)
    gradient.adjoint(batch, output.at, heard.at, 1)
    for (let block = 0; block < gradient.blocks; block++) gradient.block(block, stimulus, index.at, batch)
    const close = (found: Float32Array, wanted: Float64Array): void => {
      const scale = Math.max(...wanted.map(Math.abs))
      expect(scale).toBeGreaterThan(1e-4)
      found.forEach((g, k) => expect(Math.abs(g - wanted[k]) / scale).toBeLessThan(1e-3))
    }
    close(blocksToRows(gradient.hidden.data, inputs, hidden), expected.hidden)
    close(transposed(blocksToRows(gradient.output.data, outputs, hidden), outputs, hidden), expected.output)
    close(blocksToSquare(gradient.recurrent!.data, hidden), expected.recurrent)
    // what stands for no unit stays 0, or the moments of Adam would not
    const all = gradient.recurrent!.data.reduce((sum, g) => sum + Math.abs(g), 0)
    const units = blocksToSquare(gradient.recurrent!.data, hidden).reduce((sum, g) => sum + Math.abs(g), 0)
    expect(all).toBeCloseTo(units, 3)
  })

  it('a run ends with the weights of its best epoch if it shall, and does so after resuming, too', () => {
    // a learning rate that makes the accuracy go up and down
    const set = { validation: 0.2, learningRate: 0.05, recurrent: true }
    const last = tinyRun(kernelsForTest(), solo, { set, epochs: 6 })
    const best = tinyRun(kernelsForTest(), solo, { set: { ...set, keep: 'best' }, epochs: 6 })
    const epochs = last.reports.filter((report) => report.kind === 'epoch')
    const { bestEpoch } = last.last.numbers
    expect(bestEpoch).toBeLessThan(6)
    const there = epochs[bestEpoch - 1]
    expect(best.last.arrays).toEqual(there.checkpoint.arrays)
    const end = best.reports.filter((report) => report.kind === 'epoch').at(-1)!
    expect(end.validationAccuracy).toBe(epochs[5].validationAccuracy)
    expect(end.confusion.reduce((sum, n) => sum + n, 0)).toBe(end.testSamples)
    const half = tinyRun(kernelsForTest(), solo, { set: { ...set, keep: 'best' }, epochs: 6, stop: 4 })
    const rest = tinyRun(kernelsForTest(), solo, { set: { ...set, keep: 'best' }, epochs: 6, resume: half.last })
    expect(rest.last).toEqual(best.last)
    expect(() => tinyRun(kernelsForTest(), solo, { set: { keep: 'best' } })).toThrow('allowed with validation above 0')
  })

  it('a run learns, changes its recurrent weights, and goes on from a checkpoint with the same bits', () => {
    const set = { recurrent: true, burst: 0 }
    const whole = tinyRun(kernelsForTest(), solo, { set, epochs: 6 })
    const half = tinyRun(kernelsForTest(), solo, { set, epochs: 3 })
    const rest = tinyRun(kernelsForTest(), solo, { set, epochs: 6, resume: half.last })
    expect(rest.last.arrays).toEqual(whole.last.arrays)
    const start = tinyRun(kernelsForTest(), solo, { set, epochs: 1 }).last.arrays['recurrent']
    expect(whole.last.arrays['recurrent']).not.toEqual(start)
    const epochs = whole.reports.filter((report) => report.kind === 'epoch')
    expect(epochs.at(-1)!.testAccuracy).toBeGreaterThan(0.85)
  })
})
