// Digital back end of the circuits: offset current as source and sink, bypass, event outputs, glitches.
import { describe, expect, it } from 'vitest'
import type { ChipPort } from '../../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import { solo } from '../../../../src-main/core/kernels/team'
import { mean } from '../../../../src-main/core/statistics/summary'
import { kernelsForTest } from '../../kernels/load'
import { codes, column, open, set } from '../chip-on-bench'
import { placementOf, SHAPE } from '../network/network-source'

const only = (neurons: readonly number[], value = 1): Uint8Array => {
  const out = new Uint8Array(512)
  for (const n of neurons) out[n] = value
  return out
}
const PASS = { mask: 0, target: 0, countDrops: false }

describe('the offset current', () => {
  it('lowers the rest as a sink by what it lifts it as a source: tau I / C', () => {
    const port = open(5, 0)
    port.writeNeuron('offsetCurrent', codes(60))
    const rest = (setting: number): number => {
      set(port, { offsetCurrent: setting })
      return mean(column(port.run({ durationUs: 1, repeats: 200, columnReads: [1] }).columnReads, 40))
    }
    const [off, source, sink] = [0, 1, 2].map(rest)
    const { tauMem, capacitance } = inspect(port).circuits
    // 0.1 CADC LSB a µs and code; the cell holds up to 5 codes more than 60, because all hold the same
    const expected = (0.1 * 62.5 * tauMem[40]) / capacitance[40]
    expect(Math.abs((source - off) / expected - 1)).toBeLessThan(0.06)
    expect(Math.abs((source + sink) / 2 - off)).toBeLessThan(0.3)
  })

  it('refuses other settings', () => {
    expect(() => set(open(), { offsetCurrent: 3 })).toThrow(/offsetCurrent: 3 .* 0 … 2/)
  })
})

describe('bypass', () => {
  /** rows 0 and 1 excitatory and inhibitory on all circuits of the top array */
  function chip(): ChipPort {
    const port = open(5, 0)
    const signs = new Int8Array(256)
    signs[0] = 1
    signs[1] = -1
    port.writeRowSigns('top', signs)
    for (const row of [0, 1]) port.writeWeights('top', row, new Uint8Array(256).fill(40))
    // the refractory period: 8 cycles of 0.256 µs
    set(port, { inputExc: 1, inputInh: 1, refractory: 8, threshold: 0 })
    return port
  }
  const times = [10, 11, 14, 20, 30]
  const events = times.map((timeUs, k) => ({ timeUs, array: 'top' as const, row: k % 2 }))

  it.each([
    ['a plain circuit', {}],
    ['one with adaptation', { adaptation: only([3, 4]) }]
  ])(
    'of %s: a spike an event outside the refractory period, and nothing on the membrane but its reset',
    (_, dynamics) => {
      const port = chip()
      // a spike would step the adaptation
      port.writeNeuron('adaptationB', codes(0))
      port.writeDynamics(dynamics)
      port.writeSpikeSwitches({ bypassExc: only([3, 4]), bypassInh: only([4]) })
      const spikes: [number[], number[]] = [[], []]
      for (let k = 0; k < 20; k++) {
        const { neuron, timeUs } = port.run({ durationUs: 40, events, spikes: true }).spikes
        expect([...neuron].every((n) => n === 3 || n === 4)).toBe(true)
        neuron.forEach((n, j) => spikes[n - 3].push(timeUs[j]))
      }
      // circuit 3: events 10, 14 and 30 are excitatory; circuit 4: 11 falls into the period after 10
      const seen = (list: number[]): number[] => [...new Set(list)].sort((a, b) => a - b)
      const near = (list: number[], expected: number[]): void => {
        expect(list.length).toBe(expected.length)
        list.forEach((t, k) => expect(t).toBeCloseTo(expected[k], 9))
      }
      near(seen(spikes[0]), [10, 14, 30])
      near(seen(spikes[1]), [10, 14, 20, 30])
      // circuit 3 rests at its reset potential: nothing moves it, where a PSP would lift it by some 10 LSB
      const { columnReads } = port.run({ durationUs: 100, repeats: 60, events, columnReads: [9, 18, 99] })
      const [before, during, after] = [0, 1, 2].map((k) =>
        mean(Array.from({ length: 60 }, (_, r) => columnReads[(r * 3 + k) * 512 + 3]))
      )
      expect(Math.abs(during - before)).toBeLessThan(2)
      expect(Math.abs(after - before)).toBeLessThan(1)
    }
  )

  it('answers the host through the router, event by event', () => {
    const port = chip()
    port.routing.writeCrossbarNode(8, 0, PASS)
    port.writeSpikeSwitches({ bypassExc: only([7]) })
    const labelled = Array.from({ length: 200 }, (_, k) => ({ timeUs: 5 + 5 * k, label: 0 }))
    const { hostEvents, spikes } = port.run({ durationUs: 1010, labelled, spikes: true })
    expect(spikes.neuron.length).toBeGreaterThan(190)
    const host = [...(hostEvents?.timeUs ?? [])]
    expect(host.length).toBeGreaterThan(190)
    for (const t of host) expect(Math.abs(t / 5 - Math.round(t / 5))).toBeLessThan(1e-9)
  })

  it('is refused by networks, which do not emulate it', () => {
    const port = chip()
    port.writeSpikeSwitches({ bypassInh: only([9]) })
    expect(() => port.network.open(kernelsForTest(), solo, SHAPE, placementOf())).toThrow(/circuit 9 has .*bypass/)
  })
})

describe('an event output', () => {
  it('that is off keeps spikes from host and crossbar; the counter counts on', () => {
    const port = open(5, 0)
    set(port, { threshold: 1, offsetCurrent: 1 })
    port.writeNeuron('offsetCurrent', codes(300))
    const silent = Uint8Array.from({ length: 512 }, (_, n) => (n < 256 ? 0 : 1))
    port.writeSpikeSwitches({ eventOutput: silent })
    expect(() => port.writeSpikeSwitches({ eventOutput: only([4], 2) })).toThrow(/eventOutput: 2 .*entry 4.* 0 … 1/)
    expect(port.readSpikeSwitches().eventOutput).toEqual(silent)
    port.routing.enableSpikeCounters(true)
    for (const labelled of [[], [{ timeUs: 0, label: 3 << 14 }]]) {
      port.routing.resetSpikeCounters()
      port.routing.resetEventCounters()
      const { spikes, hostEvents } = port.run({ durationUs: 20, spikes: true, labelled })
      expect([...spikes.neuron].every((n) => n >= 256)).toBe(true)
      expect(spikes.neuron.length).toBeGreaterThan(100)
      expect(Math.min(...port.routing.readSpikeCounters().count)).toBeGreaterThan(0)
      const counted = port.routing
        .readSpikeCounters()
        .count.subarray(256)
        .reduce((a, b) => a + b, 0)
      if (hostEvents) {
        const { passed } = port.routing.readEventCounters()
        expect(passed.subarray(8).reduce((a, b) => a + b, 0)).toBe(counted)
      }
    }
  })
})

describe('a small refractory counter', () => {
  it('glitches in routed programs as in others', () => {
    const share = (routed: boolean): number => {
      const port = openChip({ seed: 5, mismatch: 0, trialSeed: 2, quirks: true })
      port.writeNeuron('leak', codes(960))
      port.writeNeuron('threshold', codes(330))
      set(port, { threshold: 1, refractory: 12 })
      const labelled = routed ? [{ timeUs: 0, label: 3 << 14 }] : []
      const { neuron, timeUs } = port.run({ durationUs: 150, spikes: true, labelled }).spikes
      const last = new Float64Array(512).fill(-1)
      let [short, all] = [0, 0]
      timeUs.forEach((t, k) => {
        const before = last[neuron[k]]
        last[neuron[k]] = t
        if (before < 0) return
        all++
        // 12 cycles of 0.256 µs, less one
        if (t - before < 11 * 0.256) short++
      })
      return short / all
    }
    // 5 % · (1 − 12 / 30) of some 10000 intervals
    for (const routed of [false, true]) expect(Math.abs(share(routed) - 0.03)).toBeLessThan(0.008)
  })
})
