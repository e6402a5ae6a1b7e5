/**
 * Membrane time constant. Two measurements (calix, hagen/neuron_leak_bias.py):
 *  - offset current: a constant current charges the membrane, is switched off, and the fast converter records the
 *    decay. Precise; used for the final target. The leak conductance is divided by 8 for neurons that can reach the
 *    target that way, and multiplied by 8 for those that cannot reach it otherwise.
 *  - column reads: reset to 50 below leak, one read after the wanted time constant, where 1/e must be left. Coarse;
 *    used for the long time constants of the preparation stage.
 */
import { exp } from '../../numerics/functions'
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { averaged } from '../reading'
import { cellTask, neuronSetting, settle } from '../routine'
import type { Routine, Task } from '../routine'
import { HIGHEST_CODE, NEURONS } from '../settings'
import { decayTimes } from '../traces'
import { leakTask, resetTask } from './potentials'

/** wanted deflection of the median membrane, CADC LSB; the fast converter sees up to about 320 */
const DEFLECTION = 180
/** deflection while the current is chosen: the column converter must see it */
const CODE_PROBE = 50
/** traces averaged in a step of the search; the membrane's own noise limits a single one to about 1 % */
const TRACES = 2

/** one fitted time constant of every neuron */
function readTau(bench: Bench, targetUs: number): Float64Array {
  const pulseUs = Math.max(20, 10 * targetUs)
  const stimulus = { offsetCurrent: { fromUs: 0, toUs: pulseUs } }
  return decayTimes(bench, stimulus, 'membrane', pulseUs + 0.1, Math.max(2, 5 * targetUs))
}

/** membrane alone, offset current large enough for `DEFLECTION` at the target time constant */
function prepare(bench: Bench, targetUs: number): () => void {
  const restore = bench.hold({ cells: ['offsetCurrent'], switches: ['threshold', 'offsetCurrent'] })
  bench.setAll({ threshold: 0, offsetCurrent: 1 })
  bench.port.writeNeuron('offsetCurrent', new Uint16Array(NEURONS))
  const rest = bench.rest(10)
  bench.writeAll('offsetCurrent', CODE_PROBE)
  // the first microseconds of charging tell the current without knowing the time constant
  const shortUs = Math.min(2, targetUs / 3)
  const after = bench.columns(
    { durationUs: shortUs, offsetCurrent: { fromUs: 0, toUs: shortUs }, columnReads: [shortUs] },
    30
  )[0]
  const slope = median(after.map((v, n) => (v - rest[n]) / shortUs))
  const code = slope > 0 ? Math.round((CODE_PROBE * DEFLECTION) / (slope * targetUs)) : HIGHEST_CODE
  bench.writeAll('offsetCurrent', Math.max(10, Math.min(HIGHEST_CODE - 10, code)))
  return restore
}

/** one measurement of every time constant on the chip as it is, with windows for about `targetUs` */
export function measureTau(bench: Bench, targetUs: number): Float64Array {
  const leave = prepare(bench, targetUs)
  const tau = readTau(bench, targetUs)
  leave()
  return tau
}

/** divides the leak by 8 where that can reach the target, multiplies where nothing else does (calix: probes at the ends) */
function chooseRange(bench: Bench, targetUs: Float64Array, windowUs: number): void {
  const probe = (range: number): Float64Array => {
    bench.setAll({ leakRange: range })
    bench.writeAll('leakBias', HIGHEST_CODE - 63)
    return readTau(bench, windowUs)
  }
  const shortestDivided = probe(1)
  const shortest = probe(0)
  bench.port.writeSwitches({
    leakRange: Uint8Array.from({ length: NEURONS }, (_, n) =>
      shortestDivided[n] < targetUs[n] ? 1 : shortest[n] > targetUs[n] && Number.isFinite(shortest[n]) ? 2 : 0
    )
  })
}

export const tauMem: Routine = {
  name: 'tau_mem',
  label: 'Membrane time constant',
  symbol: 'τ_mem',
  quantity: 'fitted decay of the membrane after an offset current',
  unit: 'µs',
  ...neuronSetting('leakBias'),
  aims: 'tau_mem',
  target: (targets) => targets.tau_mem,
  search: (bench) => {
    const longest = bench.longest('tau_mem')
    const target = bench.each('tau_mem')
    const finish = prepare(bench, longest)
    chooseRange(bench, target, longest)
    const measure = (): Float64Array => averaged(TRACES, () => readTau(bench, longest))
    return cellTask(bench, 'leakBias', { sign: -1, target, measure, finish })
  },
  check: {
    prepare: (bench) => prepare(bench, bench.longest('tau_mem')),
    read: (bench) => readTau(bench, bench.longest('tau_mem'))
  }
}

const AMPLITUDE = 50
/** the converter is reliable from here (calix, constants.py) */
const LOWEST_READ = 30
const READS = 8

/** column-read method for a long time constant; expects leak to be well above `AMPLITUDE` + the converter's low end */
export function columnTauTask(bench: Bench, targetUs: number): Task {
  const rest = bench.rest(READS)
  const below = rest.map((v) => Math.max(LOWEST_READ, v - AMPLITUDE))
  settle(bench, resetTask(bench, below))
  const fromUs = 10
  const forcedReset = { fromUs: 0, toUs: fromUs }
  const read = (atUs: number): Float64Array =>
    bench.columns({ durationUs: atUs + 1, forcedReset, columnReads: [atUs] }, READS)[0]
  const start = read(fromUs - 0.5)
  const left = exp(-1)
  return cellTask(bench, 'leakBias', {
    sign: 1,
    target: rest.map((v, n) => v - (v - start[n]) * left),
    measure: () => {
      // the resting potential may move with the leak bias: match it again before every reading (calix)
      settle(bench, leakTask(bench, rest))
      return read(fromUs + targetUs)
    }
  })
}
