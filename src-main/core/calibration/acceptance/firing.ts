/**
 * Neurons that fire (calix, tests/hw/py/test_neuron_spiking.py): leak over threshold at 100 kHz, at least 90 % of the
 * neurons above 0.9 and at least 90 % below 1.15 of the target; at individual rates of 20 … 120 kHz at least 85 % within
 * 8 kHz + 8 %, and neurons with rate 0 keep their threshold to the bit. With the calibrated threshold, excitatory input
 * makes more neurons fire (more than ten spikes) than inhibitory input.
 */
import type { Bench } from '../bench'
import { settle } from '../routine'
import { rateTask, readRates } from '../routines/leak-over-threshold'
import { leakFor } from '../routines/leak-for-rest'
import { NEURONS } from '../settings'
import { countSpikes } from '../spike-rate'
import type { RowEvent } from '../../emulator/chip-port'
import type { Check } from '../types'
import { atLeast, below, type Group, share } from './group'

const RATE = 100
const INDIVIDUAL = { from: 20, to: 120, absolute: 8, relative: 0.08, share: 0.85 }
/** the leak for it lies so far above the reset, LSB */
const ABOVE_RESET = 60
const READS = 16
const EVENTS = 60
const EVENT_US = 12
const WEIGHT = 63
/** together they take a membrane well over its threshold, and not so far that the reset cannot bring it back */
const ROWS = 2
const FIRES = 10

function rates(bench: Bench, counted: Uint8Array): Check[] {
  bench.setAll({ threshold: 0 })
  const rest = bench.rest(READS)
  bench.write('leak', leakFor(bench.port.readNeuron('leak'), rest, bench.targets.reset + ABOVE_RESET))
  bench.setAll({ threshold: 1 })
  settle(bench, rateTask(bench, new Float64Array(NEURONS).fill(RATE)))
  const same = readRates(bench, RATE)

  // every sixth neuron is left alone
  const before = bench.port.readNeuron('threshold').slice()
  const { from, to, absolute, relative } = INDIVIDUAL
  const target = Float64Array.from({ length: NEURONS }, (_, n) =>
    n % 6 === 5 ? 0 : from + ((to - from) * (n % 53)) / 52
  )
  settle(bench, rateTask(bench, target))
  const each = readRates(bench, to)
  const error = each.map((rate, n) => Math.abs(rate - target[n]) - absolute - relative * target[n])
  const asked = counted.map((x, n) => (target[n] > 0 ? x : 0))
  const touched = bench.port.readNeuron('threshold').filter((code, n) => target[n] === 0 && code !== before[n]).length
  const name = 'Leak over threshold'
  return [
    atLeast(
      `${name}: above 0.9 of 100 kHz`,
      share(same, counted, (rate) => rate > 0.9 * RATE),
      0.9
    ),
    atLeast(
      `${name}: below 1.15 of 100 kHz`,
      share(same, counted, (rate) => rate < 1.15 * RATE),
      0.9
    ),
    atLeast(
      `${name}: individual rates met`,
      share(error, asked, (x) => x <= 0),
      INDIVIDUAL.share
    ),
    below(`${name}: thresholds touched that were not to be`, touched, 1)
  ]
}

/** neurons with more than ten spikes under a train of events of one sign */
function driven(bench: Bench, sign: 1 | -1, counted: Uint8Array): number {
  bench.connectRows(sign, ROWS, WEIGHT)
  const events: RowEvent[] = Array.from({ length: EVENTS }, (_, k) => k).flatMap((k) =>
    Array.from({ length: ROWS }, (_, row) => ({ timeUs: 5 + k * EVENT_US, array: 'both' as const, row }))
  )
  const spikes = countSpikes(bench, 5 + EVENTS * EVENT_US, events)
  bench.disconnectRows(ROWS)
  return spikes.filter((count, n) => counted[n] === 1 && count > FIRES).length
}

export const firing: Group = {
  name: 'firing',
  label: 'Neurons that fire',
  needs: ['threshold', 'leak', 'reset', 'tau_mem', 'reference_exc', 'gain_exc', 'gain_inh'],
  measure: ({ bench, counted }) => {
    const exc = driven(bench, 1, counted)
    const inh = driven(bench, -1, counted)
    return [
      atLeast('Neurons fired by excitatory more than by inhibitory input', exc - inh, 1),
      ...rates(bench, counted)
    ]
  }
}
