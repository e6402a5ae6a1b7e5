/**
 * Thresholds just above the leak (calix, tests/hw/py/test_neuron_threshold_calibration.py): with thresholds set so, one
 * event makes at least 250 of 512 neurons fire (spikes of a volley may be dropped on the way), and of the time before an event
 * there are fewer than 20 spikes. Neurons with more than 50 spikes a second by themselves are counted (calix names them).
 */
import { median } from '../../statistics/summary'
import { settle } from '../routine'
import { atLeakTask, NOISY_PER_SECOND, spontaneous } from '../routines/threshold-at-leak'
import { burst } from '../stimulus'
import { atLeast, below, type Group, pick } from './group'

const VOLLEYS = 10
const APART_US = 200
const BIN_US = 20
const WEIGHT = 63
const LEAST_SPIKES = 250
const MOST_SILENT = 20

export const volley: Group = {
  name: 'threshold_at_leak_volley',
  label: 'Threshold just above leak: volley',
  needs: ['threshold', 'leak', 'gain_exc', 'reference_exc'],
  measure: ({ bench, counted }) => {
    settle(bench, atLeakTask(bench))
    const noisy = pick(spontaneous(bench), counted).filter((rate) => rate > NOISY_PER_SECOND).length
    bench.connectRows(1, 1, WEIGHT)
    const { spikes } = bench.port.run({
      durationUs: (VOLLEYS + 1) * APART_US,
      events: Array.from({ length: VOLLEYS }, (_, k) => burst(1, (k + 1) * APART_US, 0)).flat(),
      spikes: true
    })
    bench.disconnectRows(1)
    const stimulated = Array.from({ length: VOLLEYS }, () => new Set<number>())
    const silent = new Array<number>(VOLLEYS).fill(0)
    spikes.timeUs.forEach((time, k) => {
      if (!counted[spikes.neuron[k]]) return
      const at = Math.floor(time / APART_US) - 1
      const since = time - (at + 1) * APART_US
      if (at >= 0 && at < VOLLEYS && since >= 0 && since < BIN_US) stimulated[at].add(spikes.neuron[k])
      const bin = Math.ceil(time / APART_US) - 1
      if (bin >= 0 && bin < VOLLEYS && time >= (bin + 1) * APART_US - BIN_US) silent[bin]++
    })
    return [
      atLeast(
        'Threshold just above leak: neurons that fire in a volley, median',
        median(stimulated.map((neurons) => neurons.size)),
        LEAST_SPIKES
      ),
      below('Threshold just above leak: spikes of a silent bin, most', Math.max(...silent), MOST_SILENT),
      below('Threshold just above leak: noisy neurons', noisy / pick(counted, counted).length, 0.05)
    ]
  }
}
