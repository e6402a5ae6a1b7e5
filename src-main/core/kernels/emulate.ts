/**
 * The fast emulation of a two-layer network (assembly/emulate.ts, weights.ts): typed calls. What it computes stands in
 * float64 in emulator/network/reference.ts.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import { scratchParts } from './emulate-memory'
import type { NetworkMemory } from './emulate-memory'
import type { Kernels } from './module'

/** Samples index[from … to) of a presentation by member `member`. */
export function emulate(
  kernels: Kernels,
  memory: NetworkMemory,
  member: number,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  trial: number,
  measured: Measured
): void {
  kernels.run['emulate'](
    memory.block,
    memory.scratch[member],
    stimulus.input,
    stimulus.start,
    stimulus.binStart,
    index,
    from,
    to,
    trial,
    measured.membrane,
    measured.spikes
  )
}

/** hidden spikes that the host got of the sample that this member computed last, in order of bins, not of time within a bin */
export function lastSpikes(
  kernels: Kernels,
  memory: NetworkMemory,
  member: number
): { unit: number; timeUs: number }[] {
  const { buffer } = kernels.arena.memory
  const scratch = memory.scratch[member]
  const count = new Int32Array(buffer, scratch, 1)[0]
  const list = scratch + scratchParts(memory.lanes, memory.readoutLanes, memory.sizes).end
  const times = new Float32Array(buffer, list, count * 2)
  const units = new Int32Array(buffer, list, count * 2)
  const spikes = Array.from({ length: count }, (_, k) => ({ unit: units[2 * k + 1], timeUs: times[2 * k] }))
  // those that the readout heard and the host did not are marked
  return spikes.filter(({ unit }) => unit >= 0)
}

/** addresses for `convertWeights`; rows of `lanes` f32, except `source` */
export interface WeightConversion {
  source: number
  sourceLanes: number
  result: number
  lanes: number
  scaleExc: number
  scaleInh: number
  /** f32 [64]: effective weight of each code */
  curve: number
  /** f32 [2][lanes]: weight offsets, excitatory and inhibitory */
  offsets: number
  /** i32 [lanes]: −1, or 0 for a column that is silenced */
  keep: number
  /** u8 [rows]: 1 = this row is silenced; 0 = none is */
  silencedRows: number
}

/** Converts rows [row[0], row[1]) and lanes [lane[0], lane[1]) (multiples of 4) of a weight matrix. */
export function convertWeights(
  kernels: Kernels,
  c: WeightConversion,
  row: readonly [number, number],
  lane: readonly [number, number]
): void {
  kernels.run['convertWeights'](
    c.source,
    c.sourceLanes * 4,
    c.result,
    c.lanes * 4,
    c.scaleExc,
    c.scaleInh,
    c.curve,
    c.offsets,
    c.keep,
    c.silencedRows,
    row[0],
    row[1],
    lane[0] / 4,
    Math.ceil(lane[1] / 4)
  )
}
