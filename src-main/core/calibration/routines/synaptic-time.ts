/**
 * Synaptic time constants (calix, hagen/neuron_synin.py, SynTimeConstantCalib): the fast converter on the synaptic
 * line, a burst of events, an exponential fit of the recovery. The high-resistance mode is tried first; it is left for
 * neurons whose shortest time constant there (at 90 % of the bias range) is still above the target.
 *
 * A flat trace can mean both: the line recovers too slowly to be seen, or it did before the record began. Without the high
 * resistance it is the latter, and the search must go on to lower codes.
 */
import type { Bench } from '../bench'
import { averaged } from '../reading'
import { cellTask, neuronSetting } from '../routine'
import type { Routine, Task } from '../routine'
import { HIGHEST_CODE, NEURONS } from '../settings'
import { exposeLines, lineBurst } from '../stimulus'
import { decayTimes } from '../traces'

interface Side {
  sign: 1 | -1
  cell: 'synapticTauExc' | 'synapticTauInh'
  mode: 'highResistanceExc' | 'highResistanceInh'
  source: 'lineExc' | 'lineInh'
}

const EXC: Side = { sign: 1, cell: 'synapticTauExc', mode: 'highResistanceExc', source: 'lineExc' }
const INH: Side = { sign: -1, cell: 'synapticTauInh', mode: 'highResistanceInh', source: 'lineInh' }

/** traces averaged in a step of the search: the noise of a single one is as large as that of writing a code */
const TRACES = 2

/** one fitted time constant of every neuron, window made for `targetUs` */
function readTau(bench: Bench, side: Side, targetUs: number): Float64Array {
  const { events, endUs } = lineBurst(10)
  return decayTimes(bench, { events }, side.source, endUs + 0.1, Math.max(2, 5 * targetUs))
}

/** share of the target within which the shortest time constant is read more often, and how often */
const CLOSE = 0.3
const PROBES = 6

function chooseMode(bench: Bench, side: Side, targetUs: Float64Array, windowUs: number): void {
  bench.setAll({ [side.mode]: 1 })
  bench.writeAll(side.cell, Math.round(0.9 * HIGHEST_CODE))
  let shortest = readTau(bench, side, windowUs)
  // one reading cannot tell a neuron that just reaches the target from one that just does not
  if (shortest.some((tau, n) => Math.abs(tau / targetUs[n] - 1) < CLOSE)) {
    shortest = averaged(PROBES, () => readTau(bench, side, windowUs))
  }
  bench.port.writeSwitches({
    [side.mode]: Uint8Array.from(shortest, (tau, n) => (Number.isFinite(tau) && tau > targetUs[n] ? 0 : 1))
  })
}

function task(bench: Bench, side: Side, target: Float64Array): Task {
  const finish = exposeLines(bench, side.sign)
  const longest = target.reduce((most, tau) => Math.max(most, tau))
  chooseMode(bench, side, target, longest)
  const slow = bench.port.readSwitches()[side.mode].slice()
  const read = (): Float64Array =>
    readTau(bench, side, longest).map((tau, n) => (tau === Infinity && !slow[n] ? 0 : tau))
  const measure = (): Float64Array => averaged(TRACES, read)
  return cellTask(bench, side.cell, { sign: -1, target, measure, finish })
}

/** the searches for another target: the short time constants of the preparation stage */
export const tauSynTask = {
  exc: (bench: Bench, targetUs: number): Task => task(bench, EXC, new Float64Array(NEURONS).fill(targetUs)),
  inh: (bench: Bench, targetUs: number): Task => task(bench, INH, new Float64Array(NEURONS).fill(targetUs))
}

function routine(side: Side, name: 'tau_syn_exc' | 'tau_syn_inh', label: string, symbol: string): Routine {
  return {
    name,
    label,
    symbol,
    quantity: 'fitted recovery of the synaptic line',
    unit: 'µs',
    ...neuronSetting(side.cell),
    aims: name,
    target: (targets) => targets[name],
    search: (bench) => task(bench, side, bench.each(name)),
    check: {
      prepare: (bench) => exposeLines(bench, side.sign),
      read: (bench) => readTau(bench, side, bench.longest(name))
    }
  }
}

export const tauSynExc = routine(EXC, 'tau_syn_exc', 'Excitatory synaptic time constant', 'τ_exc')
export const tauSynInh = routine(INH, 'tau_syn_inh', 'Inhibitory synaptic time constant', 'τ_inh')
