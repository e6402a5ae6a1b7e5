/** A chip at the median codes of the published calibrations, as tests of chip/ need it. */
import type { CircuitCells, CircuitSwitches } from '../../../src-main/core/chip/hicann-x/transfer'

const fill = (code: number): Float64Array => new Float64Array(512).fill(code)
const set = (value: number): Uint8Array => new Uint8Array(512).fill(value)

export function medianCells(): CircuitCells {
  return {
    leak: fill(629),
    reset: fill(625),
    threshold: fill(389),
    leakBias: fill(158),
    resetBias: fill(1022),
    synapticTauExc: fill(80),
    synapticTauInh: fill(80),
    synapticReferenceExc: fill(310),
    synapticReferenceInh: fill(310),
    synapticGainExc: fill(500),
    synapticGainInh: fill(500),
    offsetCurrent: fill(0)
  }
}

export function medianSwitches(): CircuitSwitches {
  return {
    capacitance: set(63),
    leakRange: set(0),
    inputExc: set(1),
    inputInh: set(1),
    highResistanceExc: set(1),
    highResistanceInh: set(1),
    threshold: set(1),
    offsetCurrent: set(0),
    refractory: set(8)
  }
}
