/**
 * The fast emulation of a network whose hidden units hear each other (assembly/emulate-recurrent.ts): what it needs beside
 * the memory of kernels/emulate-memory.ts, and typed calls. What it computes stands in float64 in
 * emulator/network/recurrent-reference.ts.
 */
import type { Measured, Stimulus } from '../emulator/network-port'
import type { Arena } from './arena'
import { SPIKES } from './emulate-memory'
import type { NetworkMemory } from './emulate-memory'
import type { Kernels } from './module'

/** of four units over a step; the currents in LSB / µs */
const FIELDS = [
  'membraneDecay',
  'excDecay',
  'inhDecay',
  'excToMembrane',
  'inhToMembrane',
  'noiseSd',
  /** 1 / largest current of the input stage */
  'excRange',
  'inhRange',
  'membraneRate',
  'excRate',
  'inhRate',
  /** of a constant current that adds what a step's noise of 1 sd adds: where the membrane would settle */
  'noiseShift'
] as const
export type RecurrentFields = Record<(typeof FIELDS)[number], Float64Array>

const RECORD = FIELDS.length * 4
/** of four units: their state, and where in its bin each fired; and a bit a unit */
const STATE_BYTES = 112 + 16
const DUE_BYTES = 32

export interface RecurrentMemory {
  fields: Float32Array
  /** f32 [hidden][lanes]: current steps, row: the unit that fires */
  weights: number
  /** scratch of each member */
  scratch: number[]
}

/** all members alike */
export function recurrentMemory(arena: Arena, { sizes, lanes }: NetworkMemory): RecurrentMemory {
  const bytes = Math.ceil(((lanes / 4) * STATE_BYTES + DUE_BYTES + SPIKES * 4) / 64) * 64
  const scratch = arena.u8(bytes * sizes.members).at
  return {
    fields: arena.f32((lanes / 4) * RECORD).data,
    weights: arena.f32(sizes.hidden * lanes).at,
    scratch: Array.from({ length: sizes.members }, (_, member) => scratch + bytes * member)
  }
}

/** spreads the fields (one value a unit) over the records of four */
export function writeRecurrent(memory: RecurrentMemory, fields: RecurrentFields): void {
  FIELDS.forEach((name, field) => {
    fields[name].forEach((value, unit) => (memory.fields[(unit >> 2) * RECORD + field * 4 + (unit & 3)] = value))
  })
}

/** Samples index[from … to) of a presentation by member `member`. */
export function emulateRecurrent(
  kernels: Kernels,
  memory: NetworkMemory,
  recurrent: RecurrentMemory,
  member: number,
  stimulus: Stimulus,
  index: number,
  from: number,
  to: number,
  trial: number,
  measured: Measured
): void {
  kernels.run['emulateRecurrent'](
    memory.block,
    memory.scratch[member],
    recurrent.fields.byteOffset,
    recurrent.weights,
    recurrent.scratch[member],
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
