import { describe, expect, it } from 'vitest'
import { REFRACTORY_CLOCK_MHZ } from '../../../src-main/core/emulator/chip-port'
import { defaultSettings, medianSettings, refractoryCycles } from '../../../src-main/core/calibration/settings'
import { resolveLists, resolveTargets, targetWarnings } from '../../../src-main/core/calibration/targets'
import { TARGETS } from '../../../src-main/core/calibration/target-table'

describe('targets', () => {
  it('the preset is what the published training asks for', () => {
    expect(resolveTargets()).toEqual({
      leak: 80,
      reset: 80,
      threshold: 150,
      tau_mem: 6,
      tau_syn_exc: 6,
      tau_syn_inh: 6,
      synaptic_response: 0.9,
      i_synin_gm: 700,
      synapse_dac_bias: 1000,
      membrane_capacitance: 10,
      refractory_time: 2,
      hold_off_time: 0,
      correlation_amplitude: 0.5,
      correlation_tau: 5,
      threshold_madc: 510,
      spike_rate: 100,
      coba_reversal_exc: 300,
      coba_reversal_inh: 30,
      coba_reference: 115,
      tau_icc: 4
    })
    expect(targetWarnings(resolveTargets())).toEqual([])
  })

  it('defaults lie in the feasible range, feasible in the allowed one', () => {
    for (const t of TARGETS) {
      expect(t.min).toBeLessThanOrEqual(t.feasible[0])
      expect(t.max).toBeGreaterThanOrEqual(t.feasible[1])
      expect(t.default).toBeGreaterThanOrEqual(t.feasible[0])
      expect(t.default).toBeLessThanOrEqual(t.feasible[1])
    }
  })

  it('outside the allowed range: one line with the target, the value and what is allowed', () => {
    expect(() => resolveTargets({ tau_mem: 5000 })).toThrow('target tau_mem = 5000: allowed is 0.1 to 2000 µs')
    expect(() => resolveTargets({ leak: NaN })).toThrow('target leak = NaN: allowed is 30 to 210 LSB')
    expect(() => resolveTargets({ i_synin_gm: 1.5 })).toThrow('allowed is a whole number 1 to 1022 code')
    expect(() => resolveTargets({ threshold: 70 })).toThrow('allowed is more than target reset = 80 LSB')
    expect(() => resolveTargets({ tau: 5 })).toThrow('target "tau" does not exist; there are: leak, reset,')
  })

  it('outside the feasible range: a warning, and the calibration may go on', () => {
    const targets = resolveTargets({ tau_mem: 100 })
    expect(targetWarnings(targets)).toEqual(['target tau_mem = 100: chips follow between 3 and 60 µs'])
  })
})

describe('targets neuron by neuron', () => {
  const list = (at: number, value: number): number[] => Array.from({ length: 512 }, (_, n) => (n === at ? value : 80))

  it('stand beside their median, which plans are made for', () => {
    const each = Array.from({ length: 512 }, (_, n) => 60 + (n % 41))
    const { targets, lists } = resolveLists({ tau_mem: 10 }, { leak: each })
    expect(targets).toEqual(resolveTargets({ tau_mem: 10, leak: 79 }))
    expect(Array.from(lists['leak'])).toEqual(each)
  })

  it('are refused one by one', () => {
    expect(() => resolveLists({}, { leak: list(7, 300) })).toThrow(
      'target leak = 300 of neuron 7: allowed is 30 to 210 LSB'
    )
    expect(() => resolveLists({}, { leak: [1, 2] })).toThrow('target leak: 2 values; allowed are one or 512')
    expect(() => resolveLists({}, { i_synin_gm: list(0, 80) })).toThrow('target i_synin_gm is one number for all')
    expect(() => resolveLists({}, { reset: list(3, 160) })).toThrow('target threshold = 150 of neuron 3')
  })

  it('outside the feasible range: one warning that says how many', () => {
    const { targets, lists } = resolveLists({}, { leak: list(7, 40) })
    expect(targetWarnings(targets, lists)).toEqual([
      'target leak = 40 (1 of 512 neurons): chips follow between 50 and 160 LSB'
    ])
  })
})

describe('settings', () => {
  it('the refractory counter is the nearest number of clock cycles', () => {
    for (const us of [0.256, 1, 2, 5.5, 32, 65.28]) {
      expect(Math.abs(refractoryCycles(us) / REFRACTORY_CLOCK_MHZ - us)).toBeLessThanOrEqual(0.5 / REFRACTORY_CLOCK_MHZ)
    }
    expect(refractoryCycles(0.001)).toBe(1)
    expect(refractoryCycles(1000)).toBe(255)
  })

  it('median settings give all neurons one code and keep the converter', () => {
    const settings = defaultSettings()
    settings.neuron.leak = settings.neuron.leak.map((code, n) => code + n)
    settings.quadrant.converterRampSlope.set([389, 379, 348, 359])
    settings.converterOffsets[3] = -7
    settings.switches.leakRange[5] = 1
    const flat = medianSettings(settings)
    expect(new Set(flat.neuron.leak)).toEqual(new Set([629 + 256]))
    expect(flat.quadrant.converterRampSlope).toEqual(settings.quadrant.converterRampSlope)
    expect(flat.converterOffsets).toEqual(settings.converterOffsets)
    expect(flat.switches.leakRange[5]).toBe(0)
    flat.converterOffsets[3] = 0
    expect(settings.converterOffsets[3]).toBe(-7)
  })
})
