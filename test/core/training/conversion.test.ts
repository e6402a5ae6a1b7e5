import { describe, expect, it } from 'vitest'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import type { Measured, NetworkPort } from '../../../src-main/core/emulator/network-port'
import { solo } from '../../../src-main/core/kernels/team'
import { measureConversion } from '../../../src-main/core/training/conversion'
import { place } from '../../../src-main/core/training/placement'
import { kernelsForTest } from '../kernels/load'

const alpha = Math.exp(-1.7 / 6)
const shape = { inputs: 256, hidden: 246, outputs: 10, bins: 20, binUs: 1.7, batch: 100 }

/** the ideal network behind a converter of 70 counts a unit above a rest of 80, and 6-bit weights of 300 codes a unit */
class Scaled extends IdealPort {
  override readonly weightLimit = 63 as unknown as typeof Infinity
  override readonly weightStep = 1 as unknown as 0
  readonly counts: number = 70
  kernels!: ReturnType<typeof kernelsForTest>
  #measured!: Measured

  override open(...args: Parameters<NetworkPort['open']>): Measured {
    this.kernels = args[0]
    const measured = super.open(...args)
    const spikes = this.kernels.arena.f32(shape.batch * measured.sample)
    return (this.#measured = { ...measured, spikes: spikes.at })
  }
  override writeNetwork(hidden: number, output: number): void {
    const weights = new Float32Array(this.kernels.arena.memory.buffer, hidden, 256 * 248)
    expect(weights.every((w) => w === Math.round(w))).toBe(true)
    this.toModel(hidden, output)
  }
  toModel(hidden: number, output: number): void {
    const weights = new Float32Array(this.kernels.arena.memory.buffer, hidden, 256 * 248)
    for (let k = 0; k < weights.length; k++) weights[k] /= 300
    super.writeNetwork(hidden, output)
  }
  override present(...args: Parameters<IdealPort['present']>): void {
    super.present(...args)
    const cells = shape.batch * this.#measured.sample
    const view = (at: number): Float32Array => new Float32Array(this.kernels.arena.memory.buffer, at, cells)
    const [v, s] = [view(this.#measured.membrane), view(this.#measured.spikes)]
    for (let k = 0; k < v.length; k++) {
      s[k] = v[k] > 1 ? 1 : 0
      v[k] = Math.round(80 + this.counts * v[k])
    }
  }
}

function measure(port: NetworkPort): ReturnType<typeof measureConversion> {
  const kernels = kernelsForTest()
  const measured = port.open(kernels, solo, shape, place(port, null, shape.hidden, shape.outputs))
  const before = kernels.arena.mark()
  const result = measureConversion({ port, kernels, team: solo, shape, measured, alpha, beta: alpha })
  expect(kernels.arena.mark()).toBe(before)
  return result
}

describe('conversion to the units of a port', () => {
  it('is 1 and 1 on the ideal network', () => {
    const { conversion, report } = measure(new IdealPort({ tauMemUs: 6, tauSynUs: 6 }))
    expect(Math.abs(conversion.membranePerUnit - 1)).toBeLessThan(0.005)
    expect(Math.abs(conversion.weightPerUnit - 1)).toBeLessThan(0.005)
    expect(report['unitsMeasured']).toBe(246)
    expect(report['responsePerCodeExc']).toBeCloseTo(1, 5)
    expect(report['responsePerCodeInh']).toBeCloseTo(1, 5)
  })

  it('finds the scales of a converter and of a weight grid', () => {
    const { conversion } = measure(new Scaled({ tauMemUs: 6, tauSynUs: 6 }))
    expect(Math.abs(conversion.membranePerUnit / 70 - 1)).toBeLessThan(0.01)
    expect(Math.abs(conversion.weightPerUnit / 300 - 1)).toBeLessThan(0.015)
  })

  it('finds what each unit makes of a code', () => {
    // unit u: gain 1 + u / 1000, and u % 5 − 2 codes that are missing or too many; its threshold is the same for all
    class Uneven extends Scaled {
      // without noise, the rounding of a coarse converter is no accident: a fine one
      override readonly counts = 700
      override writeNetwork(hidden: number, output: number): void {
        const weights = new Float32Array(this.kernels.arena.memory.buffer, hidden, 256 * 248)
        for (let k = 0; k < weights.length; k++) {
          const unit = k % 248
          const w = weights[k]
          if (w !== 0) weights[k] = (1 + unit / 1000) * Math.sign(w) * Math.max(0, Math.abs(w) + (unit % 5) - 2)
        }
        this.toModel(hidden, output)
      }
    }
    const { units, conversion } = measure(new Uneven({ tauMemUs: 6, tauSynUs: 6 }))
    const perCode = conversion.membranePerUnit / conversion.weightPerUnit
    for (let unit = 0; unit < 246; unit++) {
      expect(Math.abs(units.offsetExc[unit] - ((unit % 5) - 2))).toBeLessThan(0.5)
      expect(Math.abs(units.offsetInh[unit] - ((unit % 5) - 2))).toBeLessThan(0.5)
      expect(Math.abs(units.slopeExc[unit] / perCode / ((1 + unit / 1000) / 1.1225) - 1)).toBeLessThan(0.02)
    }
    // a threshold lies between two levels of about twenty inputs, 5 % apart
    const off = Array.from(units.height, (height) => height / 700 - 1)
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(0.05)
    expect(Math.sqrt(off.reduce((sum, x) => sum + x * x, 0) / off.length)).toBeLessThan(0.02)
  })
})
