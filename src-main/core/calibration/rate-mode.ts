/** The rate mode on the bench, and what neurons make of a driver in it (calix, hagen/synapse_driver.py). */
import type { Bench } from './bench'
import { connectDrivers, DRIVERS, driverResponses, writeDriverSetting } from './drivers'

const LARGEST_WEIGHT = 63
/** eight events at a distance of 1.5 µs (calix) */
const EVENTS = 8
const STEP_US = 1.5
const ALL = Array.from({ length: DRIVERS }, () => 1)

/** puts all drivers into rate mode */
export function rateOfAll(bench: Bench): void {
  writeDriverSetting(bench, 'rate', ALL)
}

/** rate mode on excitatory rows, quiet neurons; the answer takes both away */
export function enterRateMode(bench: Bench): () => void {
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 1, inputInh: 1, threshold: 0 })
  const leave = connectDrivers(bench, [1, 1], LARGEST_WEIGHT)
  rateOfAll(bench)
  return () => {
    leave()
    restore()
  }
}

/** response of the neurons to each driver at one activation, CADC LSB */
export function rateResponses(bench: Bench, activation: number, repeats: number): Float64Array {
  const { tau_mem: tauMemUs, tau_syn_exc: tauSynUs } = bench.targets
  return driverResponses(bench, { events: EVENTS, stepUs: STEP_US, activation, tauMemUs, tauSynUs }, repeats)
}
