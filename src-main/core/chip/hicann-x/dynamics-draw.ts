/**
 * The fixed pattern of the circuits' further parts: adaptation, exponential term, conductance-based inputs, coupling of
 * compartments. Streams of their own: chips keep what they had before these parts were emulated.
 *
 * ASSUMED throughout: no spreads of these cells are published. Voltage cells take the spread of the cell of the same
 * kind whose spread is known (threshold 16 codes, leak 34; hardware.md 7), current cells the leak bias's log-sd of 0.1,
 * the adaptation's time constant that of the synaptic one, 0.22.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import { CIRCUITS } from './topology'

/** one entry a circuit: voltages are codes added to what the cell gives, the rest are factors */
export interface DynamicsDraw {
  adaptationLeak: Float64Array
  adaptationReference: Float64Array
  adaptationTau: Float64Array
  adaptationA: Float64Array
  adaptationB: Float64Array
  exponentialThreshold: Float64Array
  exponentialSlope: Float64Array
  cobaReferenceExc: Float64Array
  cobaReferenceInh: Float64Array
  cobaGainExc: Float64Array
  cobaGainInh: Float64Array
  interCompartment: Float64Array
}

const LEAK_CODES = 34
const THRESHOLD_CODES = 16
const CURRENT = 0.1
const TAU = 0.22

export function drawDynamics(seed: number, mismatch: number): DynamicsDraw {
  const codes = (name: string, sd: number): Float64Array => {
    const source = new Stream(seed, 'hicann-x', name)
    return Float64Array.from({ length: CIRCUITS }, () => mismatch * sd * source.normal())
  }
  const factors = (name: string, logSd: number): Float64Array => codes(name, logSd).map(exp)
  return {
    adaptationLeak: codes('adaptation-leak', LEAK_CODES),
    adaptationReference: codes('adaptation-reference', LEAK_CODES),
    adaptationTau: factors('adaptation-tau', TAU),
    adaptationA: factors('adaptation-a', CURRENT),
    adaptationB: factors('adaptation-b', CURRENT),
    exponentialThreshold: codes('exponential-threshold', THRESHOLD_CODES),
    exponentialSlope: factors('exponential-slope', CURRENT),
    cobaReferenceExc: codes('coba-reference-exc', LEAK_CODES),
    cobaReferenceInh: codes('coba-reference-inh', LEAK_CODES),
    cobaGainExc: factors('coba-gain-exc', CURRENT),
    cobaGainInh: factors('coba-gain-inh', CURRENT),
    interCompartment: factors('inter-compartment', CURRENT)
  }
}
