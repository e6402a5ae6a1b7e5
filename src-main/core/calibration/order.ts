/**
 * The routines of the first calibration set and calix's order of them (spiking/neuron.py, spiking/__init__.py). A
 * routine that comes twice is refined the second time, when all else is in place.
 */
import { InputError } from '../errors/input-error'
import type { Routine } from './routine'
import { intrinsicCapacitance } from './routines/capacitance'
import { columnConverterSlope, fastConverterSlope } from './routines/converter-characterisation'
import { channelOffsets, rampOffset, rampSlope } from './routines/converter'
import { correlationRamp, correlationStore } from './routines/correlation-bias'
import { correlationAmplitude, correlationTau } from './routines/correlation-trims'
import { referenceExc, referenceInh } from './routines/input-reference'
import { cobaGainExc, cobaGainInh, cobaReferenceExc, cobaReferenceInh } from './routines/coba'
import { interCompartment } from './routines/compartments'
import { comparatorLatch } from './routines/latch'
import { leakOverThreshold } from './routines/leak-over-threshold'
import { tauMem } from './routines/membrane-time'
import { referenceExcMadc, referenceInhMadc } from './routines/reference-madc'
import { refractory } from './routines/refractory'
import { thresholdAtLeak } from './routines/threshold-at-leak'
import { thresholdMadc } from './routines/threshold-madc'
import { tauMemColumn } from './routines/membrane-time-column'
import { leak, reset } from './routines/potentials'
import { plasticityOffset } from './routines/short-term-plasticity'
import { rateBaseline } from './routines/rate-baseline'
import { rateOffset, rateRamp } from './routines/rate-drivers'
import { synapseDacBias } from './routines/synapse-dac-bias'
import { gainExc, gainInh } from './routines/synaptic-gain'
import { tauSynExc, tauSynInh } from './routines/synaptic-time'
import { threshold } from './routines/threshold'

const CONVERTER = [rampOffset, rampSlope, channelOffsets]

/** inputs and comparator off */
export const FIRST: readonly Routine[] = [refractory, ...CONVERTER, tauSynExc, tauSynInh, synapseDacBias, threshold]
/** inside the preparation stage */
export const INPUTS: readonly Routine[] = [gainExc, gainInh, referenceInh, referenceExc]
/** after it, inputs off */
export const SECOND: readonly Routine[] = [leak, tauMem, tauMemColumn, reset, leak]
/** drivers, once the neurons tell their pulses */
export const DRIVERS: readonly Routine[] = [plasticityOffset]
/** with the inputs connected: crosstalk and write noise of all that came since have moved the potentials a little */
export const REFINED: readonly Routine[] = [...CONVERTER, threshold, reset, leak, comparatorLatch]

/** only when they are named: other ways to the same setting, and parts that not every experiment uses */
export const SEPARATE: readonly Routine[] = [
  thresholdMadc,
  thresholdAtLeak,
  leakOverThreshold,
  referenceExcMadc,
  referenceInhMadc,
  cobaGainExc,
  cobaGainInh,
  cobaReferenceExc,
  cobaReferenceInh,
  interCompartment,
  intrinsicCapacitance,
  columnConverterSlope,
  fastConverterSlope
]

/** last, because their biases shift the converters (calix, issue 3469) */
export const CORRELATION: readonly Routine[] = [correlationStore, correlationRamp, correlationAmplitude, correlationTau]

/** drivers of the rate mode, once the neurons integrate */
export const RATE: readonly Routine[] = [rateRamp, rateOffset]

/** on top of it, when it is named */
export const BASELINE: readonly Routine[] = [rateBaseline]

/** the spiking suite, in the order of reports: that in which they are done for the last time */
export const SPIKING: readonly Routine[] = [
  refractory,
  ...CONVERTER,
  tauSynExc,
  tauSynInh,
  synapseDacBias,
  ...INPUTS,
  tauMem,
  plasticityOffset,
  threshold,
  reset,
  leak,
  comparatorLatch
]

/** every routine there is */
export const ROUTINES: readonly Routine[] = [
  ...SPIKING,
  ...SEPARATE,
  ...CORRELATION,
  tauMemColumn,
  ...RATE,
  ...BASELINE
]

/** neurons that integrate on their membranes, and drivers whose pulses follow the activation (calix, hagen/) */
export const HAGEN: readonly Routine[] = [
  ...CONVERTER,
  tauSynExc,
  tauSynInh,
  synapseDacBias,
  ...INPUTS,
  tauMemColumn,
  reset,
  leak,
  ...RATE
]

/**
 * @param names routines, or "all": those of the suite
 * @throws InputError naming the routine that does not exist
 */
export function chooseRoutines(names: readonly string[] | undefined): readonly Routine[] {
  if (!names) return SPIKING
  for (const name of names) {
    if (name !== 'all' && !ROUTINES.some((routine) => routine.name === name)) {
      throw new InputError(
        'bad-input',
        `routine "${name}" does not exist; there are: all, ${ROUTINES.map((r) => r.name).join(', ')}`
      )
    }
  }
  const wanted = names.includes('all') ? [...names, ...SPIKING.map((r) => r.name)] : names
  return ROUTINES.filter((routine) => wanted.includes(routine.name))
}
