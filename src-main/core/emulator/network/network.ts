/**
 * The emulated chip's fast door: a NetworkPort over the ground truth that a NetworkSource gives. It places units on
 * columns, turns weights into current steps with this chip's mismatch, and runs the kernels.
 */
import { neuronOutput, OUTPUT_CYCLE_US } from '../../chip/hicann-x/router'
import { COLUMNS, LARGEST_WEIGHT } from '../../chip/hicann-x/topology'
import { InputError } from '../../errors/input-error'
import { emulate, lastSpikes } from '../../kernels/emulate'
import { emulateRecurrent, recurrentMemory, writeRecurrent } from '../../kernels/emulate-recurrent'
import type { RecurrentMemory } from '../../kernels/emulate-recurrent'
import { networkMemory, STEPS, writeBlock, writeHidden, writeReadout } from '../../kernels/emulate-memory'
import type { NetworkMemory } from '../../kernels/emulate-memory'
import type { Arena } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import { dealRanges, share, solo } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { EFFECTS } from './effects'
import { compareSample, referenceOf, withoutTrialNoise } from './step-error'
import type { FirstSpikePort } from '../first-spike-port'
import { rowLayout } from '../network-port'
import type { Emulation, Measured, NetworkPort, NetworkShape, StepError, Stimulus } from '../network-port'
import type { Placement } from '../placement'
import { checkNetwork } from './check'
import { openFirstSpikes } from './first-spikes'
import { fillStepped, hiddenFields, linesOf } from './hidden-tables'
import { convertMatrix, fillMatrix, weightMatrix } from './matrix'
import type { WeightMatrix } from './matrix'
import { fillNoise, NOISE_ROWS } from './noise'
import { recurrentFields } from './recurrent-tables'
import { LOOP_DELAY_US } from './source'
import type { NetworkSource } from './source'
import { fillResponses, readoutFields } from './readout-tables'
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
  readonly firstSpikes: FirstSpikePort
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
  hidden: WeightMatrix
  output: WeightMatrix
  /** of a recurrent network */
  loop: { memory: RecurrentMemory; weights: WeightMatrix; zero: number } | null
  /** for `recordSample` */
  record: { index: Int32Array; measured: Measured }
  revision: number
  /** addresses of what was last written */
  written: { hidden: number; output: number; recurrent: number }
}

class Network implements EmulatedNetwork {
  readonly weightLimit = LARGEST_WEIGHT
  readonly weightStep = 1
  readonly columns = COLUMNS
  readonly emulation: Emulation = {
    effects: EFFECTS,
    stepUs: () => this.#now().shape.binUs / STEPS,
    stepError: (stimulus, samples) => this.#stepError(stimulus, samples)
  }
  #opened: Opened | null = null

  readonly firstSpikes: FirstSpikePort

  constructor(readonly source: NetworkSource) {
    this.firstSpikes = openFirstSpikes(source)
  }

  open(kernels: Kernels, team: Team, shape: NetworkShape, placement: Placement): Measured {
    checkNetwork(shape, placement)
    const { arena } = kernels
    const { inputs, hidden, outputs, bins, binUs, batch } = shape
    const memory = networkMemory(arena, {
      inputs,
      hidden,
      outputs,
      bins,
      binUs,
      delayUs: LOOP_DELAY_US,
      ...this.source.events(),
      cycleUs: OUTPUT_CYCLE_US,
      seed: this.source.trialSeed | 0,
      noiseRows: NOISE_ROWS,
      members: team.size
    })
    const layout = rowLayout(shape)
    const { stride } = layout
    const results = (samples: number): Measured => ({
      membrane: arena.f32(samples * bins * stride).at,
      spikes: arena.f32(samples * bins * stride).at,
      ...layout
    })
    const measured = results(batch)
    const firstRow = shape.recurrent ? inputs : 0
    this.#opened = {
      kernels,
      team,
      shape,
      placement: { hidden: placement.hidden.slice(), outputs: placement.outputs.slice() },
      memory,
      measured,
      hidden: weightMatrix(arena, inputs, memory.lanes, padded(hidden), memory.weights),
      output: weightMatrix(arena, hidden, memory.readoutLanes, memory.readoutLanes, memory.outputWeights, firstRow),
      loop: shape.recurrent ? loopOf(arena, memory, firstRow) : null,
      record: { index: arena.i32(1).data, measured: results(1) },
      revision: this.source.revision,
      written: { hidden: 0, output: 0, recurrent: 0 }
    }
    if (team.index === 0) {
      writeBlock(arena, memory, stride)
      fillNoise(memory.noise, this.source.trialSeed)
      // lanes past the last unit are never written by the kernels
      new Float32Array(arena.memory.buffer, measured.membrane, batch * bins * stride).fill(0)
      new Float32Array(arena.memory.buffer, measured.spikes, batch * bins * stride).fill(0)
      const { loop } = this.#opened
      if (loop) new Float32Array(arena.memory.buffer, loop.zero, hidden * padded(hidden)).fill(0)
      this.#readSettings(this.#opened)
    }
    team.barrier()
    return measured
  }

  writeNetwork(hidden: number, output: number, silenced = 0, recurrent = 0): void {
    const now = this.#now()
    const { kernels, team, shape, loop } = now
    now.written = { hidden, output, recurrent }
    if (now.revision !== this.source.revision) {
      // every member saw its own chip change, and one of them rewrites the tables that all share
      now.revision = this.source.revision
      if (team.index === 0) this.#readSettings(now)
    }
    if (team.index === 0) {
      const mask = silenced === 0 ? null : new Uint8Array(kernels.arena.memory.buffer, silenced, shape.hidden)
      for (const matrix of loop ? [now.hidden, loop.weights] : [now.hidden]) {
        for (let h = 0; h < shape.hidden; h++) matrix.keep[h] = mask !== null && mask[h] === 1 ? 0 : -1
      }
    }
    team.barrier()
    const [from, to] = share(team, padded(shape.hidden), 16)
    convertMatrix(kernels, now.hidden, hidden, 0, [0, shape.inputs], [from, to])
    convertMatrix(kernels, now.output, output, silenced, share(team, shape.hidden), [0, padded(shape.outputs)])
    if (loop) convertMatrix(kernels, loop.weights, recurrent || loop.zero, silenced, [0, shape.hidden], [from, to])
    team.barrier()
  }

  present(stimulus: Stimulus, index: number, count: number, trial: number): void {
    const { team, shape } = this.#now()
    if (count > shape.batch)
      throw new InputError('bad-input', `a presentation takes at most ${shape.batch} samples, not ${count}`)
    dealRanges(team, count, (from, to) => this.presentRows(stimulus, index, from, to, trial))
  }

  presentRows(stimulus: Stimulus, index: number, from: number, to: number, trial: number): void {
    this.#emulate(stimulus, index, from, to, trial, this.#now().measured)
  }

  #emulate(stimulus: Stimulus, index: number, from: number, to: number, trial: number, measured: Measured): void {
    const { kernels, memory, loop, team } = this.#now()
    const member = team.index
    if (loop) emulateRecurrent(kernels, memory, loop.memory, member, stimulus, index, from, to, trial, measured)
    else emulate(kernels, memory, member, stimulus, index, from, to, trial, measured)
  }

  recordSample(stimulus: Stimulus, sample: number, trial: number): RecordedSample {
    const { kernels, team, memory, record, shape } = this.#now()
    record.index[0] = sample
    this.#emulate(stimulus, record.index.byteOffset, 0, 1, trial, record.measured)
    const { membrane, stride } = record.measured
    return {
      spikes: lastSpikes(kernels, memory, team.index).sort((a, b) => a.timeUs - b.timeUs || a.unit - b.unit),
      membrane: new Float32Array(kernels.arena.memory.buffer, membrane, shape.bins * stride).slice()
    }
  }

  #stepError(stimulus: Stimulus, samples: number): StepError {
    const { kernels, shape, placement, written } = this.#now()
    const { buffer } = kernels.arena.memory
    const mark = kernels.arena.mark()
    const quiet = withoutTrialNoise(this.source)
    const network = new Network(quiet)
    network.open(kernels, solo, { ...shape, batch: 1 }, placement)
    network.writeNetwork(written.hidden, written.output, 0, written.recurrent)
    const reference = referenceOf(quiet, shape, placement, {
      hidden: new Float32Array(buffer, written.hidden, shape.inputs * padded(shape.hidden)),
      output: new Float32Array(buffer, written.output, shape.hidden * padded(shape.outputs)),
      ...(written.recurrent === 0
        ? {}
        : { recurrent: new Float32Array(buffer, written.recurrent, shape.hidden * padded(shape.hidden)) })
    })
    const start = new Int32Array(buffer, stimulus.start, samples + 1)
    const binStart = new Uint16Array(buffer, stimulus.binStart, samples * (shape.bins + 1))
    const error: StepError = { samples: 0, spikes: 0, wrongSpikes: 0, reads: 0, wrongReads: 0, wrongReadsApart: 0 }
    for (let s = 0; s < samples; s++) {
      const { spikes, membrane } = network.recordSample(stimulus, s, 0)
      const inputs = new Uint8Array(buffer, stimulus.input + start[s], start[s + 1] - start[s])
      const at = (t: number): number => binStart[s * (shape.bins + 1) + t]
      const bins = Array.from({ length: shape.bins }, (_, t) => [...inputs.subarray(at(t), at(t + 1))])
      const stride = membrane.length / shape.bins
      compareSample(error, reference, shape, bins, { spikes, read: (bin, unit) => membrane[bin * stride + unit] })
    }
    kernels.arena.release(mark)
    return error
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
    fillStepped(memory.stepped, hidden, stepUs)
    placement.hidden.forEach((c, h) => (memory.eventOutputs[h] = c < 0 ? 0 : neuronOutput(c)))
    writeReadout(memory, readoutFields(outputs, shape.binUs))
    fillResponses(memory.responses, outputs, memory.readoutLanes, shape.binUs)
    const ones = (units: Units): Float64Array => new Float64Array(units.count).fill(1)
    const lines = (input: 'exc' | 'inh'): Float64Array =>
      // the recurrent kernel keeps the currents themselves
      now.loop ? ones(hidden) : linesOf(hidden, input, stepUs)
    fillMatrix(now.hidden, this.source, hidden, lines('exc'), lines('inh'))
    fillMatrix(now.output, this.source, outputs, ones(outputs), ones(outputs))
    if (!now.loop) return
    writeRecurrent(now.loop.memory, recurrentFields(hidden, stepUs))
    fillMatrix(now.loop.weights, this.source, hidden, ones(hidden), ones(hidden))
  }
}

function loopOf(arena: Arena, memory: NetworkMemory, firstRow: number): NonNullable<Opened['loop']> {
  const { hidden } = memory.sizes
  const recurrent = recurrentMemory(arena, memory)
  const weights = weightMatrix(arena, hidden, memory.lanes, padded(hidden), recurrent.weights, firstRow)
  return { memory: recurrent, weights, zero: arena.f32(hidden * padded(hidden)).at }
}

const padded = (n: number): number => Math.ceil(n / 4) * 4
