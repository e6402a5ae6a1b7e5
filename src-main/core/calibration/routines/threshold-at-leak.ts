/**
 * Threshold just above the leak (calix, spiking/neuron_threshold.py; hardware.md 5.4): with a small capacitance and the
 * reset as low as it goes, the threshold at which the membrane's noise alone makes about 30 spikes in 2 ms; then 40 codes
 * more for safety. What is read is how far the threshold lies above that: spikes left to itself, which should be none.
 */
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Routine, Task } from '../routine'
import { HIGHEST_CODE, NEURONS } from '../settings'
import { countSpikes } from '../spike-rate'

const SPIKES = 30
const DURATION_US = 2000
const SAFETY = 40
const CAPACITANCE = 4
/** spikes of one neuron in a second after which calix names it, and how long is listened here */
export const NOISY_PER_SECOND = 50
const LISTEN_US = 20_000
/** so long is enough where most neurons fire so often in it: their thresholds lie below their leaks */
const FIRST_US = 200
const LOUD = 3

/** the search, which ends with the safe distance added */
export function atLeakTask(bench: Bench): Task {
  const restore = bench.hold({ cells: ['reset'], switches: ['capacitance'] })
  bench.setAll({ capacitance: CAPACITANCE, threshold: 1 })
  bench.writeAll('reset', 0)
  const finish = (): void => {
    const found = bench.port.readNeuron('threshold')
    bench.write(
      'threshold',
      found.map((code) => Math.min(HIGHEST_CODE, code + SAFETY))
    )
    restore()
  }
  return cellTask(bench, 'threshold', {
    sign: -1,
    target: SPIKES,
    measure: () => countSpikes(bench, DURATION_US),
    finish
  })
}

/** spontaneous spikes, per second */
export function spontaneous(bench: Bench): Float64Array {
  const first = countSpikes(bench, FIRST_US)
  const most = first.filter((spikes) => spikes >= LOUD).length > NEURONS / 2
  const [spikes, us] = most ? [first, FIRST_US] : [countSpikes(bench, LISTEN_US), LISTEN_US]
  return spikes.map((count) => (count * 1e6) / us)
}

export const thresholdAtLeak: Routine = {
  name: 'threshold_at_leak',
  label: 'Threshold just above leak',
  symbol: 'V_th',
  quantity: 'spikes of the neuron left to itself',
  unit: '1/s',
  ...neuronSetting('threshold'),
  target: () => 0,
  search: atLeakTask,
  // a reading is a count over a long time already
  check: { mostReads: 2, prepare: () => () => {}, read: spontaneous }
}
