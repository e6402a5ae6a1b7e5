/**
 * Events through single synapse drivers, and what the neurons make of them: the stimulus of all routines about drivers.
 * Drivers are numbered [array][driver], 0 … 255; those of one hemisphere and parity share a quadrant's memory
 * (halco synapse_driver.cpp).
 */
import type { LabelledEvent } from '../emulator/routing-port'
import { mean, median } from '../statistics/summary'
import type { Bench, Train } from './bench'
import { peakTime } from './response'
import { NEURONS } from './settings'

const DRIVERS_OF_ARRAY = 128
export const DRIVERS = 2 * DRIVERS_OF_ARRAY
const ARRAYS = ['top', 'bottom'] as const
const ROWS = 256
const BUSES = 4
/** the FPGA input of label bits 14 and 15 = 0, and the first buses of the arrays, in the crossbar */
const HOST_INPUT = 8
const FIRST_BUS = [0, 4]
/** bits 11 and 12 of a label, which no bus reads, choose the bus here */
const BUS_SHIFT = 11
const ROW_SHIFT = 6

/** block whose memory biases a driver: 2 · hemisphere + parity */
export function blockOf(driver: number): number {
  return 2 * Math.floor(driver / DRIVERS_OF_ARRAY) + (driver % 2)
}

/** numbers of the drivers of one block */
export function inBlock<T extends number>(values: ArrayLike<T>, block: number): T[] {
  return Array.from(values).filter((_, driver) => blockOf(driver) === block)
}

/** median of each block's drivers, for every driver */
export function blockMedians(values: ArrayLike<number>): Float64Array {
  const medians = [0, 1, 2, 3].map((block) => median(inBlock(values, block)))
  return Float64Array.from({ length: DRIVERS }, (_, driver) => medians[blockOf(driver)])
}

/** both halves of a driver setting as one list */
export function writeDriverSetting(
  bench: Bench,
  name: 'offset' | 'rateOffset' | 'rate' | 'plastic',
  values: ArrayLike<number>
): void {
  const all = Uint8Array.from(values)
  ARRAYS.forEach((array, k) => {
    const half = all.subarray(k * DRIVERS_OF_ARRAY, (k + 1) * DRIVERS_OF_ARRAY)
    bench.port.routing.writeDrivers(array, { [name]: half })
  })
}

/**
 * Leads host events to the drivers of both arrays, one position and bus a driver; `rows` say the sign of a driver's two
 * rows. The answer takes the way away again, and the drivers get back the modes that they had.
 */
export function connectDrivers(bench: Bench, rows: readonly [number, number], weight: number): () => void {
  const { routing } = bench.port
  const nodes = FIRST_BUS.flatMap((first) =>
    Array.from({ length: BUSES }, (_, bus) => ({ bus, output: first + bus, was: { ...node(bench, first + bus) } }))
  )
  const settings = ARRAYS.map((array) => {
    const { receiver, compareMask, plastic, rate } = routing.readDrivers(array)
    return { receiver, compareMask, plastic, rate }
  })
  for (const { bus, output } of nodes) {
    const target = bus << BUS_SHIFT
    routing.writeCrossbarNode(HOST_INPUT, output, { mask: (BUSES - 1) << BUS_SHIFT, target, countDrops: false })
  }
  const modes = Int8Array.from({ length: ROWS }, (_, row) => rows[row % 2])
  const all = (value: number): Uint8Array => new Uint8Array(DRIVERS_OF_ARRAY).fill(value)
  for (const array of ARRAYS) {
    routing.writeDrivers(array, { receiver: all(1), compareMask: all(31) })
    routing.writeRowModes(array, modes)
    for (let row = 0; row < ROWS; row++) {
      if (modes[row] !== 0) bench.port.writeWeights(array, row, new Uint8Array(ROWS).fill(weight))
    }
  }
  return () => {
    for (const { output, was } of nodes) routing.writeCrossbarNode(HOST_INPUT, output, was)
    ARRAYS.forEach((array, k) => routing.writeDrivers(array, settings[k]))
    bench.disconnectRows(ROWS)
  }
}

function node(bench: Bench, output: number): ReturnType<Bench['port']['routing']['readCrossbarNode']> {
  return bench.port.routing.readCrossbarNode(HOST_INPUT, output)
}

/** an event for driver `d` of both arrays; `activation`: the lower bits of the synapse label */
export function driverEvent(d: number, timeUs: number, activation = 0): LabelledEvent {
  return { timeUs, label: ((d % BUSES) << BUS_SHIFT) | (Math.floor(d / BUSES) << ROW_SHIFT) | activation }
}

/** a membrane has forgotten the driver before, nearly; the rest is the same for all */
const FORGOTTEN = 4

/**
 * Response to each driver in turn: column reads before and at the height of the response, mean over the neurons of the
 * driver's array. The mean, because neurons differ among themselves by more than drivers do, but all see every driver.
 * @returns CADC LSB, [array][driver]
 */
export function driverResponses(bench: Bench, train: Train, repeats: number): Float64Array {
  const { events, stepUs, activation, tauMemUs, tauSynUs } = train
  const lengthUs = (events - 1) * stepUs
  const readUs = lengthUs + peakTime(tauMemUs, tauSynUs)
  const slotUs = readUs + FORGOTTEN * tauMemUs
  const starts = Array.from({ length: DRIVERS_OF_ARRAY }, (_, d) => 1 + d * slotUs)
  const reads = bench.columns(
    {
      durationUs: 1 + DRIVERS_OF_ARRAY * slotUs,
      columnReads: starts.flatMap((us) => [us - 0.5, us + readUs]),
      labelled: starts.flatMap((us, d) =>
        Array.from({ length: events }, (_, k) => driverEvent(d, us + k * stepUs, activation))
      )
    },
    repeats
  )
  const half = NEURONS / 2
  return Float64Array.from({ length: DRIVERS }, (_, driver) => {
    const [array, d] = [Math.floor(driver / DRIVERS_OF_ARRAY), driver % DRIVERS_OF_ARRAY]
    const [before, after] = [reads[2 * d], reads[2 * d + 1]]
    return mean(Float64Array.from({ length: half }, (_, n) => after[array * half + n] - before[array * half + n]))
  })
}
