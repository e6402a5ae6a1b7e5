/** Fast emulation of a chip's first spikes (assembly/emulate-spikes.ts): memory and typed calls. */
import type { Kernels } from './module'
import type { SpikeList } from './first-spike'

/** of four units, 16 bytes each, over one step; potentials above the unit's rest */
const FIELDS = [
  'membraneDecay',
  'excDecay',
  'inhDecay',
  'excToMembrane',
  'inhToMembrane',
  'noiseStep',
  'noiseShift',
  'threshold',
  'membraneRate',
  'excRate',
  'inhRate',
  'start',
  'startSd'
] as const
export type SpikeFields = Record<(typeof FIELDS)[number], Float64Array>

const RECORD = FIELDS.length * 4
const STATE = 16

export interface SpikeSizes {
  inputs: number
  hidden: number
  outputs: number
  steps: number
  stepUs: number
  delayUs: number
  stampUs: number
  jitterUs: number
  seed: number
  noiseRows: number
  members: number
  /** most events of a sample */
  events: number
}

export interface SpikeMemory {
  block: number
  hidden: Float32Array
  outputs: Float32Array
  /** f32 [inputs][lanes], [hidden][outputLanes]: current steps, LSB / µs */
  hiddenWeights: number
  outputWeights: number
  lanes: number
  outputLanes: number
  noise: Float32Array
  inputDelays: Float32Array
  hiddenDelays: Float32Array
  /** each member's event list, times and states */
  list: number[]
  exact: number[]
  scratch: number[]
}

const padded = (n: number): number => Math.ceil(n / 4) * 4

/** all members alike; `writeSpikeBlock` has to follow, by one of them */
export function spikeMemory({ arena }: Kernels, sizes: SpikeSizes): SpikeMemory {
  const { inputs, hidden, outputs, noiseRows, members, events } = sizes
  const [lanes, outputLanes] = [padded(hidden), padded(outputs)]
  const each = (bytes: number): number[] => {
    const step = Math.ceil(bytes / 64) * 64
    const at = arena.u8(step * members).at
    return Array.from({ length: members }, (_, member) => at + step * member)
  }
  return {
    block: arena.i32(24).at,
    hidden: arena.f32((lanes / 4) * RECORD).data,
    outputs: arena.f32((outputLanes / 4) * RECORD).data,
    hiddenWeights: arena.f32(inputs * lanes).at,
    outputWeights: arena.f32(hidden * outputLanes).at,
    lanes,
    outputLanes,
    noise: arena.f32(noiseRows * 4 + Math.max(lanes, outputLanes, inputs)).data,
    inputDelays: arena.f32(inputs).data,
    hiddenDelays: arena.f32(hidden).data,
    list: each(Math.max(events, hidden) * 8 + 8),
    exact: each(Math.max(lanes, outputLanes) * 4),
    scratch: each(64 + (Math.max(lanes, outputLanes) / 4) * STATE * 4)
  }
}

/** @param delayed if events pass through delay units: where their spikes are told, f64 [batch][inputs], [batch][hidden] */
export function writeSpikeBlock(
  { arena }: Kernels,
  sizes: SpikeSizes,
  memory: SpikeMemory,
  delayed: { inputs: number; hidden: number } | null
): void {
  const words = new Int32Array(arena.memory.buffer, memory.block, 21)
  const floats = new Float32Array(arena.memory.buffer, memory.block, 18)
  words.set([sizes.hidden, sizes.outputs, sizes.steps, memory.noise.byteOffset, sizes.noiseRows - 1, sizes.seed])
  floats.set([sizes.stepUs, sizes.delayUs, sizes.stampUs], 6)
  words.set(
    [
      memory.hidden.byteOffset,
      memory.outputs.byteOffset,
      memory.hiddenWeights,
      memory.lanes * 4,
      memory.outputWeights,
      memory.outputLanes * 4,
      delayed ? memory.inputDelays.byteOffset : 0,
      delayed ? memory.hiddenDelays.byteOffset : 0
    ],
    9
  )
  floats[17] = sizes.jitterUs
  words.set([delayed?.inputs ?? 0, delayed?.hidden ?? 0, sizes.inputs], 18)
}

/** spreads the fields of units over records of four; lanes past the last unit never fire */
export function writeSpikeUnits(to: Float32Array, fields: SpikeFields): void {
  const units = fields.threshold.length
  const at = FIELDS.indexOf('threshold') * 4
  FIELDS.forEach((name, field) => {
    fields[name].forEach((value, unit) => (to[(unit >> 2) * RECORD + field * 4 + (unit & 3)] = value))
  })
  for (let unit = units; unit < padded(units); unit++) to[(unit >> 2) * RECORD + at + (unit & 3)] = Infinity
}

/** samples index[from … to) by one member; times arrive as f64 [batch][units], µs */
export function emulateSpikes(
  { run }: Kernels,
  memory: SpikeMemory,
  member: number,
  list: SpikeList,
  unitUs: number,
  index: number,
  range: readonly [number, number],
  trial: number,
  hiddenTimes: number,
  outputTimes: number
): void {
  run['emulateSpikes'](
    memory.block,
    list.start,
    list.times,
    list.inputs,
    unitUs,
    index,
    range[0],
    range[1],
    trial,
    hiddenTimes,
    outputTimes,
    memory.list[member],
    memory.exact[member],
    memory.scratch[member]
  )
}
