/**
 * Refractory and hold-off time: registers that are computed, not searched (../refractory.ts), for two clocks that all
 * neurons share. What is read is what the registers on the chip stand for; the chip counts exactly.
 */
import type { Bench } from '../bench'
import { clockPeriodUs, refractoryRegisters } from '../refractory'
import type { Routine } from '../routine'
import { computed } from '../search-direct'
import { NEURONS } from '../settings'

/** period of each neuron's clock, µs */
export function periods({ port }: Bench): Float64Array {
  const { fastScale, slowScale } = port.readRefractoryClocks()
  return Float64Array.from(port.readDynamics().fastClock, (fast) => clockPeriodUs(fast ? fastScale : slowScale))
}

/** refractory time of every neuron, µs */
function readBack(bench: Bench): Float64Array {
  const { refractory } = bench.port.readSwitches()
  return periods(bench).map((period, n) => period * refractory[n])
}

export const refractory: Routine = {
  name: 'refractory',
  label: 'Refractory time',
  symbol: 'τ_ref',
  quantity: 'cycles of the refractory counter times the period of its clock',
  unit: 'µs',
  group: 1,
  boundFails: false,
  part: 'dynamics',
  aims: 'refractory_time',
  target: (targets) => targets.refractory_time,
  codes: (settings) => settings.switches.refractory,
  write: (bench, codes) => bench.port.writeSwitches({ refractory: Uint8Array.from(codes) }),
  search: (bench) => {
    const target = bench.each('refractory_time')
    const { clock, counter, holdOff, fastScale, slowScale } = refractoryRegisters(target, bench.each('hold_off_time'))
    bench.port.writeRefractoryClocks({ fastScale, slowScale })
    bench.port.writeDynamics({ fastClock: clock, holdOff })
    return {
      problem: { instances: NEURONS, low: 0, high: 256, sign: 1, target },
      algorithm: computed(counter),
      steps: 1,
      write: (codes) => bench.port.writeSwitches({ refractory: Uint8Array.from(codes) }),
      measure: () => readBack(bench),
      finish: () => {}
    }
  },
  check: { prepare: () => () => {}, read: readBack }
}
