// Conductance-based inputs: two minutes of measurements on complete neurons, so not part of `npm test`.
// `npx vitest run --config test/bench/vitest.config.ts test/bench/coba.test.ts`
import { describe, expect, it } from 'vitest'
import { coba } from '../../src-main/core/calibration/acceptance/coba'
import { applySettings } from '../../src-main/core/calibration/settings'
import { accepted, calibrated, chip, NOBODY } from '../core/calibration/calibrated'

const SEED = 3
const base = calibrated(chip(SEED))

describe('conductance-based inputs', () => {
  it('pass calix’s rows, and fail them with the stage at other codes', () => {
    const port = chip(SEED, 1, 7)
    const names = ['coba_gain_exc', 'coba_gain_inh', 'coba_reference_exc', 'coba_reference_inh']
    const result = calibrated(port, { routines: names, from: base.settings })
    expect(result.routines.map((r) => [r.name, r.passed])).toEqual(names.map((name) => [name, true]))
    expect(result.settings.dynamics!.switches.cobaExc.every((on) => on === 1)).toBe(true)
    const checks = accepted(port, result, NOBODY, { groups: [coba] }).checks.filter((check) =>
      check.name.includes('conductance')
    )
    expect(checks.filter((check) => !check.passed)).toEqual([])
    expect(checks.length).toBeGreaterThan(10)
    const wrong = structuredClone(result.settings)
    wrong.dynamics!.cells.cobaGainExc.fill(40)
    wrong.dynamics!.cells.cobaGainInh.fill(40)
    applySettings(port, wrong)
    const failing = accepted(port, result, NOBODY, { groups: [coba] }).checks.filter((check) => !check.passed)
    expect(failing.map((check) => check.name)).toEqual(
      expect.arrayContaining(['Inhibitory conductance: responses that change enough'])
    )
  }, 600_000)
})
