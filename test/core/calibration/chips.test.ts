import { describe, expect, it } from 'vitest'
import { applySettings } from '../../../src-main/core/calibration/settings'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { median, sd } from '../../../src-main/core/statistics/summary'
import { accepted, calibrated, chip, indices, routine } from './calibrated'

/** calix, tests/hw/py/test_neuron_distribution.py */
const RATIOS = { leak: 0.3, reset: 0.2, threshold: 0.35, tau_mem: 0.45, tau_syn_exc: 0.2, tau_syn_inh: 0.2 }

describe('all chips can be calibrated', () => {
  // seed 2 is the chip of suite.test.ts
  // chips 1, 6 have input references far out of reach, chip 7 thresholds that come below the reset during the search
  for (const seed of [1, 4, 6, 7]) {
    it(`chip ${seed}: every spread ratio under its limit, unusable exactly what is defective, accepted in another session`, () => {
      const port = chip(seed)
      const result = calibrated(port)
      for (const [name, limit] of Object.entries(RATIOS)) {
        const { spreadRatio, limit: applied, passed } = routine(result, name)
        expect(applied, name).toBe(limit)
        expect(spreadRatio, name).toBeLessThan(limit)
        expect(passed, name).toBe(true)
      }
      for (const r of result.routines) expect(r.passed, r.name).toBe(true)
      // planned from the membrane equation at other time constants, measured at the chip's own
      for (const name of ['gain_exc', 'gain_inh']) {
        const { after, failed } = routine(result, name)
        const height = median(after!.filter((_, n) => !failed[n]))
        expect(Math.abs(height / result.targets['synaptic_response'] - 1), name).toBeLessThan(0.05)
      }
      const { draw } = inspect(port)
      const defective = draw.circuit.dead.map((dead, n) => (dead || draw.stuck[n] >= 0 ? 1 : 0))
      expect(indices(result.usable.map((x) => 1 - x))).toEqual(indices(defective))
      const later = chip(seed, 1, 99)
      applySettings(later, result.settings)
      expect(accepted(later, result).checks.filter((check) => !check.passed)).toEqual([])
    }, 600_000)
  }

  it('an ideal chip passes by the residual rule: there is no spread to divide by', () => {
    const port = chip(1, 0)
    const result = calibrated(port)
    for (const r of result.routines) {
      expect(r.passed, r.name).toBe(true)
      expect(r.limit).toBeNull()
    }
    expect(indices(result.usable).length).toBe(512)
    expect(result.defects).toEqual([])
    expect(accepted(port, result).passed).toBe(true)
    // nothing is changed that need not be: no neuron is treated unlike the others, but for what reads are noisy by
    const { neuron, quadrant, converterOffsets } = result.settings
    // codes, of about 0.3 LSB each (hardware.md 3.3); a reference's code moves the rest by 0.3 LSB as well (7)
    for (const cell of ['leak', 'reset', 'threshold', 'synapticReferenceExc', 'synapticReferenceInh'] as const) {
      expect(sd(neuron[cell]), cell).toBeLessThan(4)
    }
    for (const cell of [
      'leakBias',
      'synapticTauExc',
      'synapticTauInh',
      'synapticGainExc',
      'synapticGainInh'
    ] as const) {
      expect(sd(neuron[cell]) / median(neuron[cell]), cell).toBeLessThan(0.03)
    }
    for (const codes of Object.values(quadrant)) expect(Math.max(...codes) - Math.min(...codes)).toBeLessThan(8)
    expect(Math.max(...converterOffsets.map(Math.abs))).toBeLessThanOrEqual(1)
    expect(sd(result.settings.drivers!.top.offset)).toBeLessThan(1)
  }, 600_000)

  it('a chip with twice the mismatch ends with its failed neurons named, and the rest in order', () => {
    const port = chip(1, 2)
    const result = calibrated(port)
    const failed = new Set(result.routines.filter((r) => r.per === 'neuron').flatMap((r) => indices(r.failed)))
    const named = result.defects.filter(({ part }) => part === 'neuron' || part === 'converter channel')
    expect(new Set(named.map(({ at }) => at))).toEqual(failed)
    expect(failed.size).toBe(512 - indices(result.usable).length)
    const { draw } = inspect(port)
    const defective = draw.circuit.dead.map((dead, n) => (dead || draw.stuck[n] >= 0 ? 1 : 0))
    for (const n of indices(defective)) expect(failed).toContain(n)
    expect(failed.size).toBeGreaterThan(0)
    expect(failed.size).toBeLessThan(0.1 * 512)
    for (const name of Object.keys(RATIOS)) expect(routine(result, name).passed, name).toBe(true)
  }, 600_000)
})
