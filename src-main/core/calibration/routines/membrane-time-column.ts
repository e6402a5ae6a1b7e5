/**
 * Long membrane time constants by column reads (calix, hagen/neuron_leak_bias.py, LeakBiasCalib of the rate mode): the
 * membrane is released from a reset 50 below its leak, and 1/e must be left after the wanted time. For time constants of
 * tens of µs, where traces of the fast converter would take long and the last per cent does not matter.
 */
import { log } from '../../numerics/functions'
import type { Bench } from '../bench'
import { neuronSetting, settle } from '../routine'
import type { Routine } from '../routine'
import { columnTauTask } from './membrane-time'
import { resetTask } from './potentials'

const RELEASE_US = 10
const DEFLECTION = 50
const LOWEST_READ = 30
const READS = 8
/** time constants after which a membrane is at rest */
const REST = 8

/** comparator off, leak divided, reset well below the leak */
function prepare(bench: Bench): () => void {
  const restore = bench.hold({ cells: ['reset'], switches: ['inputExc', 'inputInh', 'threshold'] })
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0 })
  settle(
    bench,
    resetTask(
      bench,
      bench.rest(READS).map((v) => Math.max(LOWEST_READ, v - DEFLECTION))
    )
  )
  return restore
}

function read(bench: Bench): Float64Array {
  const us = bench.targets.tau_mem
  const [start, then, rest] = bench.columns(
    {
      durationUs: RELEASE_US + REST * us + 1,
      forcedReset: { fromUs: 0, toUs: RELEASE_US },
      columnReads: [RELEASE_US - 0.5, RELEASE_US + us, RELEASE_US + REST * us]
    },
    READS
  )
  return start.map((v, n) => us / log((rest[n] - v) / (rest[n] - then[n])))
}

export const tauMemColumn: Routine = {
  name: 'tau_mem_column',
  label: 'Membrane time constant by column reads',
  symbol: 'τ_mem',
  quantity: 'decay of the membrane after a release from reset',
  unit: 'µs',
  ...neuronSetting('leakBias'),
  target: (targets) => targets.tau_mem,
  search: (bench) => {
    const finish = bench.hold({ switches: ['threshold'] })
    bench.setAll({ threshold: 0, leakRange: 1 })
    return { ...columnTauTask(bench, bench.targets.tau_mem), finish }
  },
  check: { prepare, read }
}
