/**
 * Intrinsic membrane capacitance (calix, tests/hw/py/test_capacitance_measurement.py; hardware.md 5.4): a membrane's time
 * constant is (C_set + C_intrinsic) / g. Measured at several capacitances with the leak's code left as it is; a straight
 * line through them gives C_intrinsic. Corrected by its median over the chip, time constants relative to that at the
 * full capacitance deviate by less than 12 % in the mean; uncorrected by more than 24 %.
 */
import { mean, median } from '../../statistics/summary'
import { measureTau } from '../routines/membrane-time'
import { atLeast, below, type Group, pick } from './group'

const SETTINGS = [2, 4, 8, 16, 32, 63]
const FULL = 63
const CORRECTED = 0.12
const UNCORRECTED = 0.24
/** for planning a measurement: what the line is expected to give, settings */
const EXPECTED = 3

export const capacitance: Group = {
  name: 'capacitance',
  label: 'Intrinsic capacitance',
  needs: ['tau_mem'],
  measure: ({ bench, counted }) => {
    const { tau_mem, membrane_capacitance: at } = bench.targets
    bench.setAll({ inputExc: 0, inputInh: 0 })
    const taus = SETTINGS.map((setting) => {
      bench.setAll({ capacitance: setting })
      return measureTau(bench, (tau_mem * (setting + EXPECTED)) / (at + EXPECTED))
    })
    const centre = mean(SETTINGS)
    const norm = SETTINGS.reduce((sum, x) => sum + (x - centre) ** 2, 0)
    const intrinsic = taus[0].map((_, n) => {
      const slope = SETTINGS.reduce((sum, x, k) => sum + ((x - centre) / norm) * taus[k][n], 0)
      return mean(taus.map((tau) => tau[n])) / slope - centre
    })
    const common = median(pick(intrinsic, counted))
    const full = taus[SETTINGS.length - 1]
    const deviation = (extra: number): number =>
      mean(
        SETTINGS.slice(0, -1).flatMap((setting, k) =>
          pick(
            taus[k].map((tau, n) => Math.abs((tau / full[n]) * ((FULL + extra) / (setting + extra)) - 1)),
            counted
          )
        )
      )
    return [
      { name: 'Intrinsic capacitance', value: common, limit: null, unit: 'settings', passed: true },
      below('Intrinsic capacitance: deviation corrected', deviation(common), CORRECTED),
      atLeast('Intrinsic capacitance: deviation uncorrected', deviation(0), UNCORRECTED)
    ]
  }
}
