/**
 * Leak and reset potential (calix, hagen/neuron_potentials.py): column reads of the membrane at rest, or while it is
 * held at reset, and a noisy bisection of the voltage cell. calix searches with single reads; here a step averages
 * some, so that read noise (about 1 LSB) does not end up in the setting.
 */
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Routine, Task } from '../routine'
import type { Problem } from '../search'

const READS = 16

/** some ten time constants of the reset switch; it is still closed when the membrane is read */
const RESET_READ_US = 10

export function readReset(bench: Bench, repeats: number): Float64Array {
  const durationUs = RESET_READ_US + 1
  const forcedReset = { fromUs: 0, toUs: durationUs }
  return bench.columns({ durationUs, forcedReset, columnReads: [RESET_READ_US] }, repeats)[0]
}

/** Comparator off: a spike would end in a read of the reset potential. */
export function quiet(bench: Bench): () => void {
  const restore = bench.hold({ switches: ['threshold'] })
  bench.setAll({ threshold: 0 })
  return restore
}

/** search of the leak cell for a rest at `target`, in the present state */
export function leakTask(bench: Bench, target: Problem['target'], finish?: () => void): Task {
  return cellTask(bench, 'leak', { sign: 1, target, measure: () => bench.rest(READS), finish })
}

/** search of the reset cell, in the present state */
export function resetTask(bench: Bench, target: Problem['target'], finish?: () => void): Task {
  return cellTask(bench, 'reset', { sign: 1, target, measure: () => readReset(bench, READS), finish })
}

export const leak: Routine = {
  name: 'leak',
  label: 'Leak potential',
  symbol: 'V_leak',
  quantity: 'column read of the resting membrane',
  unit: 'LSB',
  ...neuronSetting('leak'),
  aims: 'leak',
  target: (targets) => targets.leak,
  search: (bench) => leakTask(bench, bench.each('leak'), quiet(bench)),
  check: { prepare: quiet, read: (bench) => bench.rest(1) }
}

export const reset: Routine = {
  name: 'reset',
  label: 'Reset potential',
  symbol: 'V_reset',
  quantity: 'column read of the membrane held at reset',
  unit: 'LSB',
  ...neuronSetting('reset'),
  aims: 'reset',
  target: (targets) => targets.reset,
  search: (bench) => resetTask(bench, bench.each('reset'), quiet(bench)),
  check: { prepare: quiet, read: (bench) => readReset(bench, 1) }
}
