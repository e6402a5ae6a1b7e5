// The event router against the facts of silicon (halco v3, haldls): which nodes exist, who takes which event.
import { describe, expect, it } from 'vitest'
import { busOf, drawDrivers, driverQuadrant, matches } from '../../../src-main/core/chip/hicann-x/drivers'
import { NoiseGenerator, SILENT_SOURCE } from '../../../src-main/core/chip/hicann-x/noise-sources'
import {
  Crossbar,
  fromHost,
  neuronLabel,
  neuronOutput,
  nodeExists,
  onBus
} from '../../../src-main/core/chip/hicann-x/router'
import { mean, sd } from '../../../src-main/core/statistics/summary'

const INPUTS = Array.from({ length: 20 }, (_, k) => k)
const OUTPUTS = Array.from({ length: 12 }, (_, k) => k)
const reached = (input: number): number[] => OUTPUTS.filter((output) => nodeExists(input, output))

describe('the crossbar', () => {
  it('has 76 nodes', () => {
    expect(INPUTS.flatMap(reached).length).toBe(76)
  })

  it('lets each input reach what halco lists', () => {
    // written out: neuron outputs, FPGA links, noise sources
    const table: Record<number, number[]> = {
      0: [0, 4, 8],
      1: [1, 5, 9],
      2: [2, 6, 10],
      3: [3, 7, 11],
      4: [0, 4, 8],
      5: [1, 5, 9],
      6: [2, 6, 10],
      7: [3, 7, 11],
      8: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      9: [0, 1, 2, 3, 4, 5, 6, 7, 9],
      10: [0, 1, 2, 3, 4, 5, 6, 7, 10],
      11: [0, 1, 2, 3, 4, 5, 6, 7, 11],
      12: [0, 8],
      13: [1, 9],
      14: [2, 10],
      15: [3, 11],
      16: [4, 8],
      17: [5, 9],
      18: [6, 10],
      19: [7, 11]
    }
    for (const input of INPUTS) expect(reached(input)).toEqual(table[input])
    const crossbar = new Crossbar()
    for (const input of INPUTS) {
      for (const output of OUTPUTS) expect(crossbar.node(input, output) !== null).toBe(table[input].includes(output))
    }
  })

  it('passes an event exactly if the masked label equals the target, and counts', () => {
    const crossbar = new Crossbar()
    const cases = [
      // mask, target, label, passes
      [0, 0, 0x3fff, true],
      [0, 1, 0, false],
      [0x3fff, 0x1234, 0x1234, true],
      [0x3fff, 0x1234, 0x1235, false],
      [0x00c0, 0x0040, 0x3f7f, true],
      [0x00c0, 0x0040, 0x3fff, false],
      [0x2000, 0x2000, 0x1fff, false],
      [0x2000, 0x2000, 0x2000, true]
    ] as const
    let [passed, dropped] = [0, 0]
    for (const [mask, target, label, passes] of cases) {
      crossbar.write(9, 6, { mask, target, countDrops: true })
      const outputs: number[] = []
      crossbar.route(9, label, (output) => outputs.push(output))
      expect(outputs).toEqual(passes ? [6] : [])
      if (passes) passed++
      else dropped++
      expect(crossbar.passed[6]).toBe(passed)
      expect(crossbar.dropped[9]).toBe(dropped)
    }
    crossbar.resetCounters()
    expect([...crossbar.passed, ...crossbar.dropped].every((x) => x === 0)).toBe(true)
  })

  it('at power-up sends neurons to the host and nothing to synapses', () => {
    const crossbar = new Crossbar()
    for (const input of INPUTS) {
      const outputs: number[] = []
      crossbar.route(input, 0x2a5, (output) => outputs.push(output))
      expect(outputs).toEqual(input < 8 ? [8 + (input % 4)] : [])
      expect(crossbar.reachesSynapses(input)).toBe(false)
    }
  })
})

describe('labels', () => {
  it('are cut as the chip cuts them', () => {
    expect(fromHost(0xffff)).toEqual({ input: 11, label: 0x3fff })
    expect(fromHost(0x4001)).toEqual({ input: 9, label: 1 })
    expect(onBus(0b10110_010101)).toEqual({ row: 0b10110, synapse: 0b010101 })
    // bits above 10 mean nothing on a bus
    expect(onBus(0x3fff)).toEqual({ row: 31, synapse: 63 })
    expect(neuronLabel(255, 0xab)).toBe(0x7ab)
    expect(neuronLabel(256 + 33, 1)).toBe(0x101)
  })

  it('of neurons come from 8 outputs, each for 32 columns of both rows', () => {
    const served = new Array<number>(8).fill(0)
    for (let n = 0; n < 512; n++) {
      served[neuronOutput(n)]++
      expect(neuronOutput(n)).toBe(neuronOutput((n + 256) % 512))
    }
    expect(served).toEqual(new Array(8).fill(64))
  })
})

describe('a driver', () => {
  it('takes the row addresses that equal its position where the mask asks', () => {
    for (const d of [0, 3, 4, 63, 64, 101, 127]) {
      const position = (d - (d % 4)) / 4
      for (let mask = 0; mask < 32; mask++) {
        for (let row = 0; row < 32; row++) {
          // bit by bit
          const takes = [0, 1, 2, 3, 4].every((bit) => {
            const asks = Math.floor(mask / 2 ** bit) % 2 === 1
            return !asks || Math.floor(row / 2 ** bit) % 2 === Math.floor(position / 2 ** bit) % 2
          })
          expect(matches(d, mask, row)).toBe(takes)
        }
      }
    }
    // with the full mask one driver of a bus takes each address
    for (let bus = 0; bus < 4; bus++) {
      for (let row = 0; row < 32; row++) {
        const takers = Array.from({ length: 128 }, (_, d) => d).filter((d) => busOf(d) === bus && matches(d, 31, row))
        expect(takers).toEqual([4 * row + bus])
      }
    }
  })

  it('is biased by the quadrant of its parity, and differs by 5 % where plastic', () => {
    expect([0, 1, 2, 127].map((d) => driverQuadrant(1, d))).toEqual([2, 3, 2, 3])
    const logs = Array.from({ length: 20 }, (_, seed) => [0, 1].map((h) => drawDrivers(seed, 1, h as 0 | 1)))
      .flat()
      .flatMap((values) => Array.from(values, Math.log))
    // 5120 drivers tell a standard deviation to 1 %: four of those
    expect(Math.abs(sd(logs) / 0.05 - 1)).toBeLessThan(4 / Math.sqrt(2 * logs.length))
    expect(Math.abs(mean(logs))).toBeLessThan((4 * 0.05) / Math.sqrt(logs.length))
    expect([...drawDrivers(3, 0, 0)].every((x) => x === 1)).toBe(true)
  })
})

describe('a noise source', () => {
  const emitted = (settings: Partial<typeof SILENT_SOURCE>, us: number): { times: number[]; labels: number[] } => {
    const [times, labels]: [number[], number[]] = [[], []]
    new NoiseGenerator({ ...SILENT_SOURCE, on: true, ...settings }).emit(us, (t, label) => {
      times.push(t)
      labels.push(label)
    })
    return { times, labels }
  }

  it('is regular: one event a period, the first after a full one', () => {
    const { times, labels } = emitted({ period: 125, label: 77, mask: 255, rate: 3 }, 5)
    expect(times).toEqual([1, 2, 3, 4, 5])
    expect(labels).toEqual([77, 77, 77, 77, 77])
    expect(emitted({ on: false, period: 125 }, 5).times).toEqual([])
  })

  it('is Poisson in bins: rate / 255 an event and period, geometric intervals', () => {
    const period = 25
    for (const rate of [1, 32, 128]) {
      const p = rate / 255
      const bins = 200000
      const { times } = emitted({ poisson: true, period, rate, seed: 9 }, (bins * period) / 125)
      expect(Math.abs(times.length - bins * p)).toBeLessThan(4 * Math.sqrt(bins * p * (1 - p)))
      const gaps = times.slice(1).map((t, k) => t - times[k])
      // geometric: mean 1 / p bins, coefficient of variation sqrt(1 − p)
      const cv = sd(gaps) / mean(gaps)
      expect(Math.abs(cv - Math.sqrt(1 - p))).toBeLessThan(4 / Math.sqrt(gaps.length))
    }
    expect(emitted({ poisson: true, period, rate: 0 }, 1000).times).toEqual([])
    expect(emitted({ poisson: true, period, rate: 255 }, 2).times.length).toBe(10)
  })

  it('randomises the masked bits only, and repeats for a seed', () => {
    const { labels } = emitted({ poisson: true, rate: 255, label: 0x3f05, mask: 0xf0, seed: 4 }, 100)
    expect(labels.every((label) => (label & ~0xf0) === 0x3f05)).toBe(true)
    const counts = new Array<number>(16).fill(0)
    for (const label of labels) counts[(label >> 4) & 15]++
    const expected = labels.length / 16
    for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected))
    expect(emitted({ poisson: true, rate: 90, seed: 4 }, 10)).toEqual(emitted({ poisson: true, rate: 90, seed: 4 }, 10))
    expect(emitted({ poisson: true, rate: 90, seed: 5 }, 10)).not.toEqual(
      emitted({ poisson: true, rate: 90, seed: 4 }, 10)
    )
  })
})
