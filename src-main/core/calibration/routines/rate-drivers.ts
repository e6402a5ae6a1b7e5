/**
 * Drivers of the rate mode (calix, hagen/synapse_driver.py): a driver's pulse is as long as the event's activation says,
 * measured by a ramp. The ramp's current, one cell a block, makes the blocks alike at a middle activation; a 6-bit trim of
 * each driver makes the drivers alike at a high one. calix matches the trims anew in every step of the ramp's search; here
 * a block is told by its median driver, which trims around the middle hardly move.
 */
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { blockOf, DRIVERS, inBlock, writeDriverSetting } from '../drivers'
import { enterRateMode, rateOfAll, rateResponses } from '../rate-mode'
import { inspectRate, rateCurves } from '../acceptance/rate-mode'
import type { Routine } from '../routine'
import { binarySearch } from '../search'

/** 256 neurons tell a driver to 0.1 LSB in one reading */
const READS = 1
const BLOCKS = [0, 1, 2, 3]
const RAMP = { start: 500, low: 200, high: 900, activation: 15 }
const OFFSET = { middle: 32, high: 63, activation: 29 }

const ofBlocks = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(BLOCKS, (block) => median(inBlock(values, block)))

/** one code a block, or one a driver of which each block's first counts */
function writeRamp(bench: Bench, codes: ArrayLike<number>): void {
  const first = (block: number): number =>
    codes[codes.length === BLOCKS.length ? block : 64 * (block - (block % 2)) + (block % 2)]
  bench.port.routing.writePlasticityVoltage('ramp', Uint16Array.from(BLOCKS, first))
}

function writeOffset(bench: Bench, codes: ArrayLike<number>): void {
  writeDriverSetting(bench, 'rateOffset', codes)
}

export const rateRamp: Routine = {
  name: 'hagen_ramp',
  label: 'Ramp current of the rate mode',
  symbol: 'I_ramp',
  quantity: `response of the neurons to a driver at activation ${RAMP.activation}`,
  unit: 'LSB',
  per: 'driver',
  group: 1,
  part: 'drivers',
  boundFails: false,
  target: () => null,
  codes: ({ drivers }) => Float64Array.from({ length: DRIVERS }, (_, d) => drivers?.voltages.ramp?.[blockOf(d)] ?? 0),
  write: writeRamp,
  search: (bench) => {
    const finish = enterRateMode(bench)
    writeOffset(bench, new Uint8Array(DRIVERS).fill(OFFSET.middle))
    writeRamp(
      bench,
      BLOCKS.map(() => RAMP.start)
    )
    const measure = (): Float64Array => ofBlocks(rateResponses(bench, RAMP.activation, READS))
    return {
      problem: { instances: BLOCKS.length, low: RAMP.low, high: RAMP.high, sign: 1, target: median(measure()) },
      algorithm: binarySearch,
      steps: 12,
      write: (codes) => writeRamp(bench, codes),
      measure,
      finish
    }
  },
  check: { prepare: enterRateMode, read: (bench) => rateResponses(bench, RAMP.activation, 1) }
}

export const rateOffset: Routine = {
  name: 'hagen_offset',
  label: 'Offsets of the drivers in rate mode',
  symbol: 'o_rate',
  quantity: `response of the neurons to a driver at activation ${OFFSET.activation}`,
  unit: 'LSB',
  per: 'driver',
  group: 1,
  part: 'drivers',
  boundFails: false,
  target: () => null,
  codes: ({ drivers }) => [...(drivers?.top.rateOffset ?? []), ...(drivers?.bottom.rateOffset ?? [])],
  write: writeOffset,
  inspect: inspectRate,
  curves: rateCurves,
  search: (bench) => {
    const leave = enterRateMode(bench)
    writeOffset(bench, new Uint8Array(DRIVERS).fill(OFFSET.middle))
    const measure = (): Float64Array => rateResponses(bench, OFFSET.activation, READS)
    return {
      problem: { instances: DRIVERS, low: 0, high: OFFSET.high, sign: 1, target: median(measure()) },
      algorithm: binarySearch,
      steps: 8,
      write: (codes) => writeOffset(bench, codes),
      measure,
      finish: () => {
        leave()
        // the mode is part of the result
        rateOfAll(bench)
      }
    }
  },
  check: { prepare: enterRateMode, read: (bench) => rateResponses(bench, OFFSET.activation, 1) }
}
