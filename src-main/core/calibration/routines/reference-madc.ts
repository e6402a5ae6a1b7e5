/**
 * Synaptic input references by the fast converter (calix, hagen/neuron_synin.py, SynReferenceCalibMADC): with the leak
 * off, a connected input whose reference is not matched makes the membrane drift. The reference is set so that the
 * drift is that without input. Needs no long time constant, and no column converter.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../../emulator/chip-port'
import type { Bench } from '../bench'
import { averaged } from '../reading'
import { cellTask, neuronSetting } from '../routine'
import type { Routine } from '../routine'
import { NEURONS } from '../settings'
import { EXC, INH, type Input } from './input-reference'

const RESET_US = 10
const WINDOW_US = 20
const MOST_CAPACITANCE = 63
const TRACES = 2

/** slope of each membrane after its release from reset, MADC LSB / µs, by linear regression */
export function drifts(bench: Bench): Float64Array {
  const { traces, traceSamples } = bench.port.run({
    durationUs: RESET_US + WINDOW_US,
    forcedReset: { fromUs: 0, toUs: RESET_US },
    trace: { source: 'membrane', fromUs: RESET_US - MADC_INVALID_US + 0.5, toUs: RESET_US + WINDOW_US }
  })
  const first = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const count = traceSamples - first
  const centre = (count - 1) / 2
  const norm = (count * (count * count - 1)) / 12
  return Float64Array.from({ length: NEURONS }, (_, n) => {
    let sum = 0
    for (let k = 0; k < count; k++) sum += (k - centre) * traces[n * traceSamples + first + k]
    return sum / norm / MADC_STEP_US
  })
}

/** leak off, membranes slow; the answer undoes it */
export function floating(bench: Bench): () => void {
  const restore = bench.hold({
    cells: ['leakBias'],
    switches: ['threshold', 'capacitance', 'leakRange', 'inputExc', 'inputInh', 'offsetCurrent']
  })
  bench.setAll({ threshold: 0, capacitance: MOST_CAPACITANCE, leakRange: 1, offsetCurrent: 0 })
  bench.port.writeNeuron('leakBias', new Uint16Array(NEURONS))
  return restore
}

/** drift that connecting the inputs adds */
function added(bench: Bench): Float64Array {
  bench.setAll({ inputExc: 0, inputInh: 0 })
  const without = drifts(bench)
  bench.setAll({ inputExc: 1, inputInh: 1 })
  return drifts(bench).map((slope, n) => slope - without[n])
}

function routine(input: Input, label: string, symbol: string): Routine {
  return {
    name: `reference_${input.kind}_madc`,
    label,
    symbol,
    quantity: 'drift of the membrane by connecting the inputs, fast converter',
    unit: 'MADC LSB/µs',
    ...neuronSetting(input.reference),
    boundFails: false,
    target: () => 0,
    search: (bench) => {
      const finish = floating(bench)
      bench.setAll({ inputExc: 0, inputInh: 0 })
      const target = averaged(TRACES, () => drifts(bench))
      // the other input stays connected and as it is: only the sum moves the membrane
      bench.setAll({ inputExc: 1, inputInh: 1 })
      const sign = input === EXC ? -1 : 1
      return cellTask(bench, input.reference, {
        sign,
        target,
        measure: () => averaged(TRACES, () => drifts(bench)),
        finish
      })
    },
    check: { prepare: floating, read: added }
  }
}

export const referenceExcMadc = routine(EXC, 'Excitatory input reference, fast converter', 'V_ref,exc')
export const referenceInhMadc = routine(INH, 'Inhibitory input reference, fast converter', 'V_ref,inh')
