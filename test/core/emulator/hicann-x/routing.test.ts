// Events from the host and from noise sources on their way to the synapses.
import { describe, expect, it } from 'vitest'
import type { ChipPort, Recording } from '../../../../src-main/core/emulator/chip-port'
import { open, set } from '../chip-on-bench'

const PASS = { mask: 0, target: 0, countDrops: false }
/** label on FPGA input 0: bus position and synapse label */
const label = (position: number, synapse: number): number => (position << 6) | synapse

/** a chip whose host reaches all buses; rows 8 … 15 excitatory, weight 40, labels by row */
function routed(mismatch = 0, seed = 5): ChipPort {
  const port = open(seed, mismatch)
  for (let output = 0; output < 8; output++) port.routing.writeCrossbarNode(8, output, PASS)
  set(port, { inputExc: 1, inputInh: 1 })
  for (const array of ['top', 'bottom'] as const) {
    const modes = new Int8Array(256)
    modes.fill(1, 8, 16)
    port.routing.writeRowModes(array, modes)
    for (let row = 0; row < 256; row++) {
      port.writeWeights(array, row, new Uint8Array(256).fill(40))
      port.routing.writeLabels(array, row, new Uint8Array(256).fill(row % 64))
    }
  }
  return port
}

/** rise of the mean membrane of each array, 4 µs after an event at 5 µs, CADC LSB */
function rise(recording: Recording, repeats: number): [number, number] {
  const sums = [0, 0]
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let n = 0; n < 512; n++) {
      const at = repeat * 2 * 512 + n
      sums[n >> 8] += (recording.columnReads[at + 512] - recording.columnReads[at]) / 256 / repeats
    }
  }
  return [sums[0], sums[1]]
}

describe('labelled events', () => {
  const program = (labels: number[]) => ({
    durationUs: 12,
    repeats: 4,
    columnReads: [4.5, 9],
    labelled: labels.map((of) => ({ timeUs: 5, label: of }))
  })

  it('reach the rows whose driver and synapses match, with the strength of a row event', () => {
    const port = routed()
    const byRow = rise(
      port.run({ durationUs: 12, repeats: 4, columnReads: [4.5, 9], events: [{ timeUs: 5, array: 'both', row: 9 }] }),
      4
    )
    // row 9 is the second of driver 4: bus 0, position 1
    const byLabel = rise(port.run(program([label(1, 9)])), 4)
    expect(byRow[0]).toBeGreaterThan(5)
    // mean of 1024 reads, noise 1.1 LSB each, differences of two: 0.05; quantisation adds nothing to a mean
    for (const array of [0, 1]) expect(Math.abs(byLabel[array] - byRow[array])).toBeLessThan(0.3)
  })

  it('do nothing where a label, a row address, a node or a receiver says no', () => {
    const port = routed()
    const quiet = (labels: number[]): void => {
      for (const x of rise(port.run(program(labels)), 4)) expect(Math.abs(x)).toBeLessThan(0.3)
    }
    // wrong synapse label; position whose rows are off; row 9's label on the other three FPGA inputs, which reach nothing
    quiet([label(1, 33), label(7, 57), 0x4000 | label(1, 9), 0x8000 | label(1, 9), 0xc000 | label(1, 9)])
    port.routing.writeDrivers('top', { receiver: new Uint8Array(128) })
    const [top, bottom] = rise(port.run(program([label(1, 9)])), 4)
    expect(Math.abs(top)).toBeLessThan(0.3)
    expect(bottom).toBeGreaterThan(5)
    port.routing.writeCrossbarNode(8, 4, { mask: 0, target: 1, countDrops: true })
    quiet([label(1, 9)])
    const { dropped, passed } = port.routing.readEventCounters()
    expect(dropped[8]).toBe(4)
    // 2 programs of 2 labels and one of … : counted at bus 0 of the top hemisphere in every repeat
    expect(passed[0]).toBe(4 * (2 + 1 + 1))
  })

  it('reach several drivers where the compare mask leaves bits out', () => {
    const port = routed()
    const one = rise(port.run(program([label(1, 9)])), 4)[0]
    for (const array of ['top', 'bottom'] as const) {
      port.routing.writeDrivers(array, { compareMask: new Uint8Array(128) })
      for (let row = 0; row < 256; row++) port.routing.writeLabels(array, row, new Uint8Array(256).fill(9))
    }
    // every driver of every bus listens to all rows now: rows 8 … 15 react, whatever the position says
    const all = rise(port.run(program([label(30, 9)])), 4)[0]
    expect(all / one).toBeGreaterThan(7)
    expect(all / one).toBeLessThan(9)
  })

  it('act on both inputs in row mode "both": opposite currents leave the membrane', () => {
    const port = routed()
    const modes = new Int8Array(256)
    modes[9] = 2
    port.routing.writeRowModes('top', modes)
    expect(Math.abs(rise(port.run(program([label(1, 9)])), 4)[0])).toBeLessThan(0.3)
    modes[9] = -1
    port.routing.writeRowModes('top', modes)
    expect(rise(port.run(program([label(1, 9)])), 4)[0]).toBeLessThan(-5)
  })

  it('are refused with what is allowed', () => {
    const port = routed()
    expect(() => port.run({ durationUs: 5, labelled: [{ timeUs: 1, label: 65536 }] })).toThrow(/labels are 0 … 65535/)
    expect(() => port.run({ durationUs: 5, labelled: [{ timeUs: 6, label: 0 }] })).toThrow(/outside the program/)
    expect(() => port.routing.writeCrossbarNode(0, 1, PASS)).toThrow(/no such node/)
    expect(() => port.routing.writeCrossbarNode(20, 0, PASS)).toThrow(/no such node/)
    expect(() => port.routing.writeCrossbarNode(8, 0, { ...PASS, mask: 0x4000 })).toThrow(/0 … 16383/)
    expect(() => port.routing.writeLabels('top', 0, new Uint8Array(256).fill(64))).toThrow(/0 … 63/)
    expect(() => port.routing.writeDrivers('top', { utilisation: new Uint8Array(128).fill(16) })).toThrow(/0 … 15/)
  })
})

describe('short-term plasticity', () => {
  it('shapes a train as its closed form says', () => {
    const port = routed()
    const of = (value: number): Uint8Array => new Uint8Array(128).fill(value)
    const amplitudes = (): number[] => {
      const times = [5, 65, 125, 185]
      const repeats = 8
      // ten time constants apart: each response starts from rest
      const { columnReads } = port.run({
        durationUs: 200,
        repeats,
        columnReads: times.flatMap((t) => [t - 0.1, t + 6]),
        labelled: times.map((timeUs) => ({ timeUs, label: label(1, 9) }))
      })
      return times.map((_, k) => {
        let sum = 0
        for (let repeat = 0; repeat < repeats; repeat++) {
          for (let n = 0; n < 512; n++) {
            const at = (repeat * 8 + 2 * k) * 512 + n
            sum += columnReads[at + 512] - columnReads[at]
          }
        }
        return sum / repeats / 512
      })
    }
    const plain = amplitudes()
    for (const array of ['top', 'bottom'] as const) {
      port.routing.writeDrivers(array, { plastic: of(1), utilisation: of(8), recovery: of(0) })
    }
    const depressed = amplitudes()
    // tau 160 µs, U 1/2, every 60 µs
    const d = Math.exp(-60 / 160)
    const q = d / 2
    const stationary = (1 - d) / (1 - q)
    depressed.forEach((x, n) => {
      const r = stationary + (1 - stationary) * q ** n
      // plastic drivers of an ideal chip are alike; the voltages' write noise is worth 0.2 %, reading 0.3 %
      expect(Math.abs(x / plain[0] - r)).toBeLessThan(0.02)
    })
    for (const array of ['top', 'bottom'] as const) port.routing.writeDrivers(array, { target: of(1) })
    const facilitated = amplitudes()
    // s = s∞ (1 − q^n) of the way from nothing (code 50) to the efficacy of code 330
    facilitated.forEach((x, n) => {
      const s = (d / 2 / (1 - q)) * (1 - q ** n)
      expect(Math.abs(x / plain[0] - ((330 - 100) / 300) * s)).toBeLessThan(0.02)
    })
  })
})

describe('noise sources', () => {
  it('reach the host by their node, and synapses by theirs', () => {
    const port = routed()
    const source = { on: true, poisson: true, period: 125, rate: 128, seed: 7, label: label(1, 9), mask: 0 }
    port.routing.writeNoiseSource(4, source)
    port.routing.writeCrossbarNode(16, 8, PASS)
    port.routing.writeCrossbarNode(16, 4, PASS)
    const { hostEvents } = port.run({ durationUs: 1000, repeats: 2 })
    const events = port.routing.readEventCounters().passed[4]
    // the link to the host loses 0.2 %
    expect(events - (hostEvents?.timeUs.length ?? 0)).toBeLessThan(10)
    const expected = (2000 * 128) / 255
    expect(Math.abs(events - expected)).toBeLessThan(4 * Math.sqrt(expected / 2))
    expect(new Set(hostEvents?.label)).toEqual(new Set([label(1, 9)]))
    expect(new Set(hostEvents?.output)).toEqual(new Set([0]))
    expect(hostEvents?.timeUs.length).toBeLessThanOrEqual(events)
    expect(port.routing.readNoiseSource(4)).toEqual(source)
  })
})
