// Rate mode: the chip multiplies a vector by a matrix in one sweep (hardware.md 8).
import { describe, expect, it } from 'vitest'
import { drawRates, ratePulse } from '../../../../src-main/core/chip/hicann-x/drivers'
import type { ChipPort } from '../../../../src-main/core/emulator/chip-port'
import { Stream } from '../../../../src-main/core/random/stream'
import { mean, sd } from '../../../../src-main/core/statistics/summary'
import { alive, open, set, spread } from '../chip-on-bench'

const INPUTS = 128

/** membrane integration: tau_mem 60 us, tau_syn 0.32 us, gm 450, DAC bias 1022 (calix hagen/neuron.py) */
function bench(mismatch: number): ChipPort {
  const port = open(5, mismatch)
  set(port, { inputExc: 1, inputInh: 1, leakRange: 1, highResistanceExc: 0, highResistanceInh: 0 })
  port.writeNeuron('leak', spread(629 + 148))
  port.writeNeuron('leakBias', spread(126))
  for (const cell of ['synapticTauExc', 'synapticTauInh'] as const) port.writeNeuron(cell, spread(188))
  for (const cell of ['synapticGainExc', 'synapticGainInh'] as const) port.writeNeuron(cell, spread(450))
  port.writeQuadrant('synapseDacBias', new Uint16Array(4).fill(1022))
  // bits 11 and 12 of a label, which no bus reads, choose the bus
  for (let bus = 0; bus < 4; bus++) {
    port.routing.writeCrossbarNode(8, bus, { mask: 3 << 11, target: bus << 11, countDrops: false })
  }
  port.routing.writeDrivers('top', { rate: new Uint8Array(INPUTS).fill(1) })
  // row 2d excites, row 2d + 1 inhibits
  port.routing.writeRowModes(
    'top',
    Int8Array.from({ length: 256 }, (_, row) => (row % 2 ? -1 : 1))
  )
  return port
}

/** signed weights −63 … 63, [input][column] */
function writeMatrix(port: ChipPort, weight: (input: number, column: number) => number): void {
  for (let input = 0; input < INPUTS; input++) {
    const row = (sign: number): Uint8Array =>
      Uint8Array.from({ length: 256 }, (_, column) => Math.max(0, sign * weight(input, column)))
    port.writeWeights('top', 2 * input, row(1))
    port.writeWeights('top', 2 * input + 1, row(-1))
  }
}

/** membrane after the sweep less before, CADC LSB; activations 0 … 31, driver d at position d div 4 of bus d mod 4 */
function multiply(port: ChipPort, x: ArrayLike<number>, repeats: number): { out: Float64Array; after: Float64Array } {
  // one event every 8 ns
  const labelled = Array.from({ length: INPUTS }, (_, d) => ({
    timeUs: 2 + 0.008 * d,
    label: ((d % 4) << 11) | ((d >> 2) << 6) | x[d]
  }))
  const { columnReads } = port.run({ durationUs: 8, repeats, columnReads: [1.9, 5], labelled })
  const [out, after] = [new Float64Array(256), new Float64Array(256)]
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let c = 0; c < 256; c++) {
      const [before, then] = [columnReads[repeat * 1024 + c], columnReads[repeat * 1024 + 512 + c]]
      out[c] += (then - before) / repeats
      after[c] += then / repeats
    }
  }
  return { out, after }
}

describe('rate mode', () => {
  const source = new Stream(11)
  const weights = Int8Array.from({ length: INPUTS * 256 }, () => source.below(127) - 63)
  const x = Uint8Array.from({ length: INPUTS }, () => source.below(32))
  const product = Float64Array.from({ length: 256 }, (_, c) => {
    let sum = 0
    for (let k = 0; k < INPUTS; k++) sum += x[k] * weights[k * 256 + c]
    return sum
  })
  const fit = (columns: number[], out: Float64Array): { gain: number; rest: number; share: number } => {
    const [mx, my] = [mean(columns.map((c) => product[c])), mean(columns.map((c) => out[c]))]
    let [sxy, sxx] = [0, 0]
    for (const c of columns) {
      sxy += (product[c] - mx) * (out[c] - my)
      sxx += (product[c] - mx) ** 2
    }
    const gain = sxy / sxx
    const rest = sd(columns.map((c) => out[c] - my - gain * (product[c] - mx)))
    return { gain, rest, share: rest / sd(columns.map((c) => out[c])) }
  }

  it('gives gain · Σ x w, signed, on an ideal chip', () => {
    const port = bench(0)
    writeMatrix(port, (input, column) => weights[input * 256 + column])
    const columns = Array.from({ length: 256 }, (_, c) => c)
    const { out } = multiply(port, x, 16)
    const { gain, rest } = fit(columns, out)
    // one event of weight 1 leaves 0.0761 LSB/us · gm · DAC bias · tau_syn, a 31st of it for each activation; what
    // leaks in 3 of 60 us is 4 %, codes that differ by ±5 make columns differ by some percent
    const nominal = (0.0761 * (450 / 500) * (1022 / 600) * 0.319) / 31
    expect(gain / nominal).toBeGreaterThan(0.9)
    expect(gain / nominal).toBeLessThan(1.05)
    // reads: noise of 1 LSB, rounding and membrane noise in 16 repeats, two reads: 0.4 LSB; columns' gains some percent
    expect(rest).toBeLessThan(0.7)
    expect(multiply(port, new Uint8Array(INPUTS), 16).out.every((y) => Math.abs(y) < 1.7)).toBe(true)
  })

  it('saturates where the converter does', () => {
    const port = bench(0)
    writeMatrix(port, () => 63)
    expect(mean(Array.from(multiply(port, new Uint8Array(INPUTS).fill(31), 2).after))).toBe(255)
    writeMatrix(port, () => -63)
    expect(mean(Array.from(multiply(port, new Uint8Array(INPUTS).fill(31), 2).after))).toBe(0)
  })

  it('shows the fixed pattern of drivers, synapses and columns on a real one', () => {
    const port = bench(1)
    writeMatrix(port, (input, column) => weights[input * 256 + column])
    // input references are not calibrated here: what they do to the rest is the same before and after the sweep
    const { out } = multiply(port, x, 16)
    const { share, gain } = fit(
      alive(port).filter((n) => n < 256),
      out
    )
    expect(gain).toBeGreaterThan(0.0005)
    expect(share).toBeGreaterThan(0.05)
  })

  it('sends pulses as long as the ramp current makes them', () => {
    const port = bench(0)
    writeMatrix(port, () => 20)
    const full = new Uint8Array(INPUTS).fill(10)
    const at = (code: number): number => {
      port.routing.writePlasticityVoltage('ramp', new Uint16Array(4).fill(code))
      return mean(Array.from(multiply(port, full, 8).out))
    }
    expect(Math.abs(at(250) / at(500) - 0.5)).toBeLessThan(0.02)
  })

  it('compares only bit 5 of the labels, and sends nothing at activation 0', () => {
    const port = bench(0)
    writeMatrix(port, () => 40)
    const full = new Uint8Array(INPUTS).fill(20)
    const all = mean(Array.from(multiply(port, full, 4).out))
    for (let row = 0; row < 256; row++) port.routing.writeLabels('top', row, new Uint8Array(256).fill(row % 32))
    expect(Math.abs(mean(Array.from(multiply(port, full, 4).out)) / all - 1)).toBeLessThan(0.03)
    for (let row = 0; row < 256; row++) port.routing.writeLabels('top', row, new Uint8Array(256).fill(32))
    expect(Math.abs(mean(Array.from(multiply(port, full, 4).out)))).toBeLessThan(0.3)
    expect(ratePulse(0, 1, 3, 63)).toBe(0)
  })
})

describe('the ramps of rate mode', () => {
  it('differ as stated: 5 % among drivers of a quadrant, 10 % among quadrants, trims that reach three sd', () => {
    const [own, common, offsets]: number[][] = [[], [], []]
    for (let seed = 0; seed < 20; seed++) {
      for (const hemisphere of [0, 1] as const) {
        const { slope, offset } = drawRates(seed, 1, hemisphere)
        for (const parity of [0, 1]) {
          const logs = Array.from(
            slope.filter((_, d) => d % 2 === parity),
            Math.log
          )
          const centre = mean(logs)
          common.push(centre)
          own.push(...logs.map((y) => y - centre))
        }
        offsets.push(...offset)
      }
    }
    // 5120 drivers, 80 quadrants: four standard errors each
    expect(Math.abs(sd(own) / 0.05 - 1)).toBeLessThan(0.04 + 1 / 64)
    expect(Math.abs(sd(common) / 0.1 - 1)).toBeLessThan(0.32)
    expect(Math.abs(sd(offsets) - 1)).toBeLessThan(0.04)
    expect(31 * ratePulse(16, 1, -3, 62)).toBeCloseTo(16, 10)
  })
})
