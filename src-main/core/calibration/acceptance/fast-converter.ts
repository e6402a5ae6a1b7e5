/**
 * The fast converter (calix, tests/hw/py/test_madc_recorder.py, common/madc_characterization.py): on silent membranes less than 10 % of
 * the traces jump by more than 20 LSB from sample to sample, and a constant voltage reads with an sd of at most 2 LSB.
 * Its samples against the column converter's are told, without a limit.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../../emulator/chip-port'
import { median, sd } from '../../statistics/summary'
import type { Bench } from '../bench'
import { leakFor } from '../routines/coba'
import { NEURONS } from '../settings'
import { below, type Group, pick } from './group'

const JUMP = 20
const MOST_JUMPING = 0.1
/** sd of a constant voltage at which calix warns: the converter's own; a membrane adds its noise, slower than this block */
const MOST_SD = 2
const BLOCK = 16
const RECORD_US = 30
const POTENTIALS = [60, 100, 140]
const READS = 30

interface Record {
  mean: Float64Array
  jump: Float64Array
  sd: Float64Array
}

function record(bench: Bench): Record {
  const toUs = MADC_INVALID_US + RECORD_US
  const { traces, traceSamples } = bench.port.run({
    durationUs: toUs,
    trace: { source: 'membrane', fromUs: 0, toUs }
  })
  const first = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const out = { mean: new Float64Array(NEURONS), jump: new Float64Array(NEURONS), sd: new Float64Array(NEURONS) }
  for (let n = 0; n < NEURONS; n++) {
    const trace = traces.subarray(n * traceSamples + first, (n + 1) * traceSamples)
    for (let k = 0; k < trace.length; k++) {
      out.mean[n] += trace[k] / trace.length
      if (k > 0) out.jump[n] = Math.max(out.jump[n], Math.abs(trace[k] - trace[k - 1]))
    }
    const blocks = Array.from({ length: Math.floor(trace.length / BLOCK) }, (_, b) =>
      sd(trace.subarray(b * BLOCK, (b + 1) * BLOCK))
    )
    out.sd[n] = median(blocks)
  }
  return out
}

export const fastConverter: Group = {
  name: 'fast_converter',
  label: 'Fast converter',
  needs: ['leak', 'converter_channels'],
  measure: ({ bench, counted }) => {
    bench.setAll({ threshold: 0 })
    const silent = record(bench)
    const jumping = pick(silent.jump, counted).filter((x) => x > JUMP).length / pick(counted, counted).length
    const codes = bench.port.readNeuron('leak').slice()
    const rest = bench.rest(READS)
    const points = POTENTIALS.map((lsb) => {
      bench.write('leak', leakFor(codes, rest, lsb))
      return { cadc: bench.rest(READS), madc: record(bench).mean }
    })
    const [low, , high] = points
    const slope = pick(
      low.cadc.map((x, n) => (high.madc[n] - low.madc[n]) / (high.cadc[n] - x)),
      counted
    )
    const offset = pick(
      low.cadc.map((x, n) => low.madc[n] - (x * (high.madc[n] - low.madc[n])) / (high.cadc[n] - x)),
      counted
    )
    return [
      below('Fast converter: traces that jump', jumping, MOST_JUMPING),
      below('Fast converter: sd of samples, median', median(pick(silent.sd, counted)), MOST_SD, 'MADC LSB'),
      { name: 'Fast converter: MADC a CADC LSB', value: median(slope), limit: null, unit: '', passed: true },
      { name: 'Fast converter: MADC at CADC 0', value: median(offset), limit: null, unit: 'MADC LSB', passed: true }
    ]
  }
}
