// One chip, two doors: a program through `run` and a presentation through `network` meet the same membranes.
import { describe, expect, it } from 'vitest'
import type { ChipPort, RowEvent } from '../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { solo } from '../../../src-main/core/kernels/team'
import { kernelsForTest } from '../kernels/load'
import { placementOf, placeStimulus, randomInput, randomWeights, SHAPE } from './network/network-source'

const TRIALS = 64
const BATCH = SHAPE.batch
const ones = new Uint8Array(512).fill(1)
/** one sample, many trials of it */
const input = randomInput(2, 1, 40)

function program(threshold: 0 | 1): ChipPort {
  const port = openChip({ seed: 21, mismatch: 1, trialSeed: 4 })
  port.writeSwitches({ joined: ones, inputExc: ones, inputInh: ones, threshold: new Uint8Array(512).fill(threshold) })
  port.writeQuadrant('synapseDacBias', new Uint16Array(4).fill(1000))
  port.writeNeuron('threshold', new Uint16Array(512).fill(300))
  return port
}

/** means over trials, [bin][hidden unit]; spikes per trial of each unit */
function throughNetwork(port: ChipPort, weights: Float32Array): { membrane: Float64Array; spikes: Float64Array } {
  const kernels = kernelsForTest()
  const measured = port.network.open(kernels, solo, SHAPE, placementOf())
  const stimulus = placeStimulus(kernels.arena, input)
  const index = kernels.arena.i32(BATCH)
  index.data.fill(0)
  const hidden = kernels.arena.f32(weights.length)
  hidden.data.set(weights)
  const output = kernels.arena.f32(SHAPE.hidden * 12)
  port.network.writeNetwork(hidden.at, output.at)
  const membrane = new Float64Array(SHAPE.bins * SHAPE.hidden)
  const spikes = new Float64Array(SHAPE.hidden)
  for (let trial = 0; trial < TRIALS; trial++) {
    // a trial's noise belongs to the sample's number: one sample of it a presentation
    port.network.present(stimulus, index.at, 1, trial)
    const cells = SHAPE.bins * measured.stride
    const v = new Float32Array(kernels.arena.memory.buffer, measured.membrane, cells)
    const s = new Float32Array(kernels.arena.memory.buffer, measured.spikes, cells)
    for (let bin = 0; bin < SHAPE.bins; bin++) {
      for (let h = 0; h < SHAPE.hidden; h++) {
        membrane[bin * SHAPE.hidden + h] += v[bin * measured.stride + h] / TRIALS
        spikes[h] += s[bin * measured.stride + h] / TRIALS
      }
    }
  }
  return { membrane, spikes }
}

function throughRun(port: ChipPort, weights: Float32Array): { membrane: Float64Array; spikes: Float64Array } {
  const width = Math.ceil(SHAPE.hidden / 4) * 4
  port.writeRowSigns('top', new Int8Array(256).fill(1))
  port.writeRowSigns('bottom', new Int8Array(256).fill(-1))
  for (let row = 0; row < 256; row++) {
    const signed = Array.from({ length: 256 }, (_, c) => (c < SHAPE.hidden ? weights[row * width + c] : 0))
    port.writeWeights(
      'top',
      row,
      Uint8Array.from(signed, (w) => Math.max(0, w))
    )
    port.writeWeights(
      'bottom',
      row,
      Uint8Array.from(signed, (w) => Math.max(0, -w))
    )
  }
  const events = input[0].flatMap((rows, bin) =>
    rows.map((row): RowEvent => ({ timeUs: bin * SHAPE.binUs, array: 'both', row }))
  )
  const { columnReads, spikes } = port.run({
    durationUs: SHAPE.bins * SHAPE.binUs,
    events,
    columnReads: Array.from({ length: SHAPE.bins }, (_, k) => k * SHAPE.binUs),
    repeats: TRIALS,
    spikes: true
  })
  const membrane = new Float64Array(SHAPE.bins * SHAPE.hidden)
  const count = new Float64Array(SHAPE.hidden)
  for (let trial = 0; trial < TRIALS; trial++) {
    for (let bin = 0; bin < SHAPE.bins; bin++) {
      for (let h = 0; h < SHAPE.hidden; h++) {
        membrane[bin * SHAPE.hidden + h] += columnReads[(trial * SHAPE.bins + bin) * 512 + h] / TRIALS
      }
    }
  }
  // the network counts spikes up to its last sample, one bin before the end
  const last = (SHAPE.bins - 1) * SHAPE.binUs
  spikes.neuron.forEach((n, k) => {
    if (n < SHAPE.hidden && spikes.timeUs[k] <= last) count[n] += 1 / TRIALS
  })
  return { membrane, spikes: count }
}

const weights = randomWeights(8, SHAPE.inputs, SHAPE.hidden, 18, 3)

describe('one chip through two doors', () => {
  it('shows the same membranes', () => {
    const port = program(0)
    const [a, b] = [throughNetwork(port, weights).membrane, throughRun(port, weights).membrane]
    const { membranes } = inspect(port)
    let [squares, count, swing] = [0, 0, 0]
    for (let k = 0; k < a.length; k++) {
      if (membranes.dead[k % SHAPE.hidden]) continue
      squares += (a[k] - b[k]) ** 2
      count++
      swing = Math.max(swing, Math.abs(b[k] - b[k % SHAPE.hidden]))
    }
    expect(swing).toBeGreaterThan(40)
    // means of 64 reads differ by 0.2 LSB; the rest is the weight's non-linearity, which only `run` has
    expect(Math.sqrt(squares / count)).toBeLessThan(0.4)
  })

  it('counts the same spikes', () => {
    const port = program(1)
    const [a, b] = [throughNetwork(port, weights).spikes, throughRun(port, weights).spikes]
    const total = (list: Float64Array): number => list.reduce((sum, x) => sum + x, 0)
    expect(total(a)).toBeGreaterThan(20)
    expect(Math.abs(total(b) / total(a) - 1)).toBeLessThan(0.05)
  })
})
