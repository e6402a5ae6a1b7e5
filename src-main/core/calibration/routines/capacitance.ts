/**
 * Intrinsic membrane capacitance (hardware.md 5.4; calix, tests/hw/py/test_capacitance_measurement.py): a membrane's time
 * constant is (C_set + C_intrinsic) / g. Measured at several capacitances with the leak's code left as it is; the straight
 * line through them gives C_intrinsic, in steps of C_set. Nothing is set by it.
 */
import { mean } from '../../statistics/summary'
import type { Bench } from '../bench'
import type { Routine } from '../routine'
import { computed } from '../search-direct'
import { NEURONS } from '../settings'
import { measureTau } from './membrane-time'

const SETTINGS = [2, 4, 8, 16, 32, 63]
export const FULL = 63
/** for planning a measurement: what the line is expected to give, settings */
const EXPECTED = 3

export interface Capacitances {
  settings: readonly number[]
  /** time constants, µs, [setting][neuron] */
  taus: Float64Array[]
  /** of each neuron, settings */
  intrinsic: Float64Array
}

/** time constants over the capacitances, membranes alone; the chip is left as it was */
export function measureCapacitances(bench: Bench): Capacitances {
  const { tau_mem, membrane_capacitance: at } = bench.targets
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'capacitance', 'threshold'] })
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0 })
  const taus = SETTINGS.map((setting) => {
    bench.setAll({ capacitance: setting })
    return measureTau(bench, (tau_mem * (setting + EXPECTED)) / (at + EXPECTED))
  })
  restore()
  const centre = mean(SETTINGS)
  const norm = SETTINGS.reduce((sum, x) => sum + (x - centre) ** 2, 0)
  const intrinsic = taus[0].map((_, n) => {
    const slope = SETTINGS.reduce((sum, x, k) => sum + ((x - centre) / norm) * taus[k][n], 0)
    return mean(taus.map((tau) => tau[n])) / slope - centre
  })
  return { settings: SETTINGS, taus, intrinsic }
}

export const intrinsicCapacitance: Routine = {
  name: 'intrinsic_capacitance',
  label: 'Intrinsic membrane capacitance',
  symbol: 'C_int',
  quantity: 'capacitance where the line of time constants over settings reaches zero',
  unit: 'settings',
  group: 1,
  boundFails: false,
  measuresOnly: true,
  target: () => null,
  // a circuit whose time constant cannot be measured has no line
  missed: (after) => Uint8Array.from(after, (x) => (Number.isFinite(x) ? 0 : 1)),
  codes: ({ switches }) => switches.capacitance,
  write: (bench, codes) => bench.port.writeSwitches({ capacitance: Uint8Array.from(codes) }),
  search: (bench) => {
    const codes = bench.port.readSwitches().capacitance.slice()
    return {
      problem: { instances: NEURONS, low: 0, high: FULL, sign: 1, target: 0 },
      algorithm: computed(codes),
      steps: 1,
      write: (written) => bench.port.writeSwitches({ capacitance: Uint8Array.from(written) }),
      measure: () => codes,
      finish: () => {}
    }
  },
  check: { mostReads: 1, prepare: () => () => {}, read: (bench) => measureCapacitances(bench).intrinsic }
}
