/**
 * Leak and reset potential (calix, hagen/neuron_potentials.py): column reads of the membrane at rest, or while it is
 * held at reset, and a noisy bisection of the voltage cell. calix searches with single reads; here a step averages
 * some, so that read noise (about 1 LSB) does not end up in the setting.
 */
import type { NeuronCell } from '../../emulator/chip-port'
import type { Bench } from '../bench'
import type { Routine, Task } from '../routine'
import { noisyBinarySearch } from '../search'
import { HIGHEST_CODE, NEURONS } from '../settings'

const READS = 16

/** force to reset, wait for the switch to settle (some ten of its time constants), read while it is still closed */
const RESET_READ_US = 10

function readReset(bench: Bench, repeats: number): Float64Array {
  return bench.columns(
    {
      durationUs: RESET_READ_US + 1,
      forcedReset: { fromUs: 0, toUs: RESET_READ_US + 1 },
      columnReads: [RESET_READ_US]
    },
    repeats
  )[0]
}

function potentialTask(cell: NeuronCell, measure: (bench: Bench) => Float64Array) {
  return (bench: Bench, target: Problem['target'], finish: () => void): Task => ({
    problem: { instances: NEURONS, low: 0, high: HIGHEST_CODE, sign: 1, target },
    algorithm: noisyBinarySearch,
    write: (codes) => bench.port.writeNeuron(cell, Uint16Array.from(codes)),
    measure: () => measure(bench),
    finish
  })
}
type Problem = Task['problem']

/** Comparator off meanwhile: a spike would end in a read of the reset potential. */
function quiet(bench: Bench): () => void {
  const restore = bench.hold({ cells: [], switches: ['threshold'] })
  bench.setAll({ threshold: 0 })
  return restore
}

/** search of the leak cell for a rest at `target`, in the present state */
export const leakTask = potentialTask('leak', (bench) => bench.rest(READS))
const resetSearch = potentialTask('reset', (bench) => readReset(bench, READS))

export function resetTask(bench: Bench, target: Problem['target']): Task {
  return resetSearch(bench, target, () => {})
}

export const leak: Routine = {
  name: 'leak',
  label: 'Leak potential',
  symbol: 'V_leak',
  quantity: 'column read of the resting membrane',
  unit: 'LSB',
  group: 1,
  boundFails: true,
  target: (targets) => targets.leak,
  codes: (settings) => settings.neuron.leak,
  write: (bench, codes) => bench.port.writeNeuron('leak', Uint16Array.from(codes)),
  search: (bench) => leakTask(bench, bench.targets.leak, quiet(bench)),
  check: { prepare: quiet, read: (bench) => bench.rest(1) }
}

export const reset: Routine = {
  name: 'reset',
  label: 'Reset potential',
  symbol: 'V_reset',
  quantity: 'column read of the membrane held at reset',
  unit: 'LSB',
  group: 1,
  boundFails: true,
  target: (targets) => targets.reset,
  codes: (settings) => settings.neuron.reset,
  write: (bench, codes) => bench.port.writeNeuron('reset', Uint16Array.from(codes)),
  search: (bench) => resetSearch(bench, bench.targets.reset, quiet(bench)),
  check: { prepare: quiet, read: (bench) => readReset(bench, 1) }
}
