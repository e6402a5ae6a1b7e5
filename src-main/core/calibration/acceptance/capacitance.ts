/**
 * Intrinsic membrane capacitance (calix, tests/hw/py/test_capacitance_measurement.py): corrected by its median over the
 * chip, time constants relative to that at the full capacitance deviate by less than 12 % in the mean from what the
 * settings say; uncorrected by more than 24 %.
 */
import { mean, median } from '../../statistics/summary'
import { FULL, measureCapacitances } from '../routines/capacitance'
import { atLeast, below, type Group, pick } from './group'

const CORRECTED = 0.12
const UNCORRECTED = 0.24

export const capacitance: Group = {
  name: 'capacitance',
  label: 'Intrinsic capacitance',
  needs: ['tau_mem'],
  measure: ({ bench, counted }) => {
    const { settings, taus, intrinsic } = measureCapacitances(bench)
    const common = median(pick(intrinsic, counted))
    const full = taus[settings.length - 1]
    const deviation = (extra: number): number =>
      mean(
        settings.slice(0, -1).flatMap((setting, k) =>
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
