/** What is measured for the eye against what the chip is: drawn time constants, drawn offsets, drawn defects. */
import { describe, expect, it } from 'vitest'
import { corrected, measureChannels, sightOf } from '../../../src-main/core/calibration/channels'
import { evidenceOf } from '../../../src-main/core/calibration/evidence'
import { Bench } from '../../../src-main/core/calibration/bench'
import { takeReading } from '../../../src-main/core/calibration/reading'
import { refractoryRegisters } from '../../../src-main/core/calibration/refractory'
import { gainExc } from '../../../src-main/core/calibration/routines/synaptic-gain'
import { applySettings, defaultSettings } from '../../../src-main/core/calibration/settings'
import { resolveTargets } from '../../../src-main/core/calibration/targets'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect, inspectSecondChannels } from '../../../src-main/core/emulator/inspector'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { mean, median, sd } from '../../../src-main/core/statistics/summary'

function chip(seed: number, mismatch = 1): ChipPort {
  const port = openChip({ seed, mismatch, trialSeed: 3 })
  applySettings(port, defaultSettings())
  return port
}

const AIM = { targets: resolveTargets(), lists: {}, converterOffsets: new Int8Array(512) }

describe('the trace behind a membrane time constant', () => {
  it('decays as the membrane of that neuron does, and the fit leaves noise alone', () => {
    for (const neuron of [3, 300]) {
      const port = chip(2)
      port.writeSwitches({ inputExc: new Uint8Array(512), inputInh: new Uint8Array(512) })
      const { tauMem } = inspect(port).circuits
      const evidence = evidenceOf(port, 'tau_mem', neuron, AIM)
      const fit = evidence?.fit
      expect(Math.abs((fit?.value ?? 0) / tauMem[neuron] - 1)).toBeLessThan(0.04)
      expect(fit?.curve.length).toBe((evidence?.samples.length ?? 0) - (evidence?.fitted ?? 0))
      const rest = Array.from(fit?.curve ?? [], (y, k) => (evidence?.samples[k + (evidence?.fitted ?? 0)] ?? 0) - y)
      expect(Math.abs(mean(rest))).toBeLessThan(0.3)
      expect(sd(rest)).toBeCloseTo(evidence?.residualSd ?? NaN, 0)
    }
  })

  it('leaves the chip as it was met, and says where there is none', () => {
    const port = chip(2)
    const held = port.readNeuron('offsetCurrent').slice()
    evidenceOf(port, 'tau_mem', 0, AIM)
    expect(port.readNeuron('offsetCurrent')).toEqual(held)
    expect(evidenceOf(port, 'leak', 0, AIM)).toBeNull()
    expect(evidenceOf(port, 'stp_offset', 0, AIM)).toBeNull()
  })
})

describe('the trace behind a gain', () => {
  it('says the height that the columns read, in the fast converter’s counts, and leaves noise alone', () => {
    const port = chip(2, 0)
    const { tauMem, tauSynExc } = inspect(port).circuits
    const targets = { ...AIM.targets, tau_mem: tauMem[7], tau_syn_exc: tauSynExc[7] }
    const evidence = evidenceOf(port, 'gain_exc', 7, { ...AIM, targets })
    const bench = new Bench(chip(2, 0), targets, AIM.converterOffsets)
    const read = takeReading(bench, gainExc.check, 4).mean[7]
    // a CADC LSB is 2.93 MADC LSB
    expect((evidence?.fit?.value ?? 0) / (2.93 * read)).toBeGreaterThan(0.9)
    expect((evidence?.fit?.value ?? 0) / (2.93 * read)).toBeLessThan(1.1)
    expect(evidence?.residualSd).toBeLessThan(4)
  })
})

describe('the trace behind a refractory time', () => {
  it.each([2, 8])('is split where the counter ends, at %i µs', (target) => {
    const port = chip(2)
    const targets = { ...AIM.targets, refractory_time: target }
    const { clock, counter, holdOff, fastScale, slowScale } = refractoryRegisters(
      new Float64Array(512).fill(target),
      new Float64Array(512)
    )
    port.writeRefractoryClocks({ fastScale, slowScale })
    port.writeDynamics({ fastClock: clock, holdOff })
    port.writeSwitches({ refractory: counter })
    for (const neuron of [3, 200, 400]) {
      const held = port.readNeuron('leak').slice()
      const fit = evidenceOf(port, 'refractory', neuron, { ...AIM, targets })?.fit
      expect(Math.abs((fit?.value ?? 0) - target)).toBeLessThan(0.3)
      expect(port.readNeuron('leak')).toEqual(held)
    }
  })
})

describe('the channels of the column converters', () => {
  it('are found stuck where they are drawn so, of both kinds', () => {
    const found = [0, 0]
    for (let seed = 1; seed <= 12; seed++) {
      const port = chip(seed)
      const { draw } = inspect(port)
      const second = inspectSecondChannels(port)
      measureChannels(port).forEach(({ stuck }, k) => {
        const drawn = Array.from([draw.stuck, second.stuck][k], (value) => (value >= 0 ? 1 : 0))
        expect(Array.from(stuck)).toEqual(drawn)
        found[k] += stuck.reduce((sum, one) => sum + one, 0)
      })
    }
    expect(Math.min(...found)).toBeGreaterThan(0)
  })

  it('have the offsets that were drawn, apart from their quadrants, and ideal ones none', () => {
    const port = chip(5)
    const { draw } = inspect(port)
    const second = inspectSecondChannels(port)
    measureChannels(port).forEach(({ offset, stuck }, k) => {
      const wanted = [draw.channelOffset, second.channelOffset][k]
      const left = Array.from({ length: 128 }, (_, n) => offset[n] - wanted[n]).filter((_, n) => stuck[n] === 0)
      // 20 reads of noise 1 LSB each, rounded
      expect(sd(left)).toBeLessThan(0.5)
    })
    for (const { gain, offset } of measureChannels(chip(5, 0))) {
      expect(sd(Array.from(offset))).toBeLessThan(0.5)
      expect(sd(Array.from(gain))).toBeLessThan(0.01)
    }
  })

  it('can be taken off again: reads are then those of one converter, as the converters stand', () => {
    const port = chip(5)
    const { slope, offset } = inspect(port).converter
    const { sight, stuck } = sightOf(port)
    // a membrane at each of three potentials, as every channel would read it without noise
    for (const volts of [60, 100, 140]) {
      const working = (values: Float64Array): number[] => Array.from(values).filter((_, n) => stuck[n] === 0)
      const raw = slope.map((gain, n) => gain * volts + offset[n])
      const one = working(corrected(raw.slice(), sight))
      expect(sd(working(raw))).toBeGreaterThan(5)
      // offsets by 400 reads of noise 1 LSB, gains by 20 of each of 128 channels
      expect(sd(one)).toBeLessThan(0.1)
      expect(Math.abs(median(one) - median(working(raw)))).toBeLessThan(1)
    }
  })
})
