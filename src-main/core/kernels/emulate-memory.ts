/**
 * How the parameters and the state of an emulated network lie in the kernels' memory; assembly/layout.ts repeats the
 * offsets. Calls are in emulate.ts.
 *
 * Units go four to a vector. A vector's parameters are one record of fields, 16 bytes (four lanes) each, so that the
 * inner loop walks through memory once.
 */
import type { Arena } from './arena'

/** steps of a bin; the kernel's inner loop is unrolled for it */
export const STEPS = 5
/** points of the table of readout responses over one bin */
export const RESPONSE_GRID = 64

/** fields of four hidden units over a bin; potentials above the unit's rest, lines in units of the input stage's range */
export const HIDDEN_FIELDS = [
  'membraneDecay',
  /** sd of what the noise adds */
  'noiseSd',
  'slope',
  /** converter reading of the rest */
  'offset',
  'readNoise',
  /**
   * Of either input stage: what a bin leaves of the line; what the stage passes over the bin, as the membrane has it at the
   * end (emulator/network/stage-fit.ts); how much the membrane's path bends over the bin, upwards.
   */
  'excLine',
  'excUpper0',
  'excUpper1',
  'excUpper2',
  'excLower0',
  'excLower1',
  'excLower2',
  'excBulge0',
  'excBulge1',
  'inhLine',
  'inhUpper0',
  'inhUpper1',
  'inhUpper2',
  'inhLower0',
  'inhLower1',
  'inhLower2',
  'inhBulge0',
  'inhBulge1',
  /** a bin whose path stays below needs no steps */
  'level',
  'threshold',
  /** membrane at the start of a sample: centre and spread */
  'start',
  'startSd'
] as const

/** fields of four readout units, over a bin */
export const READOUT_FIELDS = [
  'membraneDecay',
  'noiseSd',
  'slope',
  'offset',
  'readNoise',
  'excDecay',
  'inhDecay',
  'excToMembrane',
  'inhToMembrane',
  'startSd',
  /** 1 / largest current of the input stage */
  'excRange',
  'inhRange'
] as const

export type HiddenFields = Record<(typeof HIDDEN_FIELDS)[number], Float64Array>
export type ReadoutFields = Record<(typeof READOUT_FIELDS)[number], Float64Array>

const HIDDEN_RECORD = HIDDEN_FIELDS.length * 4
const READOUT_RECORD = READOUT_FIELDS.length * 4
/** values of one hidden unit in steps: assembly/layout.ts, S_… */
export const STEPPED_RECORD = 52
/** of four units: two copies of the state, guard and refractory time, and a place in the list of bins to do again */
const STATE_BYTES = 2 * 48 + 32 + 4
const SCRATCH_HEADER = 256
/** neuron event outputs of the chip */
const EVENT_OUTPUTS = 8
/** of a readout unit and bin: what arrives at line and membrane, by both inputs */
const ARRIVAL_BYTES = 16
/** spikes that a sample may have: more are lost, as they would be in the event link's buffers */
export const SPIKES = 16384

export interface NetworkSizes {
  inputs: number
  hidden: number
  outputs: number
  bins: number
  binUs: number
  delayUs: number
  delaySd: number
  /** share of the events that a link loses */
  loss: number
  /** an event output passes one event in each cycle of this length, µs */
  cycleUs: number
  seed: number
  /** rows of 4 normal numbers in the noise table, a power of two */
  noiseRows: number
  members: number
}

export interface NetworkMemory {
  sizes: NetworkSizes
  /** lanes of a row of hidden weights: whole cache lines */
  lanes: number
  readoutLanes: number
  block: number
  hidden: Float32Array
  readout: Float32Array
  /** STEPPED_RECORD values a unit */
  stepped: Float32Array
  /** f32 [inputs][lanes], steps of the line in units of the stage's range; [hidden][readoutLanes], LSB / µs */
  weights: number
  outputWeights: number
  noise: Float32Array
  /** event output of each hidden unit, i32 [lanes] */
  eventOutputs: Int32Array
  /** f32 [RESPONSE_GRID + 1][readoutLanes / 4][excToMembrane, excDecay, inhToMembrane, inhDecay][4] */
  responses: Float32Array
  /** scratch of each member */
  scratch: number[]
}

/** Takes the network's memory from the arena (all members alike). `writeBlock` has to follow, by one of them. */
export function networkMemory(arena: Arena, sizes: NetworkSizes): NetworkMemory {
  const lanes = Math.ceil(sizes.hidden / 16) * 16
  const readoutLanes = Math.ceil(sizes.outputs / 4) * 4
  const bytes = Math.ceil((scratchParts(lanes, readoutLanes, sizes).end + SPIKES * 8) / 64) * 64
  const scratch = arena.u8(bytes * sizes.members).at
  return {
    sizes,
    lanes,
    readoutLanes,
    block: arena.i32(BLOCK_WORDS).at,
    // the kernel reads one record ahead
    hidden: arena.f32((lanes / 4 + 1) * HIDDEN_RECORD).data,
    stepped: arena.f32(lanes * STEPPED_RECORD).data,
    readout: arena.f32((readoutLanes / 4) * READOUT_RECORD).data,
    weights: arena.f32(sizes.inputs * lanes).at,
    outputWeights: arena.f32(sizes.hidden * readoutLanes).at,
    // a row begins anywhere and is as long as the units are many
    noise: arena.f32(sizes.noiseRows * 4 + lanes + readoutLanes).data,
    eventOutputs: arena.i32(lanes).data,
    responses: arena.f32((RESPONSE_GRID + 1) * readoutLanes * 4).data,
    scratch: Array.from({ length: sizes.members }, (_, member) => scratch + bytes * member)
  }
}

export function scratchParts(
  lanes: number,
  readoutLanes: number,
  { bins, binUs, cycleUs }: NetworkSizes
): { arrivals: number; cycles: number; outputBytes: number; end: number } {
  const arrivals = Math.ceil((SCRATCH_HEADER + (lanes / 4 + 1) * STATE_BYTES) / 16) * 16
  const cycles = arrivals + bins * readoutLanes * ARRIVAL_BYTES
  // one bit a cycle of the bin, and one for rounding
  const outputBytes = Math.ceil((binUs / cycleUs + 1) / 32) * 4
  return { arrivals, cycles, outputBytes, end: cycles + Math.ceil((EVENT_OUTPUTS * outputBytes) / 16) * 16 }
}

/** words of what the kernels read first: whole numbers, then floats */
const BLOCK_WORDS = 32
const BLOCK_FLOATS = 24

/** what the kernels read first, in the order of assembly/layout.ts */
export function writeBlock(arena: Arena, memory: NetworkMemory, stride: number): void {
  const { sizes, block } = memory
  const parts = scratchParts(memory.lanes, memory.readoutLanes, sizes)
  new Int32Array(arena.memory.buffer, block, BLOCK_FLOATS).set([
    sizes.hidden,
    Math.ceil(sizes.hidden / 4),
    sizes.outputs,
    memory.readoutLanes / 4,
    sizes.bins,
    stride * 4,
    memory.hidden.byteOffset,
    memory.readout.byteOffset,
    memory.weights,
    memory.lanes * 4,
    memory.outputWeights,
    memory.noise.byteOffset,
    sizes.noiseRows - 1,
    sizes.seed,
    SPIKES,
    memory.responses.byteOffset,
    parts.arrivals,
    parts.end,
    RESPONSE_GRID,
    memory.eventOutputs.byteOffset,
    parts.cycles,
    parts.outputBytes,
    // hashes below it are lost
    sizes.loss * 2 ** 32,
    memory.stepped.byteOffset
  ])
  new Float32Array(arena.memory.buffer, block + BLOCK_FLOATS * 4, 5).set([
    sizes.binUs / STEPS,
    sizes.binUs,
    sizes.delayUs,
    sizes.delaySd,
    1 / sizes.cycleUs
  ])
}

/** spreads fields (one value a unit) over the records of four */
export function writeHidden(memory: NetworkMemory, fields: HiddenFields): void {
  spread(memory.hidden, HIDDEN_RECORD, HIDDEN_FIELDS, fields)
  // lanes past the last unit never fire
  for (const name of ['level', 'threshold'] as const) {
    const at = HIDDEN_FIELDS.indexOf(name) * 4
    for (let unit = memory.sizes.hidden; unit < memory.lanes; unit++) {
      memory.hidden[(unit >> 2) * HIDDEN_RECORD + at + (unit & 3)] = Infinity
    }
  }
}

export function writeReadout(memory: NetworkMemory, fields: ReadoutFields): void {
  spread(memory.readout, READOUT_RECORD, READOUT_FIELDS, fields)
}

function spread<K extends string>(
  to: Float32Array,
  record: number,
  names: readonly K[],
  fields: Record<K, Float64Array>
): void {
  names.forEach((name, field) => {
    fields[name].forEach((value, unit) => {
      to[(unit >> 2) * record + field * 4 + (unit & 3)] = value
    })
  })
}
