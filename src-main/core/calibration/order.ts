/**
 * The routines of the first calibration set and calix's order of them (spiking/neuron.py, spiking/__init__.py). A
 * routine that comes twice is refined the second time, when all else is in place.
 */
import { InputError } from '../errors/input-error'
import type { Routine } from './routine'
import { channelOffsets, rampOffset, rampSlope } from './routines/converter'
import { correlationRamp, correlationStore } from './routines/correlation-bias'
import { correlationAmplitude, correlationTau } from './routines/correlation-trims'
import { referenceExc, referenceInh } from './routines/input-reference'
import { tauMem } from './routines/membrane-time'
import { leak, reset } from './routines/potentials'
import { plasticityOffset } from './routines/short-term-plasticity'
import { synapseDacBias } from './routines/synapse-dac-bias'
import { gainExc, gainInh } from './routines/synaptic-gain'
import { tauSynExc, tauSynInh } from './routines/synaptic-time'
import { threshold } from './routines/threshold'

const CONVERTER = [rampOffset, rampSlope, channelOffsets]

/** inputs and comparator off */
export const FIRST: readonly Routine[] = [...CONVERTER, tauSynExc, tauSynInh, synapseDacBias, threshold]
/** inside the preparation stage */
export const INPUTS: readonly Routine[] = [gainExc, gainInh, referenceInh, referenceExc]
/** after it, inputs off */
export const SECOND: readonly Routine[] = [leak, tauMem, reset, leak]
/** drivers, once the neurons tell their pulses */
export const DRIVERS: readonly Routine[] = [plasticityOffset]
/** with the inputs connected: crosstalk and write noise of all that came since have moved the potentials a little */
export const REFINED: readonly Routine[] = [...CONVERTER, threshold, reset, leak]

/** last, because their biases shift the converters (calix, issue 3469) */
export const CORRELATION: readonly Routine[] = [correlationStore, correlationRamp, correlationAmplitude, correlationTau]

/** the spiking suite, in the order of reports: that in which they are done for the last time */
export const SPIKING: readonly Routine[] = [
  ...CONVERTER,
  tauSynExc,
  tauSynInh,
  synapseDacBias,
  ...INPUTS,
  tauMem,
  plasticityOffset,
  threshold,
  reset,
  leak
]

/** every routine there is */
export const ROUTINES: readonly Routine[] = [...SPIKING, ...CORRELATION]

/** @throws InputError naming the routine that does not exist */
export function chooseRoutines(names: readonly string[] | undefined): readonly Routine[] {
  if (!names) return SPIKING
  for (const name of names) {
    if (!ROUTINES.some((routine) => routine.name === name)) {
      throw new InputError(
        'bad-input',
        `routine "${name}" does not exist; there are: ${ROUTINES.map((r) => r.name).join(', ')}`
      )
    }
  }
  return ROUTINES.filter((routine) => names.includes(routine.name))
}
