// The chip's own spikes: back to its synapses through the crossbar, to the host, into the counters.
import { describe, expect, it } from 'vitest'
import { drawChip } from '../../../../src-main/core/chip/hicann-x/draw'
import type { ChipPort } from '../../../../src-main/core/emulator/chip-port'
import { Dispatch, SHORTEST_LOOP_US } from '../../../../src-main/core/emulator/hicann-x/routed/dispatch'
import { emptySynapses } from '../../../../src-main/core/emulator/hicann-x/program/drive'
import { Routing } from '../../../../src-main/core/emulator/hicann-x/routed/routing'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import { TrialNoise } from '../../../../src-main/core/emulator/trial-noise'
import { Stream } from '../../../../src-main/core/random/stream'
import { mean, sd } from '../../../../src-main/core/statistics/summary'
import { codes, open, set } from '../chip-on-bench'

const PASS = { mask: 0, target: 0, countDrops: false }

describe('the chip’s own spikes', () => {
  /** columns 0 … 31 fire by offset current; their events reach row 8, whose synapses excite columns 100 … 131 */
  function looped(open8: boolean): ChipPort {
    const port = open(8, 0)
    const first = Uint8Array.from({ length: 512 }, (_, n) => (n < 32 ? 1 : 0))
    port.writeSwitches({
      offsetCurrent: first,
      threshold: new Uint8Array(512).fill(1),
      inputExc: new Uint8Array(512).fill(1)
    })
    port.writeNeuron('offsetCurrent', codes(260))
    const modes = new Int8Array(256)
    modes[0] = 1
    port.routing.writeRowModes('top', modes)
    port.writeWeights(
      'top',
      0,
      Uint8Array.from({ length: 256 }, (_, c) => (c >= 100 && c < 132 ? 63 : 0))
    )
    // address 5 on output 0: driver position 0, synapse label 5
    port.routing.writeNeuronAddresses(new Uint8Array(512).fill(5))
    port.routing.writeLabels('top', 0, new Uint8Array(256).fill(5))
    if (open8) port.routing.writeCrossbarNode(0, 0, PASS)
    return port
  }

  it('make other neurons fire through the crossbar, and only through it', () => {
    const fired = (port: ChipPort): Map<number, number[]> => {
      const { spikes } = port.run({ durationUs: 60, spikes: true })
      const byNeuron = new Map<number, number[]>()
      spikes.neuron.forEach((n, k) => byNeuron.set(n, [...(byNeuron.get(n) ?? []), spikes.timeUs[k]]))
      return byNeuron
    }
    const closed = fired(looped(false))
    expect([...closed.keys()].every((n) => n < 32)).toBe(true)
    const looping = fired(looped(true))
    const followers = [...looping.keys()].filter((n) => n >= 100 && n < 132)
    expect(followers.length).toBe(32)
    expect([...looping.keys()].every((n) => n < 32 || (n >= 100 && n < 132))).toBe(true)
  })

  it('take 1.0 ± 0.1 us to the synapses, and never less than a window of the walk', () => {
    const synapses = emptySynapses()
    const draw = drawChip(1, 0)
    const routing = new Routing(draw, synapses, new Stream(1), () => undefined)
    routing.writeCrossbarNode(0, 4, PASS)
    const dispatch = new Dispatch(draw, synapses, routing, new TrialNoise(3))
    // few enough at once for the bus's buffer
    const delays = Array.from({ length: 400 }, (_, repeat) => {
      dispatch.begin(repeat, 100, [], [])
      for (let k = 0; k < 50; k++) dispatch.spike(k % 32, 7)
      return Array.from(dispatch.times(), (t) => t - 7)
    }).flat()
    expect(delays.length).toBe(20000)
    expect(Math.abs(mean(delays) - 1)).toBeLessThan((4 * 0.1) / Math.sqrt(20000))
    expect(Math.abs(sd(delays) / 0.1 - 1)).toBeLessThan(4 / Math.sqrt(40000))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(SHORTEST_LOOP_US - 1e-9)
  })

  it('come back after that time on the membrane', () => {
    // one neuron fires once; the synapse's answer is seen on the other's membrane
    const port = open(8, 0)
    set(port, { inputExc: 1 })
    port.writeSwitches({ threshold: Uint8Array.from({ length: 512 }, (_, n) => (n === 0 ? 1 : 0)) })
    port.writeRowSigns('top', new Int8Array(256).fill(1, 0, 6))
    for (const row of [2, 3, 4, 5]) {
      port.writeWeights(
        'top',
        row,
        Uint8Array.from({ length: 256 }, (_, c) => (c === 0 ? 63 : 0))
      )
    }
    port.writeWeights(
      'top',
      0,
      Uint8Array.from({ length: 256 }, (_, c) => (c === 200 ? 63 : 0))
    )
    port.routing.writeLabels('top', 0, new Uint8Array(256).fill(5))
    port.routing.writeNeuronAddresses(new Uint8Array(512).fill(5))
    port.routing.writeCrossbarNode(0, 0, PASS)
    port.writeNeuron('synapticGainExc', codes(1000))
    // currents at 2 µs, so that the spike comes quickly; the answer is a kink of neuron 200, met by fine reads
    const times = Array.from({ length: 60 }, (_, k) => 2 + 0.1 * k)
    const repeats = 60
    const { columnReads, spikes } = port.run({
      durationUs: 9,
      repeats,
      spikes: true,
      columnReads: times,
      events: [2, 3, 4, 5].flatMap((row) => [0, 1, 2].map(() => ({ timeUs: 2, array: 'top' as const, row })))
    })
    const { membranes } = inspect(port)
    const slope = membranes.gainExc[200] * 63
    const delays: number[] = []
    spikes.timeUs.forEach((timeUs, k) => {
      if (spikes.neuron[k] !== 0 || timeUs > 4) return
      // V rises as slope · t · e^(−t / tau): its size 1.5 … 3.5 µs after the spike tells when it began
      const values: number[] = []
      times.forEach((t, index) => {
        const since = t - timeUs
        if (since < 1.5 || since > 3.5) return
        const base = mean(
          times.slice(0, 5).map((_, j) => columnReads[(spikes.repeat[k] * times.length + j) * 512 + 200])
        )
        const v = columnReads[(spikes.repeat[k] * times.length + index) * 512 + 200] - base
        let [low, high] = [0, 6]
        for (let step = 0; step < 40; step++) {
          const middle = (low + high) / 2
          if (slope * middle * Math.exp(-middle / membranes.tauMem[200]) < v) low = middle
          else high = middle
        }
        values.push(since - low)
      })
      delays.push(mean(values))
    })
    expect(delays.length).toBeGreaterThan(40)
    // each is read through membrane noise and a converter of 1 LSB; slope is some 10 LSB / µs
    expect(Math.abs(mean(delays) - 1)).toBeLessThan(0.06)
    expect(sd(delays)).toBeLessThan(0.3)
  })

  it('are counted in 8 bits with an overflow flag, lost events included', () => {
    const port = looped(false)
    port.routing.enableSpikeCounters(true)
    port.run({ durationUs: 400 })
    const { count, overflow } = port.routing.readSpikeCounters()
    expect(count[0]).toBeGreaterThan(20)
    expect(count[200]).toBe(0)
    expect(overflow[0]).toBe(0)
    port.run({ durationUs: 400, repeats: 20 })
    expect(port.routing.readSpikeCounters().overflow[0]).toBe(1)
    port.routing.resetSpikeCounters()
    expect(port.routing.readSpikeCounters().count[0]).toBe(0)
  })

  it('are the same by either path where none comes back', () => {
    // the node passes neuron output 7 only, whose columns are silent
    const plain = looped(false)
    const windowed = looped(false)
    windowed.routing.writeCrossbarNode(7, 3, PASS)
    const rates = [plain, windowed].map((port) => {
      const { spikes, hostEvents } = port.run({ durationUs: 400, repeats: 3, spikes: true, columnReads: [390] })
      return { count: spikes.neuron.length, host: hostEvents?.timeUs.length }
    })
    expect(rates[0].count).toBeGreaterThan(1000)
    expect(Math.abs(rates[1].count / rates[0].count - 1)).toBeLessThan(0.02)
    expect(rates[0].host).toBeUndefined()
    // the host hears each spike by the crossbar, too; the recording's spikes have lost 0.2 %
    expect(Math.abs((rates[1].host ?? 0) / rates[1].count - 1.002)).toBeLessThan(0.006)
  })
})
