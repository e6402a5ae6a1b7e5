import { describe, expect, it } from 'vitest'
import { openNetwork } from '../../../../src-main/core/emulator/network/network'
import { advance } from '../../../../src-main/core/emulator/lif-reference'
import type { Lif, LifState } from '../../../../src-main/core/emulator/lif-reference'
import { currentStep, lifOf, unitsOf } from '../../../../src-main/core/emulator/network/units'
import type { Units } from '../../../../src-main/core/emulator/network/units'
import { solo } from '../../../../src-main/core/kernels/team'
import { Stream } from '../../../../src-main/core/random/stream'
import { kernelsForTest } from '../../kernels/load'
import { randomWeights, testChip, withoutNoise } from './network-source'
import type { TestChip } from './network-source'

const SHAPE = { inputs: 30, hidden: 45, outputs: 3, batch: 12, events: 30, windowUs: 48, delayed: false }
const PLACES = {
  hidden: Int16Array.from({ length: SHAPE.hidden }, (_, h) => h),
  outputs: Int16Array.from({ length: SHAPE.outputs }, (_, o) => 250 + o)
}
const STAMP = 0.008
const UNIT_US = 6

function setUp(chip: TestChip, delayed = false) {
  const kernels = kernelsForTest()
  const { arena } = kernels
  const port = openNetwork(chip).firstSpikes
  const recorded = port.open(kernels, solo, { ...SHAPE, delayed }, PLACES)
  const stream = new Stream('first spikes')
  const count = SHAPE.batch * SHAPE.inputs
  const start = arena.i32(SHAPE.batch + 1)
  start.data.set(Array.from({ length: SHAPE.batch + 1 }, (_, s) => s * SHAPE.inputs))
  const times = arena.f64(count)
  // on the grid of the event link, so that rounding does not enter
  times.data.set(Array.from({ length: count }, () => (Math.round((12 * stream.uniform()) / STAMP) * STAMP) / UNIT_US))
  const inputs = arena.i32(count)
  inputs.data.set(Array.from({ length: count }, (_, k) => k % SHAPE.inputs))
  const index = arena.i32(SHAPE.batch)
  index.data.set(Array.from({ length: SHAPE.batch }, (_, b) => b))
  const hidden = randomWeights(1, SHAPE.inputs, SHAPE.hidden, 14, 8)
  const output = randomWeights(2, SHAPE.hidden, SHAPE.outputs, 14, 6)
  const at = (from: Float32Array): number => {
    const slab = arena.f32(from.length)
    slab.data.set(from)
    return slab.at
  }
  port.writeNetwork(at(hidden), at(output))
  const list = { start: start.at, times: times.at, exps: 0, inputs: inputs.at }
  const present = (trial: number) => {
    port.present(list, UNIT_US, index.at, SHAPE.batch, trial)
    const read = (address: number, units: number): Float64Array =>
      new Float64Array(arena.memory.buffer, address, SHAPE.batch * units).slice()
    const { hidden: of, inputs: from } = recorded.delayed ?? { hidden: recorded.hidden, inputs: times.at }
    return {
      hidden: read(recorded.hidden, SHAPE.hidden),
      outputs: read(recorded.outputs, SHAPE.outputs),
      delayed: { inputs: read(from, SHAPE.inputs), hidden: read(of, SHAPE.hidden) }
    }
  }
  return { port, present, times: times.data, hidden, output }
}

/** first spike of one unit, event by event, by the definition of the emulated neuron */
function firstOf(lif: Lif, events: { t: number; step: number }[]): number {
  const state: LifState = { v: lif.rest, exc: 0, inh: 0, refractoryLeft: 0 }
  let first = Infinity
  let now = 0
  for (const { t, step } of [...events].sort((p, q) => p.t - q.t).concat({ t: SHAPE.windowUs, step: 0 })) {
    advance(lif, state, t - now, (after) => (first = Math.min(first, now + after)))
    now = t
    if (step > 0) state.exc += step
    else state.inh -= step
  }
  return first
}

describe('first spikes of the emulated chip', () => {
  it('come when the float64 definition of the neuron has them, in both layers', () => {
    const chip = withoutNoise(testChip(3, 1))
    const { present, times, hidden, output } = setUp(chip)
    const recorded = present(1)
    const synapses = chip.synapses()
    const compare = (
      units: Units,
      unit: number,
      events: (width: number) => { t: number; row: number; w: number }[],
      measured: number,
      width: number
    ): number => {
      const list = events(width).map(({ t, row, w }) => {
        const cell = row * 256 + units.column[unit]
        return { t, step: currentStep(units, unit, w, chip.weightCurve(), synapses.top[cell], synapses.bottom[cell]) }
      })
      const expected = firstOf({ ...lifOf(units, unit), refractory: 1000 }, list)
      if (expected === Infinity || measured === Infinity) return expected === measured ? 0 : Infinity
      return expected - measured
    }
    const top = unitsOf(chip, PLACES.hidden, true)
    const out = unitsOf(chip, PLACES.outputs, true)
    let spikes = 0
    for (let b = 0; b < SHAPE.batch; b++) {
      const arrivals: { t: number; row: number }[] = []
      for (let h = 0; h < SHAPE.hidden; h++) {
        const t = recorded.hidden[b * SHAPE.hidden + h]
        const events = (width: number) =>
          Array.from({ length: SHAPE.inputs }, (_, i) => {
            return { t: times[b * SHAPE.inputs + i] * UNIT_US, row: i, w: hidden[i * width + h] }
          })
        const off = compare(top, h, events, t, 48)
        expect(off).toBeGreaterThan(-2e-3)
        expect(off).toBeLessThan(STAMP + 2e-3)
        if (t < Infinity) arrivals.push({ t: t + 1, row: h })
      }
      spikes += arrivals.length
      for (let o = 0; o < SHAPE.outputs; o++) {
        const events = (width: number) => arrivals.map(({ t, row }) => ({ t, row, w: output[row * width + o] }))
        const off = compare(out, o, events, recorded.outputs[b * SHAPE.outputs + o], 4)
        // recorded hidden times are up to a stamp earlier than the spikes that the outputs felt
        expect(Math.abs(off)).toBeLessThan(2 * STAMP + 2e-3)
      }
    }
    expect(spikes).toBeGreaterThan(SHAPE.batch * 12)
  })

  it('have trial noise that depends on trial and sample alone', () => {
    const { present } = setUp(testChip(3, 1))
    const [first, again, other] = [present(5), present(5), present(6)]
    expect(again).toEqual(first)
    expect(other.hidden).not.toEqual(first.hidden)
    const both = [...first.hidden.keys()].filter((k) => first.hidden[k] < Infinity && other.hidden[k] < Infinity)
    const spread = both.reduce((sum, k) => sum + Math.abs(first.hidden[k] - other.hidden[k]), 0) / both.length
    expect(spread).toBeGreaterThan(0.01)
    expect(spread).toBeLessThan(1)
  })

  it('pass through delay units with the published delay and jitter', () => {
    const plain = setUp(withoutNoise(testChip(3, 1)))
    const undelayed = plain.present(1)
    const delayed = setUp(withoutNoise(testChip(3, 1)), true)
    delayed.port.writeDelays(new Uint8Array(SHAPE.inputs).fill(80), new Uint8Array(SHAPE.hidden).fill(80))
    const later = delayed.present(1)
    const shifts = [...undelayed.hidden.keys()]
      .map((k) => later.hidden[k] - undelayed.hidden[k])
      .filter((shift) => Number.isFinite(shift))
    const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length
    // 80 / 8 + 2 µs, and the way from delay unit to neuron
    expect(Math.abs(mean - 13)).toBeLessThan(0.2)
    const { inputs, hidden } = later.delayed
    const waits = [...inputs.keys()].map((k) => inputs[k] - delayed.times[k] * UNIT_US)
    const middle = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    expect(Math.abs(middle - 12)).toBeLessThan(0.02)
    const sd = Math.sqrt(waits.reduce((sum, wait) => sum + (wait - middle) ** 2, 0) / waits.length)
    expect(sd).toBeGreaterThan(0.05)
    expect(sd).toBeLessThan(0.07)
    // a delay unit fires if, and only if, its hidden unit did
    for (const [k, t] of later.hidden.entries()) {
      if (t === Infinity) expect(hidden[k]).toBe(Infinity)
      else expect(Math.abs(hidden[k] - t - 12)).toBeLessThan(0.3)
    }
  })
})
