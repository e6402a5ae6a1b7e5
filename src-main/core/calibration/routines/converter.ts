/**
 * Column converter (calix, common/cadc.py): the ramps of the four quadrants so that the debug line at its lower and
 * upper end reads 20 and 220, then a digital offset for each channel so that all read the same at mid range. What whole
 * LSB leave is measured once more (channels.ts).
 */
import type { QuadrantCell } from '../../emulator/chip-port'
import type { Bench } from '../bench'
import { LINE, readLine } from '../channels'
import type { Check, Routine } from '../routine'
import { binarySearch } from '../search'
import { oneShot } from '../search-direct'
import { HIGHEST_CODE, NEURONS, QUADRANTS } from '../settings'
import { quadrantMedians } from '../quadrants'

/** what the ends of the dynamic range shall read */
const READ = { low: 20, high: 220 }
/** ramp slope while the ramp offset is searched, codes */
const SLOPE_FOR_OFFSET = 350
const READS = 20

function lineCheck(code: number): Check {
  return {
    prepare: () => () => {},
    read: (bench) => bench.mask(readLine(bench.port, code, 1))
  }
}

function ramp(cell: QuadrantCell, at: 'low' | 'high', name: string, label: string, symbol: string): Routine {
  const write = (bench: Bench, codes: ArrayLike<number>): void =>
    bench.port.writeQuadrant(cell, Uint16Array.from(codes))
  return {
    name,
    label,
    symbol,
    quantity: `column read of the debug line at code ${LINE[at]}`,
    unit: 'LSB',
    group: 128,
    boundFails: true,
    target: () => READ[at],
    codes: (settings) => settings.quadrant[cell],
    write,
    check: lineCheck(LINE[at]),
    search: (bench) => {
      if (at === 'low') {
        bench.port.writeQuadrant('converterRampSlope', new Uint16Array(QUADRANTS).fill(SLOPE_FOR_OFFSET))
      }
      return {
        problem: { instances: QUADRANTS, low: 0, high: HIGHEST_CODE, sign: -1, target: READ[at] },
        algorithm: binarySearch,
        steps: 12,
        write: (codes) => write(bench, codes),
        measure: () => quadrantMedians(readLine(bench.port, LINE[at], READS)),
        finish: () => {}
      }
    }
  }
}

export const rampOffset = ramp('converterRampOffset', 'low', 'converter_offset', 'Converter ramp offset', 'V_ramp')
export const rampSlope = ramp('converterRampSlope', 'high', 'converter_slope', 'Converter ramp slope', 'I_ramp')

export const channelOffsets: Routine = {
  name: 'converter_channels',
  label: 'Converter channels',
  symbol: 'o_c',
  quantity: `column read of the debug line at code ${LINE.middle}`,
  unit: 'LSB',
  group: 1,
  boundFails: true,
  target: () => (READ.low + READ.high) / 2,
  codes: (settings) => settings.converterOffsets,
  write: writeOffsets,
  check: lineCheck(LINE.middle),
  search: (bench) => {
    writeOffsets(bench, new Int8Array(NEURONS))
    bench.look()
    const target = bench.sight.middle
    return {
      problem: { instances: NEURONS, low: -128, high: 127, sign: 1, target },
      algorithm: oneShot(0, 1),
      steps: 2,
      write: (codes) => writeOffsets(bench, codes),
      measure: () => bench.mask(readLine(bench.port, LINE.middle, READS)),
      finish: () => bench.look()
    }
  }
}

function writeOffsets(bench: Bench, codes: ArrayLike<number>): void {
  bench.converterOffsets = Int8Array.from(codes)
  bench.port.writeConverterOffsets(bench.converterOffsets)
}
