/**
 * Synapse DAC bias (calix, common/synapse.py): one cell a quadrant scales all its synapses. The target is what the
 * weakest quadrant reaches at the wished code, so that all can follow. Measured as the deflection of the excitatory
 * line by a burst of events, median of each quadrant.
 */
import type { Bench } from '../bench'
import { quadrantMedians } from '../quadrants'
import type { Routine } from '../routine'
import { binarySearch } from '../search'
import { HIGHEST_CODE, QUADRANTS } from '../settings'
import { exposeLines, lineBurst } from '../stimulus'
import { deflections } from '../traces'

const START_US = 10

function readDeflection(bench: Bench): Float64Array {
  const { events, endUs } = lineBurst(START_US)
  return deflections(bench, { durationUs: endUs + 2, events }, 'lineExc', START_US - 1)
}

function write(bench: Bench, codes: ArrayLike<number>): void {
  bench.port.writeQuadrant('synapseDacBias', Uint16Array.from(codes))
}

export const synapseDacBias: Routine = {
  name: 'synapse_dac_bias',
  label: 'Synapse DAC bias',
  symbol: 'I_dac',
  quantity: 'deflection of the excitatory line by a burst of events',
  unit: 'MADC LSB',
  group: 128,
  // the weakest quadrant is meant to stay at the wished code, which may be the end of the range
  boundFails: false,
  target: () => null,
  codes: (settings) => settings.quadrant.synapseDacBias,
  write,
  search: (bench) => {
    const finish = exposeLines(bench, 1)
    write(bench, new Uint16Array(QUADRANTS).fill(bench.targets.synapse_dac_bias))
    const target = Math.min(...quadrantMedians(readDeflection(bench)))
    return {
      problem: { instances: QUADRANTS, low: 0, high: HIGHEST_CODE, sign: 1, target },
      algorithm: binarySearch,
      steps: 12,
      write: (codes) => write(bench, codes),
      measure: () => quadrantMedians(readDeflection(bench)),
      finish
    }
  },
  check: { prepare: (bench) => exposeLines(bench, 1), read: readDeflection }
}
