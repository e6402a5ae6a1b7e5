import { describe, expect, it } from 'vitest'
import type { ChipPort, NeuronSwitches } from '../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { mad, mean, median, sd } from '../../../src-main/core/statistics/summary'

const codes = (code: number): Uint16Array => new Uint16Array(512).fill(code)
/** codes around `code` that do not pull each other much */
const spread = (code: number): Uint16Array => Uint16Array.from({ length: 512 }, (_, n) => code + ((n * 37) % 11) - 5)
const open = (seed = 5, mismatch = 1, trialSeed = 1): ChipPort => openChip({ seed, mismatch, trialSeed })
function set(port: ChipPort, switches: Partial<Record<keyof NeuronSwitches, number>>): void {
  const arrays = Object.fromEntries(
    Object.entries(switches).map(([key, value]) => [key, new Uint8Array(512).fill(value)])
  )
  port.writeSwitches(arrays)
}
const column = (reads: Uint8Array, n: number): number[] =>
  Array.from({ length: reads.length / 512 }, (_, k) => reads[k * 512 + n])
const alive = (port: ChipPort): number[] => {
  const { dead, stuck } = { dead: inspect(port).circuits.dead, stuck: inspect(port).draw.stuck }
  return Array.from({ length: 512 }, (_, n) => n).filter((n) => !dead[n] && stuck[n] < 0)
}

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
