// What the chip does in a program: traces, synaptic events, spikes.
import { describe, expect, it } from 'vitest'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import { mean, sd } from '../../../../src-main/core/statistics/summary'
import { alive, codes, open, set, spread } from '../chip-on-bench'

describe('traces', () => {
  /** least squares of a decaying exponential through its logarithm */
  function timeConstant(samples: number[], stepUs: number): number {
    const logs = samples.map(Math.log)
    const x = logs.map((_, k) => k * stepUs)
    const [mx, my] = [mean(x), mean(logs)]
    let [sxy, sxx] = [0, 0]
    x.forEach((t, k) => {
      sxy += (t - mx) * (logs[k] - my)
      sxx += (t - mx) ** 2
    })
    return -sxx / sxy
  }

  it('decay with tauMem after the offset current is switched off', () => {
    const port = open()
    port.writeNeuron('offsetCurrent', spread(90))
    set(port, { offsetCurrent: 1 })
    const neurons = alive(port).slice(0, 40)
    const recording = port.run({
      durationUs: 140,
      offsetCurrent: { fromUs: 0, toUs: 100 },
      trace: { source: 'membrane', fromUs: 90, toUs: 140, neurons }
    })
    const { circuits, membranes } = inspect(port)
    const step = recording.traceStepUs
    neurons.forEach((n, index) => {
      const trace = Array.from(
        recording.traces.subarray(index * recording.traceSamples).subarray(0, recording.traceSamples)
      )
      const rest = 70 + 2.93 * membranes.leak[n]
      const from = Math.round(10.2 / step)
      const samples = trace.slice(from, from + Math.round(circuits.tauMem[n] / step)).map((x) => x - rest)
      expect(Math.abs(timeConstant(samples, step) / circuits.tauMem[n] - 1)).toBeLessThan(0.06)
    })
  })

  it('of a line fall with an event and recover with tauSyn', () => {
    const port = open()
    port.writeRowSigns('top', new Int8Array(256).fill(-1))
    port.writeWeights('top', 9, new Uint8Array(256).fill(63))
    const neurons = alive(port)
      .filter((n) => n < 256)
      .slice(0, 30)
    const events = Array.from({ length: 12 }, () => ({ timeUs: 10, array: 'top' as const, row: 9 }))
    const recording = port.run({
      durationUs: 40,
      events,
      trace: { source: 'lineInh', fromUs: 1, toUs: 40, neurons }
    })
    const { circuits } = inspect(port)
    const step = recording.traceStepUs
    neurons.forEach((n, index) => {
      const trace = Array.from(
        recording.traces.subarray(index * recording.traceSamples).subarray(0, recording.traceSamples)
      )
      const at = Math.ceil(9 / step) + 2
      expect(Math.abs(mean(trace.slice(Math.ceil(8 / step), at - 3)) - 700)).toBeLessThan(2)
      const samples = trace.slice(at, at + Math.round(circuits.tauSynInh[n] / step)).map((x) => 700 - x)
      expect(Math.abs(timeConstant(samples, step) / circuits.tauSynInh[n] - 1)).toBeLessThan(0.04)
    })
    const other = port.run({ durationUs: 40, events, trace: { source: 'lineExc', fromUs: 1, toUs: 40, neurons: [3] } })
    expect(Math.abs(mean(other.traces.slice(300)) - 700)).toBeLessThan(0.5)
  })

  it('carry Ornstein-Uhlenbeck noise with the membrane time constant, and garbage at first', () => {
    const port = open(5, 0)
    const recording = port.run({ durationUs: 2000, trace: { source: 'membrane', fromUs: 0, toUs: 2000, neurons: [7] } })
    const samples = Array.from(recording.traces)
    expect(sd(samples.slice(0, 235))).toBeGreaterThan(200)
    const trace = samples.slice(236)
    const centre = mean(trace)
    const covariance = (lagUs: number): number => {
      const lag = Math.round(lagUs / recording.traceStepUs)
      return mean(trace.slice(lag).map((x, k) => (x - centre) * (trace[k] - centre)))
    }
    const variance = (2.93 * 0.45) ** 2
    // about 2000 / (2 · 6) independent stretches: 8 % a standard error of the variance
    expect(Math.abs(covariance(0) / (variance + 1.65 ** 2 + 1 / 12) - 1)).toBeLessThan(0.2)
    expect(Math.abs(covariance(0.1) / (variance * Math.exp(-0.1 / 6)) - 1)).toBeLessThan(0.35)
    expect(Math.abs(covariance(6) / variance - Math.exp(-1))).toBeLessThan(0.25)
  })
})

describe('synaptic events', () => {
  it('make a PSP of 0.28 LSB per weight LSB with both time constants at 10 us', () => {
    const port = open(5, 0)
    // crosstalk among 128 equal codes adds 2.5 codes; the codes are lower by that
    port.writeNeuron(
      'leakBias',
      Uint16Array.from({ length: 512 }, () => Math.round((158 * 6) / 10 - 2.5))
    )
    port.writeNeuron('synapticTauExc', codes(Math.round((80 * 6) / 10 - 2.5)))
    port.writeNeuron('synapticGainExc', codes(497))
    set(port, { inputExc: 1 })
    port.writeRowSigns('top', new Int8Array(256).fill(1))
    for (let row = 0; row < 4; row++) port.writeWeights('top', row, new Uint8Array(256).fill(63))
    const { columnReads } = port.run({
      durationUs: 30,
      events: [0, 1, 2, 3].map((row) => ({ timeUs: 5, array: 'top', row })),
      columnReads: [4, 15],
      repeats: 40
    })
    const read = (k: number): number => {
      let sum = 0
      for (let repeat = 0; repeat < 40; repeat++) {
        for (let n = 0; n < 256; n++) sum += columnReads[(repeat * 2 + k) * 512 + n]
      }
      return sum / 40 / 256
    }
    expect((read(1) - read(0)) / 4 / 63).toBeGreaterThan(0.27)
    expect((read(1) - read(0)) / 4 / 63).toBeLessThan(0.29)
  })

  it('do nothing on rows that are off, at weight 0 and on inputs that are off', () => {
    const port = open()
    const amplitude = (): number => {
      const { columnReads } = port.run({
        durationUs: 20,
        events: Array.from({ length: 10 }, () => ({ timeUs: 5, array: 'both', row: 3 })),
        columnReads: [4, 11],
        repeats: 10
      })
      const before = columnReads.filter((_, k) => Math.floor(k / 512) % 2 === 0)
      const after = columnReads.filter((_, k) => Math.floor(k / 512) % 2 === 1)
      return mean(after) - mean(before)
    }
    const signs = new Int8Array(256)
    port.writeWeights('top', 3, new Uint8Array(256).fill(50))
    set(port, { inputExc: 1 })
    expect(Math.abs(amplitude())).toBeLessThan(0.2)
    signs[3] = 1
    port.writeRowSigns('top', signs)
    expect(amplitude()).toBeGreaterThan(15)
    set(port, { inputExc: 0 })
    expect(Math.abs(amplitude())).toBeLessThan(0.2)
    set(port, { inputExc: 1 })
    port.writeWeights('top', 3, new Uint8Array(256))
    expect(Math.abs(amplitude())).toBeLessThan(0.2)
  })
})

describe('spikes', () => {
  it('come with the period of a leaky integrator under constant current', () => {
    const port = open(8)
    set(port, { threshold: 1, offsetCurrent: 1 })
    port.writeNeuron('offsetCurrent', spread(250))
    const { spikes } = port.run({ durationUs: 1000, spikes: true })
    const { circuits } = inspect(port)
    const count = new Float64Array(512)
    spikes.neuron.forEach((n) => count[n]++)
    let checked = 0
    for (const n of alive(port)) {
      const rest = circuits.leak[n] + (circuits.tauMem[n] * circuits.offsetCurrent[n]) / circuits.capacitance[n]
      // near the threshold noise makes the rate, and a reset above it silences
      if (rest < circuits.threshold[n] + 15 || circuits.reset[n] > circuits.threshold[n] - 20) continue
      const tau = 1 / (1 / circuits.tauMem[n] + 1 / circuits.tauReset[n])
      const held = tau * (rest / circuits.tauMem[n] + circuits.reset[n] / circuits.tauReset[n])
      const released = held + (circuits.threshold[n] - held) * Math.exp(-circuits.refractory[n] / tau)
      const period =
        circuits.refractory[n] + circuits.tauMem[n] * Math.log((rest - released) / (rest - circuits.threshold[n]))
      // one spike more or less at the ends, 0.2 % lost, noise moves the mean period by less than 2 %
      expect(Math.abs(count[n] - 1000 / period)).toBeLessThan(3 + 0.03 * (1000 / period))
      checked++
    }
    expect(checked).toBeGreaterThan(300)
  })

  it('are silent with the reset above the threshold', () => {
    const port = open(8, 0)
    set(port, { threshold: 1, offsetCurrent: 1 })
    port.writeNeuron('offsetCurrent', codes(400))
    port.writeNeuron('reset', codes(950))
    expect(port.run({ durationUs: 300, spikes: true }).spikes.neuron.length).toBe(0)
  })

  it('are given in the order of repeats and times', () => {
    const port = open(8)
    set(port, { threshold: 1, offsetCurrent: 1 })
    port.writeNeuron('offsetCurrent', spread(250))
    const { spikes } = port.run({ durationUs: 50, repeats: 3, spikes: true })
    for (let k = 1; k < spikes.timeUs.length; k++) {
      const later = spikes.repeat[k] > spikes.repeat[k - 1]
      expect(later || spikes.timeUs[k] >= spikes.timeUs[k - 1]).toBe(true)
    }
    expect(new Set(spikes.repeat)).toEqual(new Set([0, 1, 2]))
  })
})
