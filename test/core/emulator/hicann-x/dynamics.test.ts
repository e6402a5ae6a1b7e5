// The complete neuron as programs see it: written and measured through the port.
import { describe, expect, it } from 'vitest'
import type { ChipPort, DynamicsSwitches } from '../../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../../src-main/core/emulator/hicann-x/index'
import { latchingCircuits } from '../../../../src-main/core/emulator/hicann-x/written/quirks'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import { mean, median } from '../../../../src-main/core/statistics/summary'
import { solo } from '../../../../src-main/core/kernels/team'
import { kernelsForTest } from '../../kernels/load'
import { alive, codes, column, open, set, spread } from '../chip-on-bench'
import { placementOf, SHAPE } from '../network/network-source'

const only = (neurons: readonly number[], value = 1): Uint8Array => {
  const out = new Uint8Array(512)
  for (const n of neurons) out[n] = value
  return out
}
const spikesOf = (port: ChipPort, neurons: readonly number[], durationUs: number): Map<number, number[]> => {
  const { spikes } = port.run({ durationUs, spikes: true })
  const times = new Map(neurons.map((n) => [n, [] as number[]]))
  spikes.neuron.forEach((n, k) => times.get(n)?.push(spikes.timeUs[k]))
  return times
}
const intervals = (times: number[]): number[] => times.slice(1).map((t, k) => t - times[k])
/** leak over threshold: every circuit fires by itself */
function firing(port: ChipPort): void {
  port.writeNeuron('leak', spread(960))
  port.writeNeuron('threshold', spread(330))
  set(port, { threshold: 1, refractory: 40 })
}

describe('a fresh chip', () => {
  it('is the same to the last bit whether the further parts are written or not, while they are off', () => {
    const run = (write: boolean): unknown => {
      const port = open()
      firing(port)
      if (write) {
        port.writeNeuron('adaptationA', codes(900))
        port.writeNeuron('exponentialThreshold', codes(100))
        port.writeDynamics({ invertA: only([1, 2]), conductanceRange: only([3], 2), somaRight: only([4]) })
      }
      return port.run({ durationUs: 40, columnReads: [3, 39], spikes: true })
    }
    expect(run(true)).toEqual(run(false))
  })

  it('refuses what its cells and switches cannot take', () => {
    const port = open()
    expect(() => port.writeNeuron('cobaGainExc', codes(1023))).toThrow(/cobaGainExc.*0 … 1022/)
    expect(() => port.writeDynamics({ holdOff: only([7], 16) })).toThrow(/holdOff.*entry 7.*0 … 15/)
    expect(() => port.writeRefractoryClocks({ slowScale: 16, fastScale: 0 })).toThrow(/slow clock.*0 … 15/)
    port.writeNeuron('interCompartment', codes(77))
    expect(port.readNeuron('interCompartment')[8]).toBe(77)
  })
})

describe('refractory clocks', () => {
  it('give counter / f on the clock that the circuit takes', () => {
    const port = open()
    firing(port)
    const neurons = alive(port)
    const slowOnes = neurons.filter((n) => n % 2 === 0)
    port.writeDynamics({ fastClock: only(neurons.filter((n) => n % 2 === 1)) })
    port.writeRefractoryClocks({ slowScale: 6, fastScale: 2 })
    const { circuits } = inspect(port)
    for (const n of neurons) {
      expect(circuits.refractory[n]).toBeCloseTo((40 * 2 ** ((n % 2 === 0 ? 6 : 2) + 1)) / 250, 12)
    }
    const times = spikesOf(port, neurons, 400)
    const isi = (list: number[]): number => median(list.map((n) => median(intervals(times.get(n) ?? []))))
    const fastOnes = neurons.filter((n) => n % 2 === 1)
    // the rise from reset to threshold is the same for both: the difference is the clocks'
    expect(Math.abs(isi(slowOnes) - isi(fastOnes) - (20.48 - 1.28))).toBeLessThan(0.6)
  })

  it('free the membrane during the hold-off: shorter intervals of the same refractory period', () => {
    const port = open(5, 0)
    firing(port)
    const neurons = [3, 40, 300]
    const before = spikesOf(port, neurons, 400)
    // register 2: 27 of 40 cycles are free
    port.writeDynamics({ holdOff: only(neurons, 2) })
    port.writeNeuron('leak', codes(960))
    const { circuits } = inspect(port)
    for (const n of neurons) {
      const [held, free] = [before.get(n) ?? [], spikesOf(port, neurons, 400).get(n) ?? []].map((t) =>
        mean(intervals(t))
      )
      expect(held - free).toBeGreaterThan(0.5)
      // a single period is off by up to a cycle, evenly; 400 us hold more than 20 of them
      const few = (4 * circuits.refractoryCycle[n]) / Math.sqrt(3 * 20)
      expect(free).toBeGreaterThanOrEqual(circuits.refractory[n] - few)
    }
  })
})

describe('adaptation', () => {
  it('lengthens the intervals of a burst, and slows the neuron down for good', () => {
    const port = open()
    firing(port)
    const neurons = alive(port).slice(0, 24)
    const plain = spikesOf(port, neurons, 300)
    port.writeDynamics({ adaptation: only(neurons) })
    port.writeNeuron('adaptationB', codes(800))
    port.writeNeuron('adaptationA', codes(0))
    const adapted = spikesOf(port, neurons, 300)
    const slower = neurons.filter((n) => (adapted.get(n)?.length ?? 0) < (plain.get(n)?.length ?? 0))
    expect(slower.length).toBe(neurons.length)
    // with the sign of b turned, each spike helps the next; weakly, or the membrane stays above its threshold for good
    port.writeDynamics({ invertB: only(neurons) })
    port.writeNeuron('adaptationB', codes(60))
    const helped = spikesOf(port, neurons, 300)
    expect(neurons.every((n) => (helped.get(n)?.length ?? 0) > (plain.get(n)?.length ?? 0))).toBe(true)
  })
})

describe('the exponential current', () => {
  it('makes a neuron fire whose membrane alone would never reach the threshold', () => {
    const port = open()
    const neurons = alive(port).slice(0, 24)
    port.writeNeuron('threshold', spread(450))
    port.writeNeuron('leak', spread(800))
    set(port, { threshold: 1 })
    expect(port.run({ durationUs: 200, spikes: true }).spikes.neuron.length).toBe(0)
    port.writeDynamics({ exponential: only(neurons) })
    port.writeNeuron('exponentialThreshold', codes(280))
    const times = spikesOf(port, neurons, 200)
    expect(neurons.filter((n) => (times.get(n)?.length ?? 0) > 2).length).toBeGreaterThan(20)
  })
})

describe('conductance-based inputs', () => {
  /** amplitudes against resting potentials, MADC LSB, per neuron; the measurement of calix tests/hw/py/test_neuron_coba.py */
  function fits(port: ChipPort, excitatory: boolean, neurons: readonly number[]): { slope: number; zero: number }[] {
    port.writeRowSigns('top', new Int8Array(256).fill(excitatory ? 1 : -1))
    port.writeRowSigns('bottom', new Int8Array(256).fill(excitatory ? 1 : -1))
    for (const row of [0, 1, 2, 3]) {
      port.writeWeights('top', row, new Uint8Array(256).fill(32))
      port.writeWeights('bottom', row, new Uint8Array(256).fill(32))
    }
    const events = [0, 1, 2, 3].map((row) => ({ timeUs: 15, array: 'both' as const, row }))
    const points = neurons.map(() => ({ x: [] as number[], y: [] as number[] }))
    for (const leak of excitatory ? [50, 80, 110, 140, 160] : [90, 110, 130, 160]) {
      port.writeNeuron('leak', spread(Math.round(629 + (leak - 80) / 0.27)))
      const { traces, traceSamples } = port.run({
        durationUs: 90,
        events,
        trace: { source: 'membrane', fromUs: 0, toUs: 90, neurons }
      })
      points.forEach(({ x, y }, k) => {
        // samples are averaged over 0.3 µs, or the largest of 2600 would measure the noise
        const trace = traces.subarray(k * traceSamples, (k + 1) * traceSamples)
        const smooth = Array.from({ length: Math.floor(trace.length / 9) }, (_, i) =>
          mean([...trace.subarray(9 * i, 9 * i + 9)])
        )
        const valid = smooth.slice(30)
        const rest = mean(smooth.slice(-40))
        const peak = excitatory ? Math.max(...valid) : Math.min(...valid)
        x.push(rest)
        y.push(excitatory ? peak - rest : rest - peak)
      })
    }
    return points.map(({ x, y }) => {
      const [mx, my] = [mean(x), mean(y)]
      const slope =
        x.reduce((sum, v, k) => sum + (v - mx) * (y[k] - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0)
      return { slope, zero: mx - my / slope }
    })
  }

  const share = (
    values: { slope: number; zero: number }[],
    good: (v: { slope: number; zero: number }) => boolean
  ): number => values.filter(good).length / values.length

  it('lose their strength towards the reversal potential; current-based ones do not', () => {
    const port = open()
    set(port, { inputExc: 1, inputInh: 1 })
    // the input references are matched, as a calibration leaves them: the offsets would be modulated, too
    const { circuit, quadrant } = inspect(port).draw
    const matched = (own: Float64Array): Uint16Array =>
      own
        .map((x, n) => (310 - x) / quadrant.voltageGain[(n >> 8) * 2 + ((n >> 7) & 1)])
        .reduce((out, x, n) => {
          out[n] = Math.max(0, Math.min(1022, Math.round(x)))
          return out
        }, new Uint16Array(512))
    port.writeNeuron('synapticReferenceExc', matched(circuit.referenceExc))
    port.writeNeuron('synapticReferenceInh', matched(circuit.referenceInh))
    port.writeNeuron('leakBias', spread(80))
    const neurons = alive(port).filter((_, k) => k % 9 === 0)
    const based = (on: Partial<DynamicsSwitches>): void => port.writeDynamics(on)

    for (const excitatory of [true, false]) {
      for (const { slope } of fits(port, excitatory, neurons)) expect(Math.abs(slope)).toBeLessThan(8 / 100)
    }
    based({ cobaExc: only(neurons), cobaInh: only(neurons) })
    const exc = fits(port, true, neurons)
    const inh = fits(port, false, neurons)
    expect(share(exc, ({ slope }) => slope < -5 / 100)).toBeGreaterThanOrEqual(0.9)
    expect(share(inh, ({ slope }) => slope > 10 / 100)).toBeGreaterThanOrEqual(0.9)
    expect(share(exc, ({ zero }) => zero > 650 && zero < 1500)).toBeGreaterThanOrEqual(0.9)
    expect(share(inh, ({ zero }) => zero > 0 && zero < 330)).toBeGreaterThanOrEqual(0.9)
  })
})

describe('connected membranes', () => {
  it('take a common rest and level out through the inter-compartment conductance', () => {
    const port = open(5, 0)
    const pair = [20, 21]
    port.writeNeuron(
      'leak',
      Uint16Array.from({ length: 512 }, (_, n) => (n === 20 ? 700 : 560))
    )
    const apart = column(port.run({ durationUs: 60, repeats: 50, columnReads: [50] }).columnReads, 20)
    port.writeDynamics({ conductance: only([20]), somaRight: only([20]), somaLine: only([21]) })
    const { columnReads } = port.run({ durationUs: 60, repeats: 50, columnReads: [50] })
    const [a, b] = pair.map((n) => mean(column(columnReads, n)))
    const [leakA, leakB] = pair.map((n) => inspect(port).circuits.leak[n])
    const { tauMem } = inspect(port).circuits
    // g_leak and g_icc in series: the difference shrinks by 1 / (1 + 2 g_icc / g_leak), tau_icc is 3 µs at code 500
    const expected = (leakA - leakB) / (1 + (2 * tauMem[20]) / 3)
    expect(Math.abs(a - b - expected)).toBeLessThan(1)
    expect(Math.abs((a + b) / 2 - (leakA + leakB) / 2)).toBeLessThan(1)
    expect(mean(apart)).toBeGreaterThan(a + 5)
  })

  it('carry a synaptic event on, smaller and later', () => {
    const port = open(5, 0)
    set(port, { inputExc: 1 })
    port.writeRowSigns('top', new Int8Array(256).fill(1))
    const weights = new Uint8Array(256)
    weights[20] = 63
    port.writeWeights('top', 0, weights)
    const chain = [20, 21, 22, 23]
    port.writeDynamics({
      conductance: only([20, 21, 22]),
      somaRight: only([20, 21, 22]),
      somaLine: only([23])
    })
    port.writeNeuron('leak', codes(629))
    const events = Array.from({ length: 6 }, (_, k) => ({ timeUs: 20 + k / 10, array: 'top' as const, row: 0 }))
    const at = Array.from({ length: 120 }, (_, k) => 15 + k * 0.5)
    const { columnReads } = port.run({ durationUs: 80, repeats: 30, events, columnReads: at })
    const traces = chain.map((n) =>
      at.map((_, k) => mean(Array.from({ length: 30 }, (_, r) => columnReads[(r * at.length + k) * 512 + n])))
    )
    const peaks = traces.map((trace) => Math.max(...trace) - mean(trace.slice(0, 8)))
    expect(peaks[0]).toBeGreaterThan(peaks[3] + 1)
    const when = traces.map((trace) => at[trace.indexOf(Math.max(...trace))])
    expect(when[3]).toBeGreaterThan(when[0])
  })

  it('are not there for networks, which say so', () => {
    const port = open()
    port.writeDynamics({ vertical: only([9]) })
    const kernels = kernelsForTest()
    expect(() => port.network.open(kernels, solo, SHAPE, placementOf())).toThrow(/circuit 9 has .* switch them back/)
  })
})

describe('quirks', () => {
  const odd = (): ChipPort => openChip({ seed: 5, mismatch: 1, trialSeed: 1, quirks: true })

  it('glitch where the refractory counter is small, and never from 30 cycles on', () => {
    const shortest = (counter: number): number[] => {
      const port = odd()
      firing(port)
      set(port, { refractory: counter })
      const neurons = alive(port).slice(0, 60)
      const times = spikesOf(port, neurons, 400)
      const { refractory } = inspect(port).circuits
      return neurons.map((n) => Math.min(...intervals(times.get(n) ?? []), Infinity) - refractory[n])
    }
    expect(shortest(8).some((rest) => rest < 0)).toBe(true)
    expect(shortest(30).every((rest) => rest >= 0)).toBe(true)
  })

  it('latch a few comparators while the threshold is swept, until a reset', () => {
    const sticky: number[] = []
    let seed = 0
    while (sticky.length === 0) latchingCircuits(++seed, 1).forEach((can, n) => can && sticky.push(n))
    const port = openChip({ seed, mismatch: 1, trialSeed: 1, quirks: true })
    const able = alive(port)
    firing(port)
    set(port, { threshold: 1, refractory: 40 })
    port.writeNeuron('threshold', spread(330))
    const silent = (): number[] => {
      const times = spikesOf(port, able, 300)
      return sticky.filter((n) => able.includes(n) && times.get(n)?.length === 0)
    }
    expect(silent()).toEqual(sticky.filter((n) => able.includes(n)))
    port.run({ durationUs: 20, forcedReset: { fromUs: 0, toUs: 10 } })
    expect(silent()).toEqual([])
  })
})
