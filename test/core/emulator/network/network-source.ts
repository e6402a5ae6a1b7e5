/**
 * A chip for tests of the network emulation alone: columns drawn around the working point of training (leak 80, reset
 * 80, threshold 150, 6 and 6 µs), with the spreads of an uncalibrated chip times `mismatch`; and stimuli for it.
 */
import type { Circuits } from '../../../../src-main/core/chip/hicann-x/circuits'
import { COLUMNS, ROWS } from '../../../../src-main/core/chip/hicann-x/topology'
import type { EventTrials, NetworkSource } from '../../../../src-main/core/emulator/network/source'
import type { NetworkShape, Stimulus } from '../../../../src-main/core/emulator/network-port'
import type { Arena } from '../../../../src-main/core/kernels/arena'
import { drawWeightCurve } from '../../../../src-main/core/chip/hicann-x/synapses'
import { solo } from '../../../../src-main/core/kernels/team'
import type { Team } from '../../../../src-main/core/kernels/team'
import { Stream } from '../../../../src-main/core/random/stream'

export interface TestChip extends NetworkSource {
  revision: number
  circuits: Circuits
  trials: EventTrials
  channels: { slope: Float64Array; offset: Float64Array; noise: Float64Array }
}

export function testChip(seed: number, mismatch: number, trialSeed = 7): TestChip {
  const stream = new Stream(seed, 'test chip')
  const draw = (centre: number, sd: number): Float64Array =>
    Float64Array.from({ length: COLUMNS }, () => centre + mismatch * sd * stream.normal())
  const log = (centre: number, sd: number): Float64Array => draw(0, sd).map((x) => centre * Math.exp(x))
  const flags = (value: number): Uint8Array => new Uint8Array(COLUMNS).fill(value)
  const circuits: Circuits = {
    count: COLUMNS,
    leak: draw(80, 9),
    reset: draw(80, 9),
    threshold: draw(150, 6),
    tauMem: log(6, 0.12),
    tauSynExc: log(6, 0.33),
    tauSynInh: log(6, 0.33),
    capacitance: log(1, 0.04),
    gainExc: log(0.127, 0.15),
    gainInh: log(0.127, 0.15),
    // 586 weight LSB at the nominal DAC code
    limitExc: log(75, 0.15),
    limitInh: log(75, 0.15),
    weightOffsetExc: draw(-1.1 * mismatch, 2),
    weightOffsetInh: draw(-1.1 * mismatch, 2),
    inputOffsetExc: draw(0, 0.3),
    inputOffsetInh: draw(0, 0.3),
    offsetCurrent: draw(0, 0.1),
    tauReset: log(0.5, 0.1),
    refractory: draw(2, 0.1),
    refractoryCycle: new Float64Array(COLUMNS).fill(0.256),
    noise: new Float64Array(COLUMNS).fill(0.45),
    fires: flags(1),
    dead: flags(0)
  }
  const channels = { slope: draw(1, 0.05), offset: draw(0, 3), noise: new Float64Array(COLUMNS).fill(1) }
  const spread = (): Float32Array =>
    Float32Array.from({ length: ROWS * COLUMNS }, () => Math.exp(0.07 * mismatch * stream.normal()))
  const synapses = { top: spread(), bottom: spread() }
  const curve = drawWeightCurve(new Stream(seed, 'test curve'), 0.5 * mismatch)
  const trials = { loss: 0.002, delaySd: 0.1 }
  return {
    circuits,
    channels,
    trials,
    weightCurve: () => curve,
    events: () => trials,
    revision: 1,
    trialSeed,
    columns: () => circuits,
    converter: () => channels,
    synapses: () => synapses
  }
}

export function withoutNoise(chip: TestChip): TestChip {
  chip.circuits.noise.fill(0)
  chip.channels.noise.fill(0)
  chip.circuits.refractoryCycle.fill(0)
  chip.trials.loss = chip.trials.delaySd = 0
  return chip
}

/** Member `index` of a team whose members run one after the other: pieces are dealt in turn. */
export function inTurn(index: number, size: number): Team {
  return {
    ...solo,
    index,
    size,
    deal: (count, work) => {
      for (let piece = index; piece < count; piece += size) work(piece)
    }
  }
}

export const SHAPE: NetworkShape = { inputs: 256, hidden: 246, outputs: 10, bins: 20, binUs: 1.7, batch: 16 }

/** [sample][bin] lists of inputs that spike: about `perSample` spikes over the first 12 bins, each input at most once */
export function randomInput(seed: number, samples: number, perSample: number, shape = SHAPE): number[][][] {
  const stream = new Stream(seed, 'test input')
  return Array.from({ length: samples }, () => {
    const bins: number[][] = Array.from({ length: shape.bins }, () => [])
    for (const n of stream.permutation(shape.inputs).slice(0, perSample)) bins[stream.below(12)].push(n)
    return bins
  })
}

export function placeStimulus(arena: Arena, input: number[][][]): Stimulus {
  const bins = input[0].length
  const all = input.flat(2)
  const list = arena.u8(all.length)
  const start = arena.i32(input.length + 1)
  const binStart = arena.u16(input.length * (bins + 1))
  list.data.set(all)
  let at = 0
  input.forEach((sample, s) => {
    start.data[s] = at
    sample.forEach((spikes, t) => {
      binStart.data[s * (bins + 1) + t] = at - start.data[s]
      at += spikes.length
    })
    binStart.data[s * (bins + 1) + bins] = at - start.data[s]
  })
  start.data[input.length] = at
  return { input: list.at, start: start.at, binStart: binStart.at }
}

/** whole weights with this sd, [rows][columns padded to a multiple of 4] */
export function randomWeights(seed: number, rows: number, columns: number, sd: number, mean = 0): Float32Array {
  const stream = new Stream(seed, 'test weights')
  const width = Math.ceil(columns / 4) * 4
  const list = new Float32Array(rows * width)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      list[r * width + c] = Math.max(-63, Math.min(63, Math.round(mean + sd * stream.normal())))
    }
  }
  return list
}

/** hidden units on columns 0 …, outputs on the last ones */
export function placementOf(shape = SHAPE): { hidden: Int16Array; outputs: Int16Array } {
  return {
    hidden: Int16Array.from({ length: shape.hidden }, (_, h) => h),
    outputs: Int16Array.from({ length: shape.outputs }, (_, o) => COLUMNS - shape.outputs + o)
  }
}
