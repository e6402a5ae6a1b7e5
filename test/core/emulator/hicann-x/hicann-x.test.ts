import { describe, expect, it } from 'vitest'
import type { ChipPort } from '../../../../src-main/core/emulator/chip-port'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import { mad, mean, median, sd } from '../../../../src-main/core/statistics/summary'
import { alive, codes, column, open, set, spread } from '../chip-on-bench'

describe('column reads', () => {
  it('reach a gain of 1 and no offset when the ramps are matched as calix does', () => {
    const port = open(11)
    const quadrant = (n: number): number => (n >> 8) * 2 + ((n >> 7) & 1)
    const search = (cell: 'converterRampOffset' | 'converterRampSlope', line: number, target: number): number[] => {
      let at = [512, 512, 512, 512]
      for (let step = 256; step >= 1; step /= 2) {
        port.writeQuadrant(cell, Uint16Array.from(at))
        const reads = port.readDebugLine(line, 5)
        at = at.map((code, q) => {
          const own = Array.from(reads).filter((_, k) => quadrant(k % 512) === q)
          // both cells lower the read as they rise
          return median(own) > target ? code + step : code - step
        })
      }
      port.writeQuadrant(cell, Uint16Array.from(at))
      return at
    }
    port.writeQuadrant('converterRampSlope', new Uint16Array(4).fill(350))
    const offsets = search('converterRampOffset', 70, 20)
    const slopes = search('converterRampSlope', 550, 220)
    // chip "cube 66": 25 … 40 and 348 … 389; other chips a little beyond
    for (const code of offsets) expect(Math.abs(code - 31)).toBeLessThan(25)
    for (const code of slopes) expect(Math.abs(code - 369)).toBeLessThan(75)
    const { converter, draw } = inspect(port)
    for (let n = 0; n < 512; n += 128) {
      if (draw.stuck[n] >= 0) continue
      expect(Math.abs(converter.slope[n] - 1)).toBeLessThan(0.02)
      expect(Math.abs(converter.offset[n] - draw.channelOffset[n])).toBeLessThan(4)
    }
  })

  it('differ by channel offsets of 10 LSB, which the digital offset takes away', () => {
    const port = open()
    const ok = alive(port)
    const read = (): number[] => {
      const reads = port.readDebugLine(310, 30)
      return ok.map((n) => mean(column(reads, n)))
    }
    const before = read()
    const robust = (list: number[]): number => 1.4826 * mad(list)
    expect(robust(before)).toBeGreaterThan(8)
    const centre = median(before)
    const digital = new Int8Array(512)
    ok.forEach((n, k) => (digital[n] = Math.round(centre - before[k])))
    port.writeConverterOffsets(digital)
    // what remains is the rounding of the offset
    expect(sd(read())).toBeLessThan(0.6)
  })

  it('see the settled membrane with its noise and the converter noise', () => {
    const port = open(5, 0)
    port.writeNeuron('leak', spread(700))
    const repeats = 400
    const { columnReads } = port.run({ durationUs: 1, columnReads: [0.5], repeats })
    const { circuits, converter } = inspect(port)
    for (const n of [0, 200, 300, 511]) {
      const reads = column(columnReads, n)
      const expected = converter.slope[n] * circuits.leak[n] + converter.offset[n]
      // read noise 1, membrane noise 0.45, rounding
      const sigma = Math.sqrt(1 + 0.45 ** 2 + 1 / 12)
      expect(Math.abs(mean(reads) - expected)).toBeLessThan((5 * sigma) / Math.sqrt(repeats))
      expect(Math.abs(sd(reads) / sigma - 1)).toBeLessThan(5 / Math.sqrt(2 * repeats))
    }
  })

  it('of a stuck channel are constant; a dead circuit follows its leak but not its inputs', () => {
    const port = open(1, 5)
    const { draw } = inspect(port)
    const stuck = draw.stuck.findIndex((value) => value >= 0)
    const dead = draw.circuit.dead.findIndex((value, n) => value === 1 && draw.stuck[n] < 0)
    expect(Math.min(stuck, dead)).toBeGreaterThanOrEqual(0)
    set(port, { inputExc: 1, inputInh: 1, threshold: 1, offsetCurrent: 1 })
    port.writeNeuron('offsetCurrent', codes(500))
    const at = (leak: number): number[] => {
      port.writeNeuron('leak', codes(leak))
      return column(port.run({ durationUs: 1, columnReads: [0.5], repeats: 20 }).columnReads, dead)
    }
    expect(new Set(column(port.readDebugLine(100, 3), stuck)).size).toBe(1)
    expect(column(port.readDebugLine(400, 1), stuck)[0]).toBe(draw.stuck[stuck])
    expect(inspect(port).circuits.fires[dead]).toBe(0)
    expect(mean(at(700)) - mean(at(600))).toBeGreaterThan(15)
    expect(inspect(port).circuits.offsetCurrent[dead]).toBe(0)
  })
})

describe('joined circuits', () => {
  it('are one membrane with the sum of capacitances and conductances', () => {
    const port = open(4)
    const joined = new Uint8Array(512)
    joined[20] = 1
    port.writeSwitches({ joined })
    const { circuits: c, membranes: m } = inspect(port)
    const conductance = (n: number): number => c.capacitance[n] / c.tauMem[n]
    expect(m.capacitance[20]).toBeCloseTo(c.capacitance[20] + c.capacitance[276], 12)
    expect(m.capacitance[276] / m.tauMem[276]).toBeCloseTo(conductance(20) + conductance(276), 12)
    expect(m.leak[20]).toBeCloseTo(
      (conductance(20) * c.leak[20] + conductance(276) * c.leak[276]) / (conductance(20) + conductance(276)),
      12
    )
    expect(m.leak[21]).toBe(c.leak[21])
    // two independent noise currents into twice the capacitance: sd falls by about √2
    expect(m.noise[20] / Math.sqrt((c.noise[20] ** 2 + c.noise[276] ** 2) / 4)).toBeCloseTo(1, 1)
  })
})

describe('the port', () => {
  it('gives the same measurements for the same seeds, other noise for another trial seed', () => {
    const measure = (port: ChipPort): Uint8Array => {
      port.writeNeuron('leak', spread(650))
      return port.run({ durationUs: 5, columnReads: [1, 2, 3], repeats: 2 }).columnReads
    }
    expect(measure(open(5, 1, 1))).toEqual(measure(open(5, 1, 1)))
    expect(measure(open(5, 1, 2))).not.toEqual(measure(open(5, 1, 1)))
    expect(open(5, 1, 2).identity).toEqual(open(5, 1, 1).identity)
  })

  it('reads back what was written, not what the cells hold', () => {
    const port = open()
    port.writeNeuron('reset', spread(500))
    expect(port.readNeuron('reset')).toEqual(spread(500))
    port.readNeuron('reset').fill(0)
    expect(port.readNeuron('reset')).toEqual(spread(500))
    port.writeQuadrant('synapseDacBias', Uint16Array.of(1, 2, 3, 1022))
    expect(port.readQuadrant('synapseDacBias')).toEqual(Uint16Array.of(1, 2, 3, 1022))
  })

  it('counts 20 ms for each analog write', () => {
    const port = open()
    const before = port.elapsedMs
    port.writeNeuron('leak', codes(600))
    port.writeQuadrant('synapseDacBias', new Uint16Array(4).fill(600))
    expect(port.elapsedMs - before).toBe(40)
    port.run({ durationUs: 1000, trace: { source: 'membrane', fromUs: 0, toUs: 20 } })
    expect(port.elapsedMs - before).toBeGreaterThan(1000)
  })

  it('refuses what a chip cannot hold, with one line, and changes nothing', () => {
    const port = open()
    expect(() => port.writeNeuron('leak', codes(1023))).toThrow(/leak.*1023.*0 … 1022/)
    expect(() => port.writeNeuron('leak', new Uint16Array(256))).toThrow(/256 values where 512/)
    expect(() => port.writeWeights('top', 0, new Uint8Array(256).fill(64))).toThrow(/0 … 63/)
    expect(() => port.writeWeights('top', 256, new Uint8Array(256))).toThrow(/0 … 255/)
    expect(() => port.writeSwitches({ capacitance: new Uint8Array(512).fill(64) })).toThrow(/capacitance/)
    expect(() => port.run({ durationUs: 5, columnReads: [6] })).toThrow(/6 us.*0 … 5/)
    expect(() => port.run({ durationUs: 5, repeats: 0 })).toThrow(/repeats/)
    expect(() => port.run({ durationUs: 5, events: [{ timeUs: 1, array: 'top', row: 300 }] })).toThrow(/row 300/)
    expect(port.readNeuron('leak')).toEqual(codes(629))
  })
})
