// Routines that only run when they are named, on one calibrated chip; each found out when its codes are moved.
import { beforeAll, describe, expect, it } from 'vitest'
import type { CalibrationResult, Targets } from '../../../src-main/core/calibration/types'
import type { DynamicsCell, NeuronCell } from '../../../src-main/core/emulator/chip-port'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { median, trimmedSd } from '../../../src-main/core/statistics/summary'
import { accepted, calibrated, chip, indices, routine } from './calibrated'

const SEED = 3
let base: CalibrationResult
const dead: number[] = []

beforeAll(() => {
  const port = chip(SEED)
  base = calibrated(port)
  dead.push(...indices(inspect(port).draw.circuit.dead))
}, 240_000)

const named = (routines: string[], targets: Targets = {}) => {
  const port = chip(SEED, 1, 7)
  return { port, result: calibrated(port, { routines, targets, from: base.settings }) }
}

/** the routine's own checks on the chip as calibrated, and with all its codes moved */
function control(routines: string[], cell: NeuronCell | DynamicsCell, shift: number, targets: Targets = {}): void {
  const { port, result } = named(routines, targets)
  const own = (): boolean =>
    accepted(port, { ...result, routines: [result.routines[result.routines.length - 1]] }).passed
  expect(own()).toBe(true)
  const codes = port.readNeuron(cell).slice()
  port.writeNeuron(
    cell,
    codes.map((code) => Math.max(0, Math.min(1022, code + shift)))
  )
  expect(own()).toBe(false)
  port.writeNeuron(cell, codes)
  expect(own()).toBe(true)
}

describe('threshold by the fast converter', () => {
  it('comes to its target in MADC LSB, and so does the comparator itself', () => {
    const { port, result } = named(['threshold_madc'], { threshold_madc: 480 })
    const { passed, spreadRatio, failed } = routine(result, 'threshold_madc')
    expect(passed).toBe(true)
    expect(spreadRatio).toBeLessThan(0.1)
    expect(indices(failed)).toEqual(dead)
    const truth = inspect(port).circuits.threshold.filter((_, n) => result.usable[n])
    // MADC = 70 + 2.93 CADC; the highest of many samples lies a little above the comparator's threshold
    expect(Math.abs(median(truth) - (480 - 70) / 2.93)).toBeLessThan(3)
    expect(trimmedSd(truth)).toBeLessThan(0.5)
  })
  it('is found out when moved', () => {
    control(['threshold_madc'], 'threshold', 30)
  })
})

describe('threshold just above leak', () => {
  it('lies a safe distance above, for every neuron', () => {
    const { port, result } = named(['threshold_at_leak'])
    const { threshold, leak, noise } = inspect(port).circuits
    const above = threshold.map((v, n) => v - leak[n]).filter((_, n) => !dead.includes(n))
    expect(Math.min(...above)).toBeGreaterThan(5 * Math.max(...noise))
    expect(Math.max(...above)).toBeLessThan(25)
    expect(routine(result, 'threshold_at_leak').passed).toBe(true)
  })
})

describe('leak over threshold', () => {
  it('gives every neuron its own rate, and leaves those alone that have none', () => {
    const port = chip(SEED, 1, 7)
    const rates = Float64Array.from({ length: 512 }, (_, n) => (n % 8 === 0 ? 0 : 30 + (n % 60)))
    const result = calibrated(port, {
      routines: ['leak', 'leak_over_threshold'],
      targets: { leak: 140 },
      lists: { spike_rate: rates },
      from: base.settings
    })
    const { after, failed } = routine(result, 'leak_over_threshold')
    let met = 0
    let asked = 0
    for (let n = 0; n < 512; n++) {
      if (rates[n] === 0) expect(result.settings.neuron.threshold[n]).toBe(base.settings.neuron.threshold[n])
      if (rates[n] === 0 || dead.includes(n)) continue
      asked++
      // calix tests/hw/py/test_neuron_spiking.py
      if (Math.abs(after![n] - rates[n]) <= 8 + 0.08 * rates[n]) met++
    }
    expect(met / asked).toBeGreaterThan(0.95)
    for (const n of dead) if (rates[n] > 0) expect(failed[n]).toBe(1)
  })
  it('asks for a leak above the reset', () => {
    expect(() => named(['leak_over_threshold'])).toThrow('the leak lies')
  })
})

describe('input references by the fast converter', () => {
  it('take the offset current away', () => {
    const { port, result } = named(['reference_exc_madc', 'reference_inh_madc'])
    for (const { passed } of result.routines) expect(passed).toBe(true)
    const { inputOffsetExc, inputOffsetInh } = inspect(port).circuits
    const left = inputOffsetExc.map((x, n) => x - inputOffsetInh[n])
    // a code is worth 0.005 LSB / µs
    expect(trimmedSd(left)).toBeLessThan(0.02)
  })
  it('are found out when moved', () => {
    control(['reference_exc_madc'], 'synapticReferenceExc', 100)
  })
})

describe('inter-compartment conductance', () => {
  it('halves the spread at least, and finds the time constant of the conductance itself', () => {
    const { port, result } = named(['inter_compartment'])
    const { spreadRatio, passed } = routine(result, 'inter_compartment')
    expect(passed).toBe(true)
    expect(spreadRatio).toBeLessThan(0.5)
    expect(port.readDynamics().conductance.every((on) => on === 0)).toBe(true)
  })
  it('is found out when moved', () => {
    control(['inter_compartment'], 'interCompartment', 150)
  })
})

describe('characterisations', () => {
  it('find what the chip is made of, and set nothing', () => {
    const names = ['intrinsic_capacitance', 'cadc_characterisation', 'madc_characterisation']
    const { port, result } = named(names)
    expect(result.settings.neuron).toEqual(base.settings.neuron)
    expect(result.settings.converterOffsets).toEqual(base.settings.converterOffsets)
    const good = (name: string): Float64Array =>
      routine(result, name).after!.filter((_, n) => base.usable[n] === 1 && !routine(result, name).failed[n])
    // 2.4 pF · (C + 3) / 66 (hardware.md 7)
    expect(Math.abs(median(good('intrinsic_capacitance')) - 3)).toBeLessThan(0.5)
    // MADC = 70 + 2.93 CADC (hardware.md 1.5)
    expect(Math.abs(median(good('madc_characterisation')) / 2.93 - 1)).toBeLessThan(0.05)
    // 0.417 CADC LSB a code of the debug line (hardware.md 3.3), as the channel's own slope makes it
    const { slope } = inspect(port).converter
    const off = routine(result, 'cadc_characterisation').after!.map((x, n) => x / (0.417 * slope[n]) - 1)
    expect(trimmedSd(off.filter((_, n) => base.usable[n] === 1))).toBeLessThan(0.01)
    const { curves } = routine(result, 'cadc_characterisation')
    expect(curves.map((curve) => curve.name)).toEqual([0, 1, 2, 3].map((q) => `quadrant ${q}`))
    for (const { per, passed } of result.routines) expect([per ?? 'neuron', passed]).toEqual(['neuron', true])
  })
})
