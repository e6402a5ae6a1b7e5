// The oscilloscope against what must hold on an ideal chip: closed forms of the membrane, and conservation of events.
import { describe, expect, it } from 'vitest'
import { applySettings, defaultSettings } from '../../../src-main/core/calibration/settings'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { checkScope, type ScopeRequest } from '../../../src-main/core/scope/request'
import { takeTrace } from '../../../src-main/core/scope/session'
import { eventTimes, rowsUsed } from '../../../src-main/core/scope/stimulus'
import { mean, sd } from '../../../src-main/core/statistics/summary'

const REQUEST: ScopeRequest = {
  neuron: 300,
  converter: 'fast',
  source: 'membrane',
  durationUs: 200,
  stimulus: 'silent',
  rateKHz: 100,
  events: 5,
  weight: 40,
  sign: 'exc',
  rows: 1,
  reach: 'all',
  offsetCurrent: 0,
  leakShift: 0,
  address: 0,
  seed: 1
}

function chip(mismatch = 0): ChipPort {
  const port = openChip({ seed: 1, mismatch, trialSeed: 1 })
  applySettings(port, defaultSettings())
  return port
}

const trace = (change: Partial<ScopeRequest> = {}, mismatch = 0) => takeTrace(chip(mismatch), { ...REQUEST, ...change })

describe('a silent membrane', () => {
  it('rests at its leak, on both converters, with the noise of each', () => {
    const fast = trace()
    const valid = [...fast.samples.subarray(fast.invalid)]
    // leak 80 column counts; write noise and crosstalk move it by a few
    const rest = (mean(valid) - 70) / 2.93
    expect(Math.abs(rest - 80)).toBeLessThan(5)
    const column = trace({ converter: 'column' })
    expect(Math.abs(mean([...column.samples]) - rest)).toBeLessThan(3)
    expect(sd([...column.samples])).toBeLessThan(3)
    expect(column.invalid).toBe(0)
    expect(column.stepUs).toBe(1.7)
  })

  it('marks the fast converter’s first 8 us, which lie before time 0', () => {
    const { samples, invalid, startUs, stepUs } = trace()
    expect(startUs).toBe(-8)
    expect(startUs + invalid * stepUs).toBeGreaterThanOrEqual(0)
    expect(startUs + (invalid - 1) * stepUs).toBeLessThan(0)
    expect(sd([...samples.subarray(0, invalid)])).toBeGreaterThan(50)
    expect(startUs + samples.length * stepUs).toBeGreaterThan(199.9)
  })
})

describe('the response to one event', () => {
  it('has the shape of two exponentials of equal time constants: it peaks one tau after the event', () => {
    const { samples, invalid, startUs, stepUs, events } = trace({ stimulus: 'burst', events: 1, weight: 60, rows: 1 })
    expect([...events]).toEqual([50])
    const at = (us: number): number => {
      const k = Math.round((us - startUs) / stepUs)
      return mean([...samples.subarray(k - 10, k + 11)])
    }
    const rest = mean([...samples.subarray(invalid, Math.round((49 - startUs) / stepUs))])
    const peak = at(56) - rest
    expect(peak).toBeGreaterThan(20)
    // tau = 6 us for both: v(t) is proportional to t exp(-t / tau)
    for (const t of [2, 12, 18]) {
      const expected = (t / 6) * Math.exp(1 - t / 6)
      expect(Math.abs((at(50 + t) - rest) / peak - expected)).toBeLessThan(0.15)
    }
  })

  it('is turned over by the sign, and grows with the rows', () => {
    const height = (change: Partial<ScopeRequest>): number => {
      const { samples, invalid, startUs, stepUs } = trace({ stimulus: 'burst', events: 1, weight: 15, ...change })
      const k = Math.round((56 - startUs) / stepUs)
      return mean([...samples.subarray(k - 15, k + 16)]) - mean([...samples.subarray(invalid, invalid + 1000)])
    }
    const one = height({})
    expect(height({ sign: 'inh' })).toBeLessThan(-0.6 * one)
    expect(height({ rows: 4 }) / one).toBeGreaterThan(2.5)
  })

  it('reaches the chosen neuron alone where asked, and leaves it alone at weight 0', () => {
    const fires = { stimulus: 'burst', events: 20, rateKHz: 1000, weight: 63, rows: 4 } as const
    expect(new Set(trace({ ...fires, reach: 'neuron' }).spikes.neuron)).toEqual(new Set([300]))
    expect(trace({ ...fires, weight: 0 }).spikes.neuron.length).toBe(0)
    expect([...trace(fires).counted.count].every((spikes) => spikes > 0)).toBe(true)
  })
})

describe('events', () => {
  it('are counted where they pass: stimulus on both buses, the marker, and the neurons’ own on the way to the host', () => {
    const { crossbar, counted, events, spikes } = trace({ stimulus: 'regular', rateKHz: 200, weight: 63, rows: 2 })
    if (!crossbar) throw new Error('no crossbar')
    expect(crossbar.nodes.length).toBe(76)
    expect(crossbar.passed[0]).toBe(events.length)
    expect(crossbar.passed[4]).toBe(events.length)
    const own = counted.count.reduce((sum, n) => sum + n, 0)
    expect(counted.overflow.some((o) => o === 1)).toBe(false)
    const left = [8, 9, 10, 11].reduce((sum, output) => sum + crossbar.passed[output], 0)
    expect(left).toBeLessThanOrEqual(own + 1)
    expect(spikes.neuron.length).toBeLessThanOrEqual(own)
    expect(spikes.neuron.length).toBeGreaterThan(0.5 * own)
  })

  it('come at the times that the stimulus says', () => {
    expect(eventTimes({ ...REQUEST, stimulus: 'regular', durationUs: 35 })).toEqual([10, 20, 30])
    expect(eventTimes({ ...REQUEST, stimulus: 'burst', durationUs: 40, rateKHz: 1000, events: 3 })).toEqual([
      10, 11, 12
    ])
    expect(eventTimes(REQUEST)).toEqual([])
    const counts = Array.from({ length: 40 }, (_, seed) => {
      return eventTimes({ ...REQUEST, stimulus: 'poisson', durationUs: 1000, rateKHz: 100, seed }).length
    })
    // 100 events expected, sd 10; the mean of 40 such counts has sd 1.6
    expect(Math.abs(mean(counts) - 100)).toBeLessThan(6)
    expect(Math.abs(sd(counts) - 10)).toBeLessThan(4)
    expect(rowsUsed(5)).toEqual([0, 1, 8, 9, 16])
  })

  it('pull the synaptic line down and let it recover', () => {
    const { samples, invalid, crossbar, axis } = trace({ source: 'lineExc', stimulus: 'burst', events: 1, weight: 63 })
    const valid = [...samples.subarray(invalid)]
    expect(Math.max(...valid) - Math.min(...valid)).toBeGreaterThan(20)
    expect(crossbar).toBeNull()
    expect(axis.millivolts).toBeNull()
  })
})

it('a chip with adaptation on is traced through the crossbar, with the spikes that are in the trace', () => {
  const port = chip()
  port.writeDynamics({ adaptation: new Uint8Array(512).fill(1) })
  port.writeNeuron('adaptationA', new Uint16Array(512))
  port.writeNeuron('adaptationB', new Uint16Array(512).fill(50))
  const { crossbar, spikes, samples } = takeTrace(port, {
    ...REQUEST,
    durationUs: 200,
    leakShift: 393,
    reach: 'neuron'
  })
  // the marker leaves by output 11, the neuron's spikes by output 8 + 300 mod 256 div 32 mod 4
  expect(crossbar?.passed[11]).toBe(1)
  expect(crossbar?.passed[9]).toBeGreaterThanOrEqual(spikes.neuron.length)
  expect(spikes.neuron.length).toBeGreaterThan(1)
  expect(samples.length).toBeGreaterThan(5900)
  expect([...spikes.neuron].every((n) => n === 300)).toBe(true)
})

describe('a neuron without input', () => {
  it('is lifted by an offset current, and fires when its leak lies over the threshold', () => {
    const rest = (change: Partial<ScopeRequest>): number => mean([...trace({ converter: 'column', ...change }).samples])
    expect(trace().spikes.neuron.length).toBe(0)
    const [none, half, full] = [0, 8, 16].map((offsetCurrent) => rest({ offsetCurrent }) - rest({}))
    // 0.1 CADC LSB a us and code into 63 + 3 capacitors; here 10 + 3, and 6 us. A written code is good to 0.5 and more
    expect(none).toBe(0)
    expect(half / (8 * 0.1 * (66 / 13) * 6)).toBeGreaterThan(0.75)
    expect(half / (8 * 0.1 * (66 / 13) * 6)).toBeLessThan(1.25)
    expect(Math.abs(full / half - 2)).toBeLessThan(0.3)
    expect(trace({ offsetCurrent: 60 }).spikes.neuron.length).toBeGreaterThan(512)
    expect(trace({ leakShift: 393 }).spikes.neuron.length).toBeGreaterThan(512)
    expect(new Set(trace({ leakShift: 393, reach: 'neuron' }).spikes.neuron)).toEqual(new Set([300]))
  })

  it('falls in the trace at its own spikes', () => {
    const { samples, startUs, stepUs, spikes } = trace({ leakShift: 350, durationUs: 100 }, 1)
    const mine = [...spikes.timeUs].filter((t, k) => spikes.neuron[k] === 300 && t > 1 && t < 97)
    expect(mine.length).toBeGreaterThan(1)
    for (const t of mine) {
      const [before, after] = [t - 0.3, t + 1.6].map((us) => Math.round((us - startUs) / stepUs))
      expect(samples[before] - samples[after]).toBeGreaterThan(80)
    }
  })
})

describe('a node of the crossbar', () => {
  const stimulated = { ...REQUEST, stimulus: 'regular', durationUs: 100 } as const

  it("passes what the operator's nodes pass, and counts the rest as drops", () => {
    const before = takeTrace(chip(), stimulated).crossbar
    const events = before?.passed[0] ?? 0
    expect(events).toBe(9)
    // the stimulus has label 1: with 2 wanted, nothing passes to the top bus; the bottom one goes on
    const node = { input: 8, output: 0, mask: 0x3fff, target: 2, countDrops: true }
    const { crossbar } = takeTrace(chip(), stimulated, { nodes: [node], sources: [] })
    expect([crossbar?.passed[0], crossbar?.passed[4], crossbar?.dropped[8]]).toEqual([0, events, events])
    expect(crossbar?.nodes).toContainEqual(node)
    expect(crossbar?.nodes).toHaveLength(76)
  })

  it('lets spikes back onto the synapses whose label they carry', () => {
    // only neuron 10 fires; its spikes leave by event output 0 and come back on top bus 0
    const request = {
      ...REQUEST,
      neuron: 10,
      leakShift: 393,
      durationUs: 100,
      reach: 'neuron',
      weight: 30,
      rows: 1
    } as const
    const node = { input: 0, output: 0, mask: 0, target: 0, countDrops: false }
    const open = (address: number, nodes = [node]) => takeTrace(chip(), { ...request, address }, { nodes, sources: [] })
    const closed = open(1, [])
    expect(closed.spikes.neuron.length).toBeGreaterThan(3)
    expect(closed.crossbar?.passed[0]).toBe(0)
    const looped = open(1)
    expect(looped.crossbar?.passed[0]).toBe(looped.counted.count[10])
    // its own excitation makes it faster; with a label that no synapse has it stays as it was
    expect(looped.counted.count[10]).toBeGreaterThan(1.1 * closed.counted.count[10])
    expect(Math.abs(open(2).counted.count[10] - closed.counted.count[10])).toBeLessThan(2)
  })

  it('that does not exist is refused by name', () => {
    const nodes = [{ input: 0, output: 1, mask: 0, target: 0, countDrops: false }]
    expect(() => takeTrace(chip(), stimulated, { nodes, sources: [] })).toThrow(
      /crossbar node 0 to 1: no such node .* 76 places/
    )
  })
})

describe('a noise source', () => {
  const source = { source: 1, on: true, poisson: false, period: 1250, rate: 255, seed: 1, label: 1, mask: 0 }
  const node = { input: 13, output: 1, mask: 0, target: 0, countDrops: false }
  const passed = (nodes: (typeof node)[], sources: (typeof source)[]): number =>
    takeTrace(chip(), REQUEST, { nodes, sources }).crossbar?.passed[1] ?? NaN

  it('sends its events through a node that is open, at its period', () => {
    // 208 us of program, an event every 10 us
    expect(passed([node], [source])).toBe(20)
    expect(passed([], [source])).toBe(0)
    expect(passed([node], [{ ...source, on: false }])).toBe(0)
  })

  it('is Poisson if wanted: as many as its chance says, others with another seed', () => {
    const poisson = { ...source, poisson: true, period: 25, rate: 128 }
    // 1040 periods of 0.2 us, half of them with an event: sd 16
    expect(Math.abs(passed([node], [poisson]) - 1040 * (128 / 255))).toBeLessThan(80)
    expect(passed([node], [{ ...poisson, seed: 2 }])).not.toBe(passed([node], [poisson]))
  })

  it('that is out of range is refused by name', () => {
    expect(() => passed([], [{ ...source, period: 0 }])).toThrow(/period of a noise source/)
  })
})

it('the same request gives the same bits, another seed another trial', () => {
  const request = { stimulus: 'poisson', weight: 50 } as const
  expect(trace(request, 1)).toEqual(trace(request, 1))
  expect(trace({ ...request, seed: 2 }, 1).events).not.toEqual(trace(request, 1).events)
})

it.each<[Partial<ScopeRequest>, string]>([
  [{ neuron: 512 }, 'neuron: 512 given; allowed: whole numbers 0 … 511'],
  [{ weight: 1.5 }, 'weight: 1.5 given; allowed: whole numbers 0 … 63'],
  [{ durationUs: NaN }, 'durationUs: NaN given; allowed: 1 … 1000 us'],
  [{ converter: 'column', source: 'lineInh' }, 'source: lineInh given with the column converter']
])('%o is refused in one line', (change, line) => {
  expect(() => checkScope({ ...REQUEST, ...change }, 512)).toThrow(line)
})
