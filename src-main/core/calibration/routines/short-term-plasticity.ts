/**
 * Offsets of the drivers' short-term plasticity (calix, spiking/synapse_driver.py, STPOffsetCalibration): a 4-bit trim a
 * driver, so that all drivers of a block send pulses of the same length at the same stored voltage. Target: the block's
 * median; blocks differ by more than the trim can reach.
 *
 * The stored voltages rest at V_recover, because events use up nothing (utilisation 0). calix reads the synaptic lines;
 * here the neurons' membranes are read, which need no settings of their own for it. The size of the response is chosen
 * by weight and number of events.
 */
import { median, sd } from '../../statistics/summary'
import { atLeast, below } from '../acceptance/group'
import type { Bench, Train } from '../bench'
import { blockMedians, connectDrivers, DRIVERS, driverResponses, inBlock, writeDriverSetting } from '../drivers'
import type { Routine } from '../routine'
import { binarySearch } from '../search'
import type { ChipSettings, Check } from '../types'

const HIGHEST_OFFSET = 15
const LARGEST_WEIGHT = 63
/** wanted response, LSB: large against the read noise, far from the ends of the converter */
const RESPONSE = 50
const MOST_EVENTS = 16
const STEP_US = 0.1
const READS = 2
const ALL = Array.from({ length: DRIVERS }, () => 1)

/** tests/hw/py/test_stp_calibration.py, CADC LSB: spread in a block, and by how much it must have shrunk */
const LARGEST_SD = 2
const LEAST_GAIN = 1
/** a driver this far from its block is out of order: three sd of the pulses and all that the trim can do */
const OUT_OF_ORDER = 0.3
/** a chip whose drivers differ by less than the limit cannot gain; then the spread itself is limited */
const RESIDUAL = 1

/** plastic drivers on excitatory rows, quiet neurons; `bench.train` gives a response of about the wanted size */
function prepare(bench: Bench): () => void {
  const restore = bench.hold({ switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 1, inputInh: 0, threshold: 0 })
  const { tau_mem: tauMemUs, tau_syn_exc: tauSynUs } = bench.targets
  const single: Train = { events: 1, stepUs: STEP_US, tauMemUs, tauSynUs }
  const connect = (weight: number): (() => void) => {
    const disconnect = connectDrivers(bench, [1, 1], weight)
    writeDriverSetting(bench, 'plastic', ALL)
    return disconnect
  }
  const disconnect = connect(LARGEST_WEIGHT)
  const response = Math.max(1, median(driverResponses(bench, single, 1)))
  const events = Math.max(1, Math.min(MOST_EVENTS, Math.ceil(RESPONSE / response)))
  const weight = Math.max(1, Math.min(LARGEST_WEIGHT, Math.round((LARGEST_WEIGHT * RESPONSE) / (events * response))))
  bench.train = { ...single, events }
  disconnect()
  const leave = connect(weight)
  return () => {
    leave()
    restore()
  }
}

function measure(bench: Bench, repeats: number): Float64Array {
  if (!bench.train) throw new Error('no stimulus was prepared for the drivers')
  return driverResponses(bench, bench.train, repeats)
}

function write(bench: Bench, codes: ArrayLike<number>): void {
  writeDriverSetting(bench, 'offset', codes)
}

function judge({ before, after }: { before: Float64Array; after: Float64Array }): Check[] {
  const spreads = [0, 1, 2, 3].map((block) => [before, after].map((values) => sd(inBlock(values, block))))
  const largest = Math.max(...spreads.map(([, now]) => now))
  const uneven = spreads.filter(([then]) => then >= LARGEST_SD)
  const gain = Math.min(...uneven.map(([then, now]) => then - now))
  return [
    below('Plasticity offsets: largest spread in a block', largest, LARGEST_SD, 'LSB'),
    ...(uneven.length > 0
      ? [atLeast('Plasticity offsets: least improvement in a block', gain, LEAST_GAIN, 'LSB')]
      : [below('Plasticity offsets: spread of even blocks', largest, RESIDUAL, 'LSB')])
  ]
}

export const plasticityOffset: Routine = {
  name: 'stp_offset',
  label: 'Plasticity offsets of the drivers',
  symbol: 'o_stp',
  quantity: 'response of the neurons to events of a plastic driver',
  unit: 'LSB',
  per: 'driver',
  group: 1,
  part: 'drivers',
  // the outermost offsets are as good as any; a driver that stays off is found by its response
  boundFails: false,
  target: () => null,
  codes: ({ drivers }: ChipSettings) => [...(drivers?.top.offset ?? []), ...(drivers?.bottom.offset ?? [])],
  write,
  judge,
  missed: (after) => {
    const middle = blockMedians(after)
    return Uint8Array.from(after, (x, d) => (Math.abs(x - middle[d]) <= OUT_OF_ORDER * middle[d] ? 0 : 1))
  },
  search: (bench) => {
    const finish = prepare(bench)
    write(bench, new Uint8Array(DRIVERS).fill((HIGHEST_OFFSET + 1) / 2))
    return {
      problem: {
        instances: DRIVERS,
        low: 0,
        high: HIGHEST_OFFSET,
        sign: 1,
        target: blockMedians(measure(bench, READS))
      },
      algorithm: binarySearch,
      steps: 6,
      write: (codes) => write(bench, codes),
      measure: () => measure(bench, READS),
      finish
    }
  },
  check: { prepare, read: (bench) => measure(bench, 1) }
}
