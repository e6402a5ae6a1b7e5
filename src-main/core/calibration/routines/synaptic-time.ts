/**
 * Synaptic time constants (calix, hagen/neuron_synin.py, SynTimeConstantCalib): the fast converter on the synaptic
 * line, a burst of events, an exponential fit of the recovery. The high-resistance mode is tried first; it is left for
 * neurons whose shortest time constant there (at 90 % of the bias range) is still above the target.
 */
import type { Bench } from '../bench'
import type { Check, Routine, Task } from '../routine'
import { noisyBinarySearch } from '../search'
import { HIGHEST_CODE, NEURONS } from '../settings'
import { burst } from '../stimulus'
import { decayTimes } from '../traces'

const ROWS = 5
/** a full weight: a neuron's weight offset of a few LSB then hardly counts */
const WEIGHT = 63
const EVENT_US = 0.05
/** traces averaged in a step of the search */
const TRACES = 1

interface Side {
  sign: 1 | -1
  cell: 'synapticTauExc' | 'synapticTauInh'
  mode: 'highResistanceExc' | 'highResistanceInh'
  source: 'lineExc' | 'lineInh'
}

const EXC: Side = { sign: 1, cell: 'synapticTauExc', mode: 'highResistanceExc', source: 'lineExc' }
const INH: Side = { sign: -1, cell: 'synapticTauInh', mode: 'highResistanceInh', source: 'lineInh' }

/** one fitted time constant of every neuron, window made for `targetUs` */
function readTau(bench: Bench, side: Side, targetUs: number): Float64Array {
  const start = 10
  const events = burst(ROWS, start, EVENT_US)
  const fromUs = start + ROWS * EVENT_US + 0.1
  return decayTimes(bench, {
    program: { durationUs: 0, events },
    source: side.source,
    fromUs,
    lengthUs: Math.max(2, 5 * targetUs)
  })
}

/** inputs disconnected from the membrane while their lines are read, rows on */
function prepare(bench: Bench, side: Side): () => void {
  const restore = bench.hold({ cells: [], switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0 })
  bench.connectRows(side.sign, ROWS, WEIGHT)
  return () => {
    bench.disconnectRows(ROWS)
    restore()
  }
}

function chooseMode(bench: Bench, side: Side, targetUs: number): void {
  bench.setAll({ [side.mode]: 1 })
  bench.writeAll(side.cell, Math.round(0.9 * HIGHEST_CODE))
  const shortest = readTau(bench, side, targetUs)
  bench.port.writeSwitches({
    [side.mode]: Uint8Array.from(shortest, (tau) => (Number.isFinite(tau) && tau > targetUs ? 0 : 1))
  })
}

function task(bench: Bench, side: Side, targetUs: number): Task {
  const finish = prepare(bench, side)
  chooseMode(bench, side, targetUs)
  return {
    problem: { instances: NEURONS, low: 0, high: HIGHEST_CODE, sign: -1, target: targetUs },
    algorithm: noisyBinarySearch,
    write: (codes) => bench.port.writeNeuron(side.cell, Uint16Array.from(codes)),
    measure: () => averaged(TRACES, () => readTau(bench, side, targetUs)),
    finish
  }
}

/** mean of several readings, neuron by neuron */
export function averaged(times: number, read: (k: number) => Float64Array): Float64Array {
  const sum = read(0)
  for (let k = 1; k < times; k++) read(k).forEach((value, n) => (sum[n] += value))
  return sum.map((value) => value / times)
}

/** the searches for another target, e.g. the short constants of the preparation stage */
export const tauSynTask = {
  exc: (bench: Bench, targetUs: number): Task => task(bench, EXC, targetUs),
  inh: (bench: Bench, targetUs: number): Task => task(bench, INH, targetUs)
}

function routine(side: Side, name: 'tau_syn_exc' | 'tau_syn_inh', label: string, symbol: string): Routine {
  const check: Check = {
    prepare: (bench) => prepare(bench, side),
    read: (bench) => readTau(bench, side, bench.targets[name])
  }
  return {
    name,
    label,
    symbol,
    quantity: 'fitted recovery of the synaptic line',
    unit: 'µs',
    group: 1,
    boundFails: true,
    target: (targets) => targets[name],
    codes: (settings) => settings.neuron[side.cell],
    write: (bench, codes) => bench.port.writeNeuron(side.cell, Uint16Array.from(codes)),
    search: (bench) => task(bench, side, bench.targets[name]),
    check
  }
}

export const tauSynExc = routine(EXC, 'tau_syn_exc', 'Excitatory synaptic time constant', 'τ_exc')
export const tauSynInh = routine(INH, 'tau_syn_inh', 'Inhibitory synaptic time constant', 'τ_inh')
