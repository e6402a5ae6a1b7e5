/**
 * The emulated chip's fast door: a NetworkPort over the ground truth that a NetworkSource gives. It places units on
 * columns, turns weights into current steps with this chip's mismatch, and runs the kernels.
 */
import {
  convertWeights,
  emulate,
  lastSpikes,
  networkMemory,
  STEPS,
  writeBlock,
  writeHidden,
  writeReadout
} from '../../kernels/emulate'
import type { NetworkMemory, WeightConversion } from '../../kernels/emulate'
import type { Kernels } from '../../kernels/module'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { currentToMembrane } from '../propagators'
import type { Measured, NetworkPort, NetworkShape, Placement, Stimulus } from '../network-port'
import { fillNoise, NOISE_ROWS } from './noise'
import { COLUMNS, LOOP_DELAY_US, ROWS } from './source'
import type { NetworkSource } from './source'
import { fillResponses, hiddenFields, readoutFields } from './tables'
import { unitsOf } from './units'
import type { Units } from './units'

/** one sample, as the chip delivered it */
export interface RecordedSample {
  /** hidden spikes by time, at full resolution (µs since the sample's start) */
  spikes: { unit: number; timeUs: number }[]
  /** converter samples, [bin][stride]; see `Measured` */
  membrane: Float32Array
}

export interface EmulatedNetwork extends NetworkPort {
  /**
   * Presents one sample again, alone, and keeps its spike times: what `present` with the same trial computed. By one
   * member; `Measured` is not touched.
   */
  recordSample(stimulus: Stimulus, sample: number, trial: number): RecordedSample
}

export function openNetwork(source: NetworkSource): EmulatedNetwork {
  return new Network(source)
}

/** what `open` sets up */
interface Opened {
  kernels: Kernels
  team: Team
  shape: NetworkShape
  placement: Placement
  memory: NetworkMemory
  measured: Measured
  hidden: Matrix
  output: Matrix
  /** for `recordSample` */
  record: { index: Int32Array; measured: Measured }
  revision: number
}

/** one weight matrix: its conversion, and the tables of it that follow from the units */
interface Matrix {
  conversion: WeightConversion
  rows: number
  scaleExc: Float32Array
  scaleInh: Float32Array
  offsets: Float32Array
  keep: Uint32Array
}

class Network implements EmulatedNetwork {
  readonly weightLimit = 63
  readonly weightStep = 1
  readonly columns = COLUMNS
  #opened: Opened | null = null

  constructor(readonly source: NetworkSource) {}

  open(kernels: Kernels, team: Team, shape: NetworkShape, placement: Placement): Measured {
    check(shape, placement)
    const { arena } = kernels
    const { inputs, hidden, outputs, bins, binUs, batch } = shape
    const memory = networkMemory(arena, {
      inputs,
      hidden,
      outputs,
      bins,
      binUs,
      delayUs: LOOP_DELAY_US,
      seed: this.source.trialSeed | 0,
      noiseRows: NOISE_ROWS,
      members: team.size
    })
    const stride = Math.ceil((hidden + outputs) / 4) * 4
    const results = (samples: number): Measured => ({
      membrane: arena.f32(samples * bins * stride).at,
      spikes: arena.f32(samples * bins * stride).at,
      stride
    })
    const matrix = (rows: number, lanes: number, sourceLanes: number, result: number): Matrix => {
      const [scaleExc, scaleInh] = [arena.f32(rows * lanes), arena.f32(rows * lanes)]
      const offsets = arena.f32(2 * lanes)
      const keep = arena.i32(lanes)
      return {
        rows,
        scaleExc: scaleExc.data,
        scaleInh: scaleInh.data,
        offsets: offsets.data,
        keep: new Uint32Array(keep.data.buffer, keep.at, lanes),
        conversion: {
          source: 0,
          sourceLanes,
          result,
          lanes,
          scaleExc: scaleExc.at,
          scaleInh: scaleInh.at,
          offsets: offsets.at,
          keep: keep.at,
          silencedRows: 0
        }
      }
    }
    const measured = results(batch)
    this.#opened = {
      kernels,
      team,
      shape,
      placement: { hidden: placement.hidden.slice(), outputs: placement.outputs.slice() },
      memory,
      measured,
      hidden: matrix(inputs, memory.lanes, Math.ceil(hidden / 4) * 4, memory.weights),
      output: matrix(hidden, memory.readoutLanes, memory.readoutLanes, memory.outputWeights),
      record: { index: arena.i32(1).data, measured: results(1) },
      revision: this.source.revision
    }
    if (team.index === 0) {
      writeBlock(arena, memory, stride)
      fillNoise(memory.noise, this.source.trialSeed)
      // lanes past the last unit are never written by the kernels
      new Float32Array(arena.memory.buffer, measured.membrane, batch * bins * stride).fill(0)
      new Float32Array(arena.memory.buffer, measured.spikes, batch * bins * stride).fill(0)
      this.#readSettings(this.#opened)
    }
    team.barrier()
    return measured
  }

  writeNetwork(hidden: number, output: number, silenced = 0): void {
    const now = this.#now()
    const { kernels, team, shape } = now
    if (now.revision !== this.source.revision) {
      // every member saw its own chip change, and one of them rewrites the tables that all share
      now.revision = this.source.revision
      if (team.index === 0) this.#readSettings(now)
    }
    if (team.index === 0) {
      const mask = silenced === 0 ? null : new Uint8Array(kernels.arena.memory.buffer, silenced, shape.hidden)
      for (let h = 0; h < shape.hidden; h++) now.hidden.keep[h] = mask !== null && mask[h] === 1 ? 0 : 0xffffffff
    }
    team.barrier()
    convertWeights(
      kernels,
      { ...now.hidden.conversion, source: hidden },
      [0, shape.inputs],
      share(team, padded(shape.hidden), 16)
    )
    const rows = share(team, shape.hidden)
    convertWeights(kernels, { ...now.output.conversion, source: output, silencedRows: silenced }, rows, [
      0,
      padded(shape.outputs)
    ])
    team.barrier()
  }

  present(stimulus: Stimulus, index: number, count: number, trial: number): void {
    const { kernels, team, memory, measured, shape } = this.#now()
    if (count > shape.batch) throw new RangeError(`a presentation takes at most ${shape.batch} samples, not ${count}`)
    const [from, to] = share(team, count)
    emulate(kernels, memory, team.index, stimulus, index, from, to, trial, measured)
  }

  recordSample(stimulus: Stimulus, sample: number, trial: number): RecordedSample {
    const { kernels, team, memory, record, shape } = this.#now()
    record.index[0] = sample
    emulate(kernels, memory, team.index, stimulus, record.index.byteOffset, 0, 1, trial, record.measured)
    const { membrane, stride } = record.measured
    return {
      spikes: lastSpikes(kernels, memory, team.index).sort((a, b) => a.timeUs - b.timeUs || a.unit - b.unit),
      membrane: new Float32Array(kernels.arena.memory.buffer, membrane, shape.bins * stride).slice()
    }
  }

  #now(): Opened {
    if (this.#opened === null) throw new Error('the network port is not open')
    return this.#opened
  }

  /** parameters of all units, and the factors that turn a weight into a current step of each of them */
  #readSettings(now: Opened): void {
    const { memory, shape, placement } = now
    const stepUs = shape.binUs / STEPS
    const hidden = unitsOf(this.source, placement.hidden, true)
    const outputs = unitsOf(this.source, placement.outputs, false)
    writeHidden(memory, hiddenFields(hidden, stepUs))
    writeReadout(memory, readoutFields(outputs, shape.binUs))
    fillResponses(memory.responses, outputs, memory.readoutLanes, shape.binUs)
    // the hidden kernel keeps currents multiplied with what they add to the membrane in a step
    this.#fillMatrix(
      now.hidden,
      hidden,
      memory.lanes,
      hidden.tauMem.map((tau, u) => currentToMembrane(stepUs, tau, hidden.tauSynExc[u])),
      hidden.tauMem.map((tau, u) => currentToMembrane(stepUs, tau, hidden.tauSynInh[u]))
    )
    const one = new Float64Array(outputs.count).fill(1)
    this.#fillMatrix(now.output, outputs, memory.readoutLanes, one, one)
  }

  #fillMatrix(matrix: Matrix, units: Units, lanes: number, perExc: Float64Array, perInh: Float64Array): void {
    const { top, bottom } = this.source.synapses()
    matrix.keep.fill(0xffffffff)
    for (let u = 0; u < units.count; u++) {
      const column = units.column[u]
      matrix.offsets[u] = units.weightOffsetExc[u]
      matrix.offsets[lanes + u] = units.weightOffsetInh[u]
      for (let row = 0; row < matrix.rows; row++) {
        const factor = column < 0 ? 0 : 1
        const at = row * COLUMNS + Math.max(column, 0)
        matrix.scaleExc[row * lanes + u] = factor * top[at] * units.stepExc[u] * perExc[u]
        matrix.scaleInh[row * lanes + u] = factor * bottom[at] * units.stepInh[u] * perInh[u]
      }
    }
  }
}

const padded = (n: number): number => Math.ceil(n / 4) * 4

function check(shape: NetworkShape, placement: Placement): void {
  const whole = (name: 'inputs' | 'hidden' | 'outputs' | 'bins' | 'batch', low: number, high: number): void => {
    const value = shape[name]
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new RangeError(`the network's ${name} must be a whole number from ${low} to ${high}, not ${value}`)
    }
  }
  whole('inputs', 1, ROWS)
  whole('hidden', 1, Math.min(ROWS, COLUMNS))
  whole('outputs', 1, COLUMNS)
  whole('bins', 2, 1000)
  whole('batch', 1, 1_000_000)
  if (!(shape.binUs > 0)) throw new RangeError(`the network's binUs must be above 0, not ${shape.binUs}`)
  const used = new Set<number>()
  for (const [name, count] of [
    ['hidden', shape.hidden],
    ['outputs', shape.outputs]
  ] as const) {
    const columns = placement[name]
    if (columns.length !== count)
      throw new RangeError(`the placement has ${columns.length} ${name} units, not ${count}`)
    for (const c of columns) {
      if (c < -1 || c >= COLUMNS)
        throw new RangeError(`a ${name} unit is placed on column ${c}; columns are 0 to ${COLUMNS - 1}, or -1`)
      if (c >= 0 && used.has(c)) throw new RangeError(`two units are placed on column ${c}`)
      if (c >= 0) used.add(c)
    }
  }
}
