/**
 * Comparators that hang: some stay silent once their threshold was swept below the resting membrane, until the membranes
 * are forced to reset (calix, issue 3996; hardware.md 7). Found by doing just that: with the reset lowered, thresholds
 * are written below the rest, and the spikes of the neurons left to themselves are counted before and after a forced
 * reset. A neuron that hangs is no failed neuron: whoever resets the membranes first can use it. It is reported.
 */
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Routine } from '../routine'
import { computed } from '../search-direct'
import { NEURONS } from '../settings'

/** threshold below the rest, LSB, and 0.34 LSB of threshold a code (hardware.md 3.3) */
const BELOW = 20
const THRESHOLD_PER_CODE = 0.34
const READS = 8
const RESET_US = 10
/** membrane time constants that are listened to: some ten spikes */
const LISTEN = 40

function count(bench: Bench, forced: boolean): Float64Array {
  const durationUs = RESET_US + LISTEN * bench.longest('tau_mem')
  const { spikes } = bench.port.run({
    durationUs,
    spikes: true,
    ...(forced && { forcedReset: { fromUs: 0, toUs: RESET_US } })
  })
  const out = new Float64Array(NEURONS)
  for (const neuron of spikes.neuron) out[neuron]++
  return out
}

/** share of the spikes that a swept threshold costs each neuron; NaN: it does not fire at all */
function read(bench: Bench): Float64Array {
  const restore = bench.hold({ cells: ['reset', 'threshold'], switches: ['threshold'] })
  const swept = bench.port.readNeuron('threshold').slice()
  bench.setAll({ threshold: 0 })
  const [leak, aim] = [bench.each('leak'), bench.each('threshold')]
  // a converter that reads nothing does not keep its neuron from hanging: then the leak is where it should be
  const rest = bench.rest(READS).map((v, n) => (Number.isNaN(v) ? leak[n] : v))
  bench.port.writeNeuron('reset', new Uint16Array(NEURONS))
  bench.setAll({ threshold: 1 })
  bench.write(
    'threshold',
    swept.map((code, n) => Math.max(0, code - Math.round((aim[n] - rest[n] + BELOW) / THRESHOLD_PER_CODE)))
  )
  const before = count(bench, false)
  const after = count(bench, true)
  restore()
  // what hung is freed again
  count(bench, true)
  return after.map((spikes, n) => (spikes > 0 ? Math.max(0, 1 - before[n] / spikes) : NaN))
}

/** from this share on a neuron hangs */
export const HANGS = 0.5

export const comparatorLatch: Routine = {
  name: 'comparator_latch',
  label: 'Comparators that hang',
  symbol: 'h',
  quantity: 'share of the spikes lost after the threshold was swept',
  unit: '',
  ...neuronSetting('threshold'),
  boundFails: false,
  measuresOnly: true,
  target: () => 0,
  missed: () => new Uint8Array(NEURONS),
  search: (bench) => {
    const codes = bench.port.readNeuron('threshold').slice()
    return {
      ...cellTask(bench, 'threshold', { sign: 1, target: 0, measure: () => new Float64Array(NEURONS) }),
      algorithm: computed(codes),
      steps: 1
    }
  },
  check: { mostReads: 1, prepare: () => () => {}, read }
}
