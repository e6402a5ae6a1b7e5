/**
 * The stage in which the synaptic inputs are calibrated (calix, spiking/neuron_calib_parts.py, prepare_for_synin_calib):
 * four calibrations whose settings are given back later. Inputs off; leak at 120, so that both signs have room; short
 * synaptic time constants, so that one event does not overcharge the membrane; a long membrane time constant, so that
 * events add up and a small input current moves the rest visibly; leak once more. The rests found then are what the
 * membranes must come back to with their inputs connected.
 */
import type { Bench } from '../bench'
import type { Task } from '../routine'
import { columnTauTask } from './membrane-time'
import { leakTask } from './potentials'
import { tauSynTask } from './synaptic-time'

const LEAK = 120
export const TAU_SYN_US = 1.5
export const TAU_MEM_US = 60
const READS = 50

/** the searches of the stage, in order; each is made when the one before has finished */
export const PREPARATION: readonly ((bench: Bench) => Task)[] = [
  (bench) => leakTask(bench, LEAK),
  (bench) => tauSynTask.exc(bench, TAU_SYN_US),
  (bench) => tauSynTask.inh(bench, TAU_SYN_US),
  (bench) => columnTauTask(bench, TAU_MEM_US),
  (bench) => leakTask(bench, LEAK)
]

/** saves what the stage overwrites and switches the inputs off; the answer leaves the stage */
export function enterPreparation(bench: Bench): () => void {
  const restore = bench.hold({
    cells: ['leak', 'leakBias', 'reset', 'synapticTauExc', 'synapticTauInh'],
    switches: ['inputExc', 'inputInh', 'threshold', 'highResistanceExc', 'highResistanceInh', 'leakRange']
  })
  // the long time constant needs the leak divided, or it is a code of a few units
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0, leakRange: 1 })
  bench.gainTarget = null
  return restore
}

export function recordRest(bench: Bench): void {
  bench.restWithoutInput = bench.rest(READS)
}
